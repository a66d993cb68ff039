import type { Node } from "@tensorflow/tfjs-converter/dist/operations/types";
import * as tf from "@tensorflow/tfjs-core";

/** What an operation gives for its tensors, by its place; `node`: its attributes. */
export type OwnOperation = (inputs: tf.Tensor[], node: Node) => tf.Tensor | tf.Tensor[];

/** Operations that tfjs-converter does not have, or computes in a promise. */
export const OWN_OPERATIONS: { readonly [op: string]: OwnOperation | undefined } = {
  Const: ([value]) => tf.clone(value as tf.Tensor),
};
