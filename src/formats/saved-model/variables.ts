import { isObject, type Json } from "../../model";
import type { GraphDefinition, GraphNode, StoredTensor } from "../graph/definition";
import { typeOf } from "../graph/types";
import type { SavedTensor } from "./checkpoint";

const VARIABLES = new Set(["VarHandleOp", "VariableV2", "Variable"]);

interface Saved {
  checkpoint: ReadonlyMap<string, SavedTensor>;
  /** Of the checkpoint, by the names of the nodes. */
  keys: ReadonlyMap<string, string>;
}

/** This graph with what the checkpoint holds of each variable. `missing`: names of those that it does not have. */
export function withVariables(graph: GraphDefinition, saved: Saved): { definition: GraphDefinition; missing: string[] } {
  const missing: string[] = [];
  const held = (node: GraphNode): GraphNode => (VARIABLES.has(node.op) ? withStored(node, saved, missing) : node);
  const functions = [...graph.functions].map(([name, body]) => [name, { ...body, nodes: body.nodes.map(held) }] as const);
  return { definition: { ...graph, nodes: graph.nodes.map(held), functions: new Map(functions) }, missing };
}

function withStored(node: GraphNode, { checkpoint, keys }: Saved, missing: string[]): GraphNode {
  const saved = checkpoint.get(keys.get(node.name) ?? sharedName(node));
  if (!saved) missing.push(node.name);
  // What is saved in slices is more than one variable.
  const stored = saved?.at ? fromCheckpoint(saved) : (declaredOnly(node) ?? (saved ? fromCheckpoint(saved) : null));
  return stored ? { ...node, stored } : node;
}

function fromCheckpoint({ shape, type, at }: SavedTensor): StoredTensor {
  return { shape, values: null, at, isVariable: true, ...dtypes(type) };
}

/** What the graph itself says of a variable whose numbers are in no file; null where it leaves a size open. */
function declaredOnly({ attributes }: GraphNode): StoredTensor | null {
  const { shape, dtype } = attributes;
  const dim = isObject(shape) && isObject(shape["shape"]) ? shape["shape"]["dim"] : null;
  const sizes = Array.isArray(dim) ? dim.map((axis: Json) => Number(isObject(axis) ? axis["size"] : -1)) : null;
  if (!sizes?.every((size) => size >= 0)) return null;
  return { shape: sizes, values: null, at: null, isVariable: true, ...dtypes(String(isObject(dtype) ? dtype["type"] : "")) };
}

function dtypes(type: string): Pick<StoredTensor, "dtype" | "storedAs"> {
  const { keras, tfjs } = typeOf(type) ?? { keras: "float32", tfjs: "float32" as const };
  return { dtype: tfjs, ...(keras !== tfjs ? { storedAs: keras } : {}) };
}

/** What TensorFlow knows a variable by, where that is not the name of its node. */
function sharedName({ name, attributes }: GraphNode): string {
  const shared = attributes["shared_name"];
  const text = isObject(shared) && typeof shared["s"] === "string" ? Buffer.from(shared["s"], "base64").toString() : "";
  return text || name;
}
