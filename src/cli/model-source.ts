import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { isInZoo } from "../formats";
import type { ModelSource } from "../helper/protocol";
import { type GraphOptions, UserError } from "../model";

/** Options behind a path to a graph, `folder?signature=NAME&fold=false`: what each gives, null where it cannot be. */
const OPTIONS: { readonly [option: string]: { allowed: string; read: (text: string) => GraphOptions | null } } = {
  signature: { allowed: "one of the model's signatures", read: (text) => (text === "" ? null : { signature: text }) },
  fold: { allowed: "true or false", read: (text) => (/^(true|false)$/.test(text) ? { fold: text === "true" } : null) },
};

/** What `<model>` on the command line means: a zoo name before a file of that name (`./VGG16` is the file). @throws UserError where it is neither */
export function modelSource(text: string, weights?: string): ModelSource {
  if (weights !== undefined && !existsSync(weights)) throw new UserError(`--weights ${weights}: there is no such file.`);
  const given = weights === undefined ? {} : { weights: resolve(weights) };
  if (isInZoo(text)) return { kind: "zoo", spec: text, ...given };
  if (existsSync(text)) return { kind: "path", path: resolve(text), ...given };
  const cut = text.lastIndexOf("?");
  const path = cut < 0 ? "" : text.slice(0, cut);
  if (existsSync(path)) return { kind: "path", path: resolve(path), ...graphOptions(text.slice(cut + 1)), ...given };
  if (/[/\\]|\.\w+$/.test(text))
    throw new UserError(`There is no file ${text}; give a path to a model, or a name that layerscope models lists.`);
  // Whoever knows the names can say which ones are near.
  return { kind: "zoo", spec: text, ...given };
}

function graphOptions(query: string): GraphOptions {
  const parts = query.split("&").filter(Boolean);
  return Object.assign({}, ...parts.map(readOption)) as GraphOptions;
}

function readOption(part: string): GraphOptions {
  const [option = "", ...rest] = part.split("=");
  const row = Object.hasOwn(OPTIONS, option) ? OPTIONS[option] : undefined;
  if (!row) throw new UserError(`A graph has no option "${option}": use ${Object.keys(OPTIONS).join(", ")}.`);
  const text = rest.join("=");
  const read = row.read(text);
  if (!read) throw new UserError(`The option ${option} cannot be "${text}": use ${row.allowed}.`);
  return read;
}
