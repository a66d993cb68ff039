import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { isInZoo } from "../formats";
import type { ModelSource } from "../helper/protocol";
import { UserError } from "../model";

/** Which of a SavedModel's entries is meant: `folder?signature=NAME`. */
const SIGNATURE = /^(.+)\?signature=([^?&]+)$/;

/** What `<model>` on the command line means: a zoo name before a file of that name (`./VGG16` is the file). @throws UserError where it is neither */
export function modelSource(text: string, weights?: string): ModelSource {
  if (weights !== undefined && !existsSync(weights)) throw new UserError(`--weights ${weights}: there is no such file.`);
  const given = weights === undefined ? {} : { weights: resolve(weights) };
  if (isInZoo(text)) return { kind: "zoo", spec: text, ...given };
  if (existsSync(text)) return { kind: "path", path: resolve(text), ...given };
  const [, path = "", signature = ""] = SIGNATURE.exec(text) ?? [];
  if (existsSync(path)) return { kind: "path", path: resolve(path), signature, ...given };
  if (/[/\\]|\.\w+$/.test(text))
    throw new UserError(`There is no file ${text}; give a path to a model, or a name that layerscope models lists.`);
  // Whoever knows the names can say which ones are near.
  return { kind: "zoo", spec: text, ...given };
}
