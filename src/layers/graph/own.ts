import type { Node } from "@tensorflow/tfjs-converter/dist/operations/types";
import * as tf from "@tensorflow/tfjs-core";
import { ARITHMETIC } from "./arithmetic";
import { BRIDGED } from "./bridged";
import { CHOSEN } from "./chosen";
import { CONVOLUTION } from "./convolution";
import { IMAGE_OPERATIONS } from "./image";
import { LIST_OPERATIONS } from "./lists";
import { NORMALIZATION } from "./normalization";
import { PICKING } from "./picking";
import { SHAPED } from "./shaped";
import type { Stores } from "./stores";

/**
 * What an operation gives for its tensors, by its place; `node`: its attributes, `stores`: what the lists of this run hold, `plainly`:
 * runs it as tfjs-converter does.
 */
export type OwnOperation = (
  inputs: tf.Tensor[],
  node: Node,
  stores: Stores,
  plainly: (inputs: tf.Tensor[]) => tf.Tensor[],
) => tf.Tensor | tf.Tensor[];

/** One row an operation. */
export type OwnOperations = { readonly [op: string]: OwnOperation | undefined };

/** Operations that tfjs-converter does not have, or computes in a promise. */
export const OWN_OPERATIONS: OwnOperations = {
  ...LIST_OPERATIONS,
  ...ARITHMETIC,
  ...BRIDGED,
  ...CHOSEN,
  ...CONVOLUTION,
  ...IMAGE_OPERATIONS,
  ...NORMALIZATION,
  ...PICKING,
  ...SHAPED,
  Const: ([value]) => tf.clone(value as tf.Tensor),
  // A variable that a loop or a branch is given.
  VarHandleOp: ([value]) => tf.clone(value as tf.Tensor),
  VariableV2: ([value]) => tf.clone(value as tf.Tensor),
  // Which of the two arrives is the matter of whoever runs the graph, as is what a Merge takes.
  Switch: ([value]) => [value as tf.Tensor, value as tf.Tensor],
  Merge: ([value]) => [value as tf.Tensor],
};
