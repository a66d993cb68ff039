import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { isInZoo } from "../formats";
import type { ModelSource } from "../helper/protocol";
import { UserError } from "../model";

/** What `<model>` on the command line means: a zoo name before a file of that name (`./VGG16` is the file). @throws UserError where it is neither */
export function modelSource(text: string): ModelSource {
  if (isInZoo(text)) return { kind: "zoo", spec: text };
  if (existsSync(text)) return { kind: "path", path: resolve(text) };
  if (/[/\\]|\.\w+$/.test(text))
    throw new UserError(`There is no file ${text}; give a path to a model, or a name that layerscope models lists.`);
  // Whoever knows the names can say which ones are near.
  return { kind: "zoo", spec: text };
}
