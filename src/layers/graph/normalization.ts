import type { Node } from "@tensorflow/tfjs-converter/dist/operations/types";
import * as tf from "@tensorflow/tfjs-core";
import { booleanAttribute, numberAttribute, textAttribute } from "./attributes";
import type { OwnOperations } from "./own";

/** TensorFlow's epsilon where the file writes none. */
const EPSILON = 1e-4;

/**
 * `(x, scale, offset, mean, variance)` → the normalized, the mean and the variance that were used, and what only a gradient wants.
 * While training (as LayerNormalization of Keras 2 always is) mean and variance are those of `x`.
 */
function normalized(inputs: tf.Tensor[], node: Node): tf.Tensor[] {
  const [given, scale, offset] = inputs as [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D];
  const isFirst = textAttribute(node, "data_format", "NHWC") === "NCHW";
  const x = isFirst ? (tf.transpose(given, [0, 2, 3, 1]) as tf.Tensor4D) : given;
  const { mean, variance } = booleanAttribute(node, "is_training", true)
    ? (tf.moments(x, [0, 1, 2]) as { mean: tf.Tensor1D; variance: tf.Tensor1D })
    : { mean: inputs[3] as tf.Tensor1D, variance: inputs[4] as tf.Tensor1D };
  const y = tf.batchNorm4d(x, mean, variance, offset, scale, numberAttribute(node, "epsilon", EPSILON));
  const used = [mean, variance, mean, variance].map((each) => tf.clone(each));
  return [isFirst ? tf.transpose(y, [0, 3, 1, 2]) : y, ...used];
}

export const NORMALIZATION: OwnOperations = {
  FusedBatchNorm: normalized,
  FusedBatchNormV2: normalized,
  FusedBatchNormV3: (inputs, node) => [...normalized(inputs, node), tf.zeros([0])],
};
