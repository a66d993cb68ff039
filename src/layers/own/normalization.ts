import * as tf from "@tensorflow/tfjs-core";
import { formatShape, type JsonObject, type Shape } from "../../model";
import { axesOf, boolean, frontAxis, integer, knownSize, number } from "../config";
import { type Definition, define, type WeightShapes } from "../define";
import type { LayerTable } from "../row";

interface ScalingOptions {
  axes: number[];
  epsilon: number;
  isCentred: boolean;
  isScaled: boolean;
}

const scalingOptions = (config: JsonObject, epsilon: number): ScalingOptions => ({
  axes: axesOf(config, "axis", -1),
  epsilon: number(config, "epsilon", epsilon),
  isCentred: boolean(config, "center", true),
  isScaled: boolean(config, "scale", true),
});

const scaleAndCentre = ({ isScaled, isCentred }: ScalingOptions, shape: number[]): WeightShapes => [
  ...(isScaled ? ([["gamma", shape]] as WeightShapes) : []),
  ...(isCentred ? ([["beta", shape]] as WeightShapes) : []),
];

/** Sizes along the axes that are normalized, which may be open where no weight needs them. */
const sizesAlong = (options: ScalingOptions, first: Shape, hasWeights: boolean): number[] =>
  hasWeights ? frontAxes(options, first.length).map((axis) => knownSize(first, axis)) : [];

const frontAxes = ({ axes }: ScalingOptions, rank: number): number[] => axes.map((axis) => frontAxis(axis, rank));

/** Statistics along `axes` stand among axes of 1. */
function alignTo(x: tf.Tensor, axes: number[], weight: tf.Tensor): tf.Tensor {
  const isLast = axes.length === 1 && axes[0] === x.rank - 1;
  return isLast
    ? weight
    : tf.reshape(
        weight,
        x.shape.map((size, axis) => (axes.includes(axis) ? size : 1)),
      );
}

const batchNormalization: Definition<ScalingOptions> = {
  options: (config) => scalingOptions(config, 1e-3),
  weights: (options, first) => {
    const shape = frontAxes(options, first.length).map((axis) => knownSize(first, axis));
    return [...scaleAndCentre(options, shape), ["moving_mean", shape], ["moving_variance", shape]];
  },
  rule: (options, first) => ({
    rank: first.length,
    axes: frontAxes(options, first.length).map((axis) => [axis, knownSize(first, axis)]),
  }),
  run: (options, x, weights) => {
    const axes = frontAxes(options, x.rank);
    const aligned = (name: string): tf.Tensor | undefined => {
      const weight = weights[name];
      return weight && alignTo(x, axes, weight);
    };
    const mean = aligned("moving_mean") as tf.Tensor;
    const variance = aligned("moving_variance") as tf.Tensor;
    // tfjs's kernel runs through the statistics again and again, which is right for a last axis of their size only.
    const isLast = axes[0] === x.rank - 1 && x.shape.at(-1) === mean.size;
    if (x.rank <= 4 && isLast) return tf.batchNorm(x, mean, variance, aligned("beta"), aligned("gamma"), options.epsilon);
    const inverse = scaled(tf.rsqrt(tf.add(variance, options.epsilon)), aligned("gamma"));
    const shifted = tf.mul(tf.sub(x, mean), inverse);
    const beta = aligned("beta");
    return beta ? tf.add(shifted, beta) : shifted;
  },
};

const scaled = (x: tf.Tensor, by: tf.Tensor | undefined): tf.Tensor => (by ? tf.mul(x, by) : x);

/**
 * Both generations refuse to stretch what is normalized to their weights: Keras 3 by a reshape, which it leaves out for a last axis that is
 * counted from the front, tf_keras by setting the output's shape.
 */
function requireOwnSize(x: tf.Tensor, axes: number[], weight: tf.Tensor | undefined): void {
  const wrong = weight ? axes.findIndex((axis, index) => x.shape[axis] !== weight.shape[index]) : -1;
  if (wrong < 0) return;
  const axis = axes[wrong] as number;
  throw new Error(`expected ${weight?.shape[wrong]} along axis ${axis}, got ${x.shape[axis]} from ${formatShape(x.shape)}`);
}

interface LayerNormalizationOptions extends ScalingOptions {
  isRms: boolean;
  kerasMajor: 2 | 3;
}

/** tf_keras counts axes from the front from the moment the layer is built, Keras 3 anew for each tensor. */
function settleAxes(options: ScalingOptions & { kerasMajor: 2 | 3 }, first: Shape): void {
  if (options.kerasMajor === 2) options.axes = frontAxes(options, first.length);
}

