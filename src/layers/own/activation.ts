import * as tf from "@tensorflow/tfjs-core";
import type { JsonObject } from "../../model";
import { type Activate, type Activation, activationOf, eluOf, leakyReluOf, reluOf } from "../activations";
import { axesOf, frontAxis, knownSize, number } from "../config";
import { type Definition, define } from "../define";
import { followsMasks, maskOf } from "../masks";
import type { LayerTable } from "../row";
import { HIDDEN, maskIn } from "./attention-call";

const activation: Definition<Activation> = {
  options: (config, { kerasMajor }) => activationOf(config["activation"], kerasMajor),
  run: ({ apply }, x) => apply(x),
};

/** An activation that is a layer by itself. */
const byConfig = (made: (config: JsonObject) => Activate): Definition<{ apply: Activate }> => ({
  options: (config) => ({ apply: made(config) }),
  run: ({ apply }, x) => apply(x),
});

const thresholdedRelu: Definition<{ theta: number }> = {
  options: (config) => ({ theta: number(config, "theta", 1) }),
  run: ({ theta }, x) => tf.mul(x, tf.cast(tf.greater(x, theta), x.dtype)),
};

const softmax: Definition<{ axes: number[]; kerasMajor: 2 | 3 }> = {
  options: (config, { kerasMajor }) => ({ axes: axesOf(config, "axis", -1), kerasMajor }),
  run: ({ axes, kerasMajor }, x, _, call) => {
    const placed = call.args[1];
    const mask = followsMasks(call) ? (maskOf(call) ?? maskIn(placed)) : null;
    if (!mask) return softmaxOf(x, axes);
    const chances = softmaxOf(tf.add(x, tf.mul(tf.sub(1, mask), HIDDEN)), axes);
    // tf_keras leaves an even spread where nothing counts.
    return kerasMajor === 3 ? tf.mul(chances, mask) : chances;
  },
};

function softmaxOf(x: tf.Tensor, axes: number[]): tf.Tensor {
  const [axis = -1] = axes;
  if (axes.length === 1) return softmaxAlong(x, frontAxis(axis, x.rank));
  return tf.exp(tf.sub(x, tf.logSumExp(x, axes, true)));
}

/** tfjs has softmax along the last axis only. */
function softmaxAlong(x: tf.Tensor, axis: number): tf.Tensor {
  if (axis === x.rank - 1) return tf.softmax(x);
  const order = Array.from({ length: x.rank }, (_, index) => index);
  order[axis] = x.rank - 1;
  order[x.rank - 1] = axis;
  return tf.transpose(tf.softmax(tf.transpose(x, order)), order);
}

/** Leaks by numbers that are learned, one a position, shared along some axes. */
const prelu: Definition<{ shared: number[] }> = {
  options: (config) => ({
    shared: config["shared_axes"] === null || config["shared_axes"] === undefined ? [] : axesOf(config, "shared_axes", 1),
  }),
  weights: ({ shared }, first) => [
    ["alpha", first.slice(1).map((_, index) => (shared.includes(index + 1) ? 1 : knownSize(first, index + 1)))],
  ],
  rule: ({ shared }, first) => ({
    rank: first.length,
    axes:
      shared.length === 0
        ? []
        : first.flatMap((size, axis) => (axis > 0 && size !== null && !shared.includes(axis) ? [[axis, size] as [number, number]] : [])),
  }),
  // Keras's own two terms, not tfjs's kernel: they stretch an axis of 1 to the numbers that were learned.
  run: (_, x, { alpha }) => tf.add(tf.relu(x), tf.mul(tf.neg(alpha as tf.Tensor), tf.relu(tf.neg(x)))),
};

export const ACTIVATION_LAYERS: LayerTable = {
  Activation: define(activation),
  ReLU: define(byConfig(reluOf)),
  LeakyReLU: define(byConfig(leakyReluOf)),
  ELU: define(byConfig(eluOf)),
  ThresholdedReLU: define(thresholdedRelu),
  Softmax: define(softmax),
  PReLU: define(prelu),
};
