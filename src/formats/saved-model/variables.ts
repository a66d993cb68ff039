import { isObject, type Json } from "../../model";
import type { GraphNode, StoredTensor } from "../graph/definition";
import { typeOf } from "../graph/types";
import type { SavedTensor } from "./checkpoint";

const VARIABLES = new Set(["VarHandleOp", "VariableV2", "Variable"]);

/** These nodes with what the checkpoint holds of each variable. `missing`: names of those that it does not have. */
export function withVariables(
  nodes: readonly GraphNode[],
  { checkpoint, keys }: { checkpoint: ReadonlyMap<string, SavedTensor>; keys: ReadonlyMap<string, string> },
): { nodes: GraphNode[]; missing: string[] } {
  const missing: string[] = [];
  const held = nodes.map((node) => {
    if (!VARIABLES.has(node.op)) return node;
    const saved = checkpoint.get(keys.get(node.name) ?? sharedName(node));
    if (!saved) missing.push(node.name);
    const stored = saved ? fromCheckpoint(saved) : undeclared(node);
    return stored ? { ...node, stored } : node;
  });
  return { nodes: held, missing };
}

function fromCheckpoint({ shape, type, at }: SavedTensor): StoredTensor {
  return { shape, values: null, at, isVariable: true, ...dtypes(type) };
}

/** What the graph itself says of a variable whose numbers are in no file; null where it leaves a size open. */
function undeclared({ attributes }: GraphNode): StoredTensor | null {
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
