import { isObject, type Json } from "../../model";
import type { GraphNode } from "../graph/definition";
import registry from "../graph/registry.json";
import type { OpDef } from "./messages";

/** Of operations with several outputs the names of those; `name*attribute` for a list, whose length the attribute tells. */
const OUTPUTS: { readonly [op: string]: string | undefined } = registry.outputs;

/** Which of a node's outputs is number `place` of those called `output`; `signature`: of the function, where the operation is one. */
export function placeOfOutput(node: GraphNode, { output, place }: { output: string; place: number }, signature: OpDef | null): number {
  const names = signature ? signature.output_arg.map(({ name }) => name) : (OUTPUTS[node.op]?.split(" ") ?? []);
  let before = 0;
  for (const written of names) {
    const [name, length] = written.split("*");
    if (name === output) return before + place;
    before += length === undefined ? 1 : lengthOf(node.attributes[length]);
  }
  // An operation with one output, or with one list of them.
  return place;
}

/** `{ i: "3" }` or `{ list: { type: […] } }`. */
function lengthOf(attribute: Json | undefined): number {
  if (!isObject(attribute)) return 0;
  if (!isObject(attribute["list"])) return Number(attribute["i"] ?? 0);
  return Math.max(0, ...Object.values(attribute["list"]).map((values) => (Array.isArray(values) ? values.length : 0)));
}
