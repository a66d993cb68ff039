import type { Json } from "./json";
import type { TensorRef } from "./model";

/** How a graph is opened, where there is a choice. */
export interface GraphOptions {
  /** Of a SavedModel: which of its entries; by default the one that is served. */
  signature?: string;
  /** False, where constants and what only hands on a tensor shall be layers of their own. */
  fold?: boolean;
}

/**
 * An operation of a graph, beside its wiring: what TensorFlow writes in a NodeDef. The layer that holds it is of the operation's class
 * (`Conv2D`), and its one call has the tensors among `inputs` for arguments, in their order.
 */
export interface Operation {
  /** As TensorFlow's AttrValue is written in JSON: `{ "strides": { "list": { "i": ["1", "2"] } } }`. */
  attributes: { [name: string]: Json };
  inputs: OperationInput[];
  /** Names of the nodes that were folded into it: identities, constants, readers of variables. */
  folded: string[];
}

export type OperationInput = { tensor: TensorRef } | { constant: Constant };

/** A constant or a variable that an operation is given. */
export interface Constant {
  /** Unique among those of its layer: the last part of its path that says something, `kernel`. */
  name: string;
  shape: number[];
  /** As tfjs names it. */
  dtype: "float32" | "int32" | "bool" | "string" | "complex64";
  /** All numbers or texts in row-major order, of those that are small; null where they lie in a file or are not known. */
  values: number[] | string[] | null;
  /** Whether it counts as a weight: a variable, or in a graph without variables an array of floats. */
  isWeight: boolean;
  /** Whether another layer holds the same one, which counts its parameters. */
  isShared: boolean;
}
