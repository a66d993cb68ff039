import type { Constant, Json, WeightEntry } from "../../model";

/** A node of a graph, whichever file it was read from. */
export interface GraphNode {
  name: string;
  op: string;
  /** `node`, `node:1` for a further output, `^node` for one that must only have run before; in functions `node:output:0`. */
  inputs: string[];
  /** As TensorFlow's AttrValue is written in JSON; what a constant holds is not among them. */
  attributes: { [name: string]: Json };
  /** What it holds, of a constant; of a variable that is read, what the file has saved. */
  stored?: StoredTensor;
}

/** A tensor that a file holds. */
export interface StoredTensor extends Pick<Constant, "shape" | "dtype" | "values"> {
  /** Where its numbers lie; null where they are all in `values`, or in no file. */
  at: WeightEntry["at"] | null;
  isVariable: boolean;
  /** How its numbers are stored, where that is not `dtype`: `float16`. */
  storedAs?: string;
}

/** Largest constants whose values are read at once: shape arithmetic is made of integers, and of few floats; texts are nowhere else. */
export const MOST_VALUES: Readonly<Record<Constant["dtype"], number>> = {
  float32: 64,
  int32: 4096,
  bool: 4096,
  complex64: 0,
  string: 2 ** 16,
};

/** Nodes that make up a graph, what is fed and what comes out. */
export interface GraphDefinition {
  nodes: GraphNode[];
  inputs: GraphInput[];
  /** Names of tensors (`node`, `node:1`), in the order of the signature. */
  outputs: string[];
  /** What loops and branches call, by name; other calls are written out where they stand. */
  functions: ReadonlyMap<string, GraphFunction>;
}

/** A function of a graph's library: like a graph, fed with what it is called with, in that order. */
export type GraphFunction = Omit<GraphDefinition, "functions">;

export interface GraphInput {
  /** Of its node. */
  node: string;
  /** Batch first; null where the file leaves the rank open too. */
  shape: (number | null)[] | null;
  /** As Keras writes it: `float32`, `int32`, `string`. */
  dtype: string;
}

/** Name of the node that an input reads, as a tensor or only to run after it. */
export const readNode = (written: string): string => tensorName(written)?.node ?? written.slice(1);

/** A tensor's node and which of its outputs it is; null for what is no tensor, a control input. */
export function tensorName(written: string): { node: string; output: number } | null {
  if (written.startsWith("^")) return null;
  const colon = written.lastIndexOf(":");
  return colon < 0 ? { node: written, output: 0 } : { node: written.slice(0, colon), output: Number(written.slice(colon + 1)) };
}
