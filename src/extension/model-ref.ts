import { isObject } from "../model";
import { SAVED_MODEL } from "./model-files";

/** A model as the extension remembers it over a reload: by zoo name or by the URI of its file (any file system). */
export type ModelRef = { kind: "zoo"; spec: string } | { kind: "file"; uri: string };

/** One string per model, to compare and to remember by. */
export function refKey(ref: ModelRef): string {
  return ref.kind === "zoo" ? `zoo:${ref.spec}` : ref.uri;
}

/** A model as a wish names it: by the URI of its file, else by its name in the zoo. */
export function namedRef(name: string): ModelRef {
  return /^[a-z][\w+.-]*:\//i.test(name) ? { kind: "file", uri: name } : { kind: "zoo", spec: name };
}

/** How a wish names a model. */
export const refName = (ref: ModelRef): string => (ref.kind === "zoo" ? ref.spec : ref.uri);

/** What a tab says: the architecture, or the file's name (with its folder where the name is only `model.json`; the folder of a SavedModel). */
export function refTitle(ref: ModelRef): string {
  if (ref.kind === "zoo") return ref.spec.replace(/\?.*$/, "");
  const names = decodeURIComponent(ref.uri.replace(/[?#].*$/, ""))
    .split("/")
    .filter(Boolean);
  const file = names.at(-1) ?? ref.uri;
  if (file === SAVED_MODEL && names.length > 1) return names.at(-2) ?? file;
  return file === "model.json" && names.length > 1 ? `${names.at(-2)}/${file}` : file;
}

/** What was kept by an earlier session, if it is still understood. */
export function asModelRef(kept: unknown): ModelRef | null {
  if (!isObject(kept)) return null;
  if (kept["kind"] === "zoo" && typeof kept["spec"] === "string") return { kind: "zoo", spec: kept["spec"] };
  if (kept["kind"] === "file" && typeof kept["uri"] === "string") return { kind: "file", uri: kept["uri"] };
  return null;
}
