import { isObject, type Json } from "../../model";
import { type GraphFunction, type GraphInput, type GraphNode, readNode } from "./definition";
import { typeOf } from "./types";

/** What nobody reads and nobody wants. */
const NO_OUTPUTS = new Set(["Const", "NoOp", "Assert", "Placeholder"]);

/** A graph that does not say what goes in and what comes out: its placeholders go in, and what nobody reads comes out. */
export function freeEnds(nodes: readonly GraphNode[]): GraphFunction {
  const read = new Set(nodes.flatMap(({ inputs }) => inputs.map(readNode)));
  return {
    nodes: [...nodes],
    inputs: placeholdersIn(nodes),
    outputs: nodes.filter(({ name, op }) => !read.has(name) && !NO_OUTPUTS.has(op)).map(({ name }) => name),
  };
}

/** The placeholders of a graph, with the shapes and types that they declare. */
export function placeholdersIn(nodes: readonly GraphNode[]): GraphInput[] {
  return nodes.filter(({ op }) => op === "Placeholder").map(({ name, attributes }) => ({ node: name, ...declaredBy(attributes) }));
}

function declaredBy({ shape, dtype }: GraphNode["attributes"]): Pick<GraphInput, "shape" | "dtype"> {
  const written = isObject(shape) && isObject(shape["shape"]) ? shape["shape"] : null;
  const isOpen = written === null || written["unknownRank"] === true;
  const axes = written && Array.isArray(written["dim"]) ? written["dim"] : [];
  return { shape: isOpen ? null : axes.map(sizeOf), dtype: typeOf(String(isObject(dtype) ? dtype["type"] : ""))?.keras ?? "float32" };
}

function sizeOf(axis: Json): number | null {
  const size = Number(isObject(axis) ? (axis["size"] ?? 0) : Number.NaN);
  return size >= 0 ? size : null;
}
