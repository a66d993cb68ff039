import { isObject, type Json } from "../../model";
import type { GraphNode } from "./definition";

/** Attributes by which loops and branches name what they call. */
const CALLED = ["cond", "body", "then_branch", "else_branch", "branches"];

/** Names of the functions that a loop or a branch calls, in the order of its attributes; none of other operations. */
export function calledByControl({ attributes }: GraphNode): string[] {
  return CALLED.flatMap((name) => functionNames(attributes[name]));
}

/** `{ func: { name } }` or `{ list: { func: […] } }`. */
export function functionNames(attribute: Json | undefined): string[] {
  if (!isObject(attribute)) return [];
  const list = isObject(attribute["list"]) ? attribute["list"]["func"] : [attribute["func"]];
  return (Array.isArray(list) ? list : []).flatMap((func) => (isObject(func) && typeof func["name"] === "string" ? [func["name"]] : []));
}