const layerNormalization: Definition<LayerNormalizationOptions> = {
  options: (config, { kerasMajor }) => ({ ...scalingOptions(config, 1e-3), isRms: boolean(config, "rms_scaling", false), kerasMajor }),
  weights: (options, first) => {
    settleAxes(options, first);
    const isScaled = options.isScaled || options.isRms;
    const isCentred = options.isCentred && !options.isRms;
    return scaleAndCentre({ ...options, isScaled, isCentred }, sizesAlong(options, first, isScaled || isCentred));
  },
  run: (options, x, { gamma, beta }) => {
    const axes = frontAxes(options, x.rank);
    const isStretched = options.kerasMajor === 3 && options.axes.join() === String(x.rank - 1);
    if (!isStretched) requireOwnSize(x, axes, gamma ?? beta);
    const centred = options.isRms ? x : tf.sub(x, tf.mean(x, axes, true));
    const variance = tf.mean(tf.square(centred), axes, true);
    const normal = tf.mul(centred, tf.rsqrt(tf.add(variance, options.epsilon)));
    const stretched = gamma ? tf.mul(normal, alignTo(x, axes, gamma)) : normal;
    return beta ? tf.add(stretched, alignTo(x, axes, beta)) : stretched;
  },
};

interface GroupOptions extends ScalingOptions {
  groups: number;
}

const groupNormalization: Definition<GroupOptions> = {
  options: (config) => ({ ...scalingOptions(config, 1e-3), groups: integer(config, "groups", 32) }),
  weights: (options, first) => {
    const channels = knownSize(first, options.axes[0] as number);
    // -1 groups are one a channel.
    if (options.groups === -1) options.groups = channels;
    if (channels % options.groups !== 0) throw new Error(`its ${options.groups} groups do not divide ${channels} channels`);
    return scaleAndCentre(options, [channels]);
  },
  rule: (options, first) => ({ rank: first.length, axes: [[options.axes[0] as number, knownSize(first, options.axes[0] as number)]] }),
  run: (options, x, { gamma, beta }) => {
    const [axis] = frontAxes(options, x.rank) as [number];
    const size = (x.shape[axis] as number) / options.groups;
    const grouped = tf.reshape(x, [...x.shape.slice(0, axis), options.groups, size, ...x.shape.slice(axis + 1)]);
    const others = grouped.shape.map((_, index) => index).filter((index) => index !== 0 && index !== axis);
    const centred = tf.sub(grouped, tf.mean(grouped, others, true));
    const variance = tf.mean(tf.square(centred), others, true);
    const normal = tf.reshape(tf.mul(centred, tf.rsqrt(tf.add(variance, options.epsilon))), x.shape);
    const stretched = gamma ? tf.mul(normal, alignTo(x, [axis], gamma)) : normal;
    return beta ? tf.add(stretched, alignTo(x, [axis], beta)) : stretched;
  },
};

const rmsNormalization: Definition<ScalingOptions> = {
  options: (config) => scalingOptions(config, 1e-6),
  weights: (options, first) => [
    [
      "scale",
      frontAxes(options, first.length)
        .sort((a, b) => a - b)
        .map((axis) => knownSize(first, axis)),
    ],
  ],
  run: (options, x, { scale }) => {
    const axes = frontAxes(options, x.rank);
    const power = tf.mean(tf.square(x), axes, true);
    // Keras lays the scale on the last axes, whichever were normalized.
    return tf.mul(tf.mul(x, tf.rsqrt(tf.add(power, options.epsilon))), scale as tf.Tensor);
  },
};

const unitNormalization: Definition<ScalingOptions & { kerasMajor: 2 | 3 }> = {
  options: (config, { kerasMajor }) => ({ ...scalingOptions(config, 1e-12), kerasMajor }),
  weights: (options, first) => {
    settleAxes(options, first);
    return [];
  },
  run: (options, x) => {
    const length = tf.sum(tf.square(x), frontAxes(options, x.rank), true);
    return tf.mul(x, tf.rsqrt(tf.maximum(length, options.epsilon)));
  },
};

/** `x * gamma`, one number a channel. @see Keras Applications, ConvNeXt */
const layerScale: Definition<{ size: number }> = {
  options: (config) => ({ size: integer(config, "projection_dim") }),
  // Keras 3 leaves it without a name of its own (`variable_7`): it is called what tf_keras calls it.
  weights: ({ size }) => [["gamma", [size]]],
  run: (_, x, { gamma }) => tf.mul(x, gamma as tf.Tensor),
};

export const NORMALIZATIONS: LayerTable = {
  BatchNormalization: define(batchNormalization),
  LayerNormalization: define(layerNormalization),
  GroupNormalization: define(groupNormalization),
  RMSNormalization: define(rmsNormalization),
  UnitNormalization: define(unitNormalization),
  LayerScale: define(layerScale),
  // tf_keras and old files.
  BatchNormalizationV1: define(batchNormalization),
  BatchNormalizationV2: define(batchNormalization),
  SyncBatchNormalization: define(batchNormalization),
};
