import * as tf from "@tensorflow/tfjs-core";
import type { Json } from "../../model";
import { broadcastShapes } from "../broadcast-shapes";
import { axesOf, boolean, frontAxis, knownSize, numbersOf } from "../config";
import { type Definition, define, type Weights } from "../define";
import type { LayerTable } from "../row";

interface Constant {
  shape: number[];
  values: number[];
}

function constant(value: Json | undefined, key: string): Constant {
  const numbers = numbersOf(value ?? null);
  if (!numbers) throw new Error(`its ${key} is not made of numbers`);
  return numbers;
}

const asTensor = ({ shape, values }: Constant): tf.Tensor => tf.tensor(values, shape, "float32");

interface RescalingOptions {
  scale: Constant;
  offset: Constant;
  isTraced: boolean;
}

/** `x * scale + offset`. Keras 3 declares the input's shape, whatever the constants do to it; tf_keras traces and knows better. */
const rescaling: Definition<RescalingOptions> = {
  options: (config, { kerasMajor }) => ({
    scale: constant(config["scale"] ?? 1, "scale"),
    offset: constant(config["offset"] ?? 0, "offset"),
    isTraced: kerasMajor === 2,
  }),
  declare: ({ scale, offset, isTraced }, first) => (isTraced ? broadcastShapes(broadcastShapes(first, scale.shape), offset.shape) : first),
  run: ({ scale, offset }, x) => tf.add(tf.mul(x, asTensor(scale)), asTensor(offset)),
};

interface NormalizationOptions {
  axes: number[];
  /** In the config, or null where they are weights. */
  mean: Constant | null;
  variance: Constant | null;
  isInverted: boolean;
  /** Shape of the statistics among the input's axes, known once built: `[1, 1, 1, 3]` for images normalized by channel. */
  aligned: number[];
}

/** Keras's `backend.epsilon()`. */
const EPSILON = 1e-7;

/** `(x - mean) / max(sqrt(variance), ε)`. Declares its input's shape. @see Keras `Normalization` */
const normalization: Definition<NormalizationOptions> = {
  options: (config) => {
    const { axis, mean = null, variance = null } = config;
    if ((mean === null) !== (variance === null)) throw new Error("it has a mean without a variance or the reverse");
    return {
      axes: axis === null ? [] : axesOf(config, "axis", -1),
      mean: mean === null ? null : constant(mean, "mean"),
      variance: variance === null ? null : constant(variance, "variance"),
      isInverted: boolean(config, "invert", false),
      aligned: [],
    };
  },
  weights: (options, first) => {
    const kept = options.axes.map((axis) => frontAxis(axis, first.length)).sort((a, b) => a - b);
    options.aligned = first.map((_, axis) => (kept.includes(axis) ? knownSize(first, axis) : 1));
    if (options.mean) return checkStatistics(options, options.mean);
    const shape = kept.map((axis) => knownSize(first, axis));
    return [
      ["mean", shape],
      ["variance", shape],
      ["count", []],
    ];
  },
  run: (options, x, weights) => {
    const mean = statistic(options, weights, "mean");
    const deviation = tf.maximum(tf.sqrt(statistic(options, weights, "variance")), EPSILON);
    return options.isInverted ? tf.add(mean, tf.mul(x, deviation)) : tf.div(tf.sub(x, mean), deviation);
  },
};

/** Statistics of a config have to stretch to the declared axes. */
function checkStatistics({ aligned }: NormalizationOptions, mean: Constant): [] {
  const kept = aligned.filter((size) => size !== 1);
  const needed = kept.length === 0 ? [1] : kept;
  const isFit = mean.shape.every((size, axis) => size === 1 || size === needed[needed.length - mean.shape.length + axis]);
  if (!isFit) throw new Error(`its mean has the shape ${mean.shape.join("×")}, its input the declared ${kept.join("×") || "1"}`);
  return [];
}

function statistic(options: NormalizationOptions, weights: Weights, name: "mean" | "variance"): tf.Tensor {
  const value = weights[name] ?? asTensor(options[name] as Constant);
  const count = options.aligned.reduce((product, size) => product * size, 1);
  return value.size === count ? tf.reshape(value, options.aligned) : tf.broadcastTo(value, options.aligned);
}

export const PREPROCESSING: LayerTable = {
  Rescaling: define(rescaling),
  Normalization: define(normalization),
};
