import * as tf from "@tensorflow/tfjs-core";
import { elementCount, formatShape, type JsonObject, type Shape } from "../../model";
import { type Activation, activationOf } from "../activations";
import { boolean, integer, integers, isChannelsFirst, knownSize, text } from "../config";
import { type Definition, define, type WeightShapes, type Weights } from "../define";
import type { InputRule, LayerTable, Making } from "../row";
import { declaredSlide, type Sliding } from "../windows";
import { channelAxis, mapSpatial, withChannelsLast } from "./layout";
import { type Convolving, convolve, convolveDepthwise } from "./slide";

/** Options of the convolutions; sizes in pixels (or steps), one a spatial axis. */
export interface ConvolutionOptions extends Convolving {
  rank: number;
  isFirst: boolean;
  groups: number;
  useBias: boolean;
  activation: Activation;
}

export function convolutionOptions(config: JsonObject, making: Making, rank: number): ConvolutionOptions {
  const padding = text(config, "padding", "valid").toLowerCase();
  if (padding !== "valid" && padding !== "same" && padding !== "causal") throw new Error(`its padding "${padding}" is not known`);
  return {
    rank,
    window: integers(config, "kernel_size", rank),
    strides: integers(config, "strides", rank, 1),
    dilations: integers(config, "dilation_rate", rank, 1),
    padding,
    isFirst: isChannelsFirst(config),
    groups: integer(config, "groups", 1),
    useBias: boolean(config, "use_bias", true),
    activation: activationOf(config["activation"], making.kerasMajor),
  };
}

export function slidingAlong(options: Convolving, axis: number): Sliding {
  const { window, strides, dilations, padding } = options;
  return { window: window[axis] as number, stride: strides[axis] as number, dilation: dilations[axis] as number, padding };
}

export function channelRule(options: { rank: number; isFirst: boolean }, first: Shape): InputRule {
  const axis = channelAxis(options.isFirst, first.length);
  return { minRank: options.rank + 2, axes: [[options.isFirst ? 1 : -1, knownSize(first, axis)]] };
}

function declareConvolved(options: ConvolutionOptions, first: Shape, channels: number): Shape {
  return mapSpatial(first, options.isFirst, (size, axis) => declaredSlide(size, slidingAlong(options, axis)), channels);
}

function requireRank(options: { rank: number }, first: Shape): void {
  if (first.length === options.rank + 2) return;
  throw new Error(`it slides along ${options.rank} axes, which ${formatShape(first)} does not have beside batch and channels`);
}

const biasOf = (options: { useBias: boolean }, channels: number): WeightShapes => (options.useBias ? [["bias", [channels]]] : []);

interface PlainOptions extends ConvolutionOptions {
  filters: number;
  /** tf_keras takes further batch axes before the spatial ones; Keras 3 refuses them. */
  takesMoreAxes: boolean;
}

/** `shape` as its batch axes, one or more, and the others. */
function splitBatch<T extends Shape>({ rank, takesMoreAxes }: PlainOptions, shape: T): { batch: T; others: T } {
  const count = takesMoreAxes ? Math.max(shape.length - rank - 1, 1) : 1;
  return { batch: shape.slice(0, count) as T, others: shape.slice(count) as T };
}

/** Runs `work` with all batch axes as one. */
function withOneBatch(options: PlainOptions, x: tf.Tensor, work: (x: tf.Tensor) => tf.Tensor): tf.Tensor {
  const { batch, others } = splitBatch(options, x.shape);
  if (batch.length === 1) return work(x);
  const y = work(tf.reshape(x, [elementCount(batch), ...others]));
  return tf.reshape(y, [...batch, ...y.shape.slice(1)]);
}

const plain = (rank: number): Definition<PlainOptions> => ({
  options: (config, making) => ({
    ...convolutionOptions(config, making, rank),
    filters: integer(config, "filters"),
    takesMoreAxes: making.kerasMajor === 2 && !isChannelsFirst(config),
  }),
  weights: (options, first) => {
    requireRank(options, [null, ...splitBatch(options, first).others]);
    const channels = knownSize(first, channelAxis(options.isFirst, first.length));
    if (channels % options.groups !== 0) throw new Error(`its ${options.groups} groups do not divide ${channels} channels`);
    return [["kernel", [...options.window, channels / options.groups, options.filters]], ...biasOf(options, options.filters)];
  },
  rule: channelRule,
  declare: (options, first) => {
    const { batch, others } = splitBatch(options, first);
    return [...batch, ...declareConvolved(options, [null, ...others], options.filters).slice(1)];
  },
  run: (options, x, { kernel, bias }) =>
    withOneBatch(options, x, (whole) =>
      withChannelsLast(options.isFirst, whole, (last) => convolve(last, kernel as tf.Tensor, bias ?? null, options)),
    ),
});

interface DepthwiseOptions extends ConvolutionOptions {
  multiplier: number;
  /** tf_keras names the kernel by what it is for, Keras 3 as every kernel. */
  kernelName: "depthwise_kernel" | "kernel";
  /** TensorFlow dilates by moving space into the batch; traced so, one open axis leaves all of them open. */
  isTraced: boolean;
}

function depthwiseShape(options: DepthwiseOptions, first: Shape): { kernel: number[]; channels: number } {
  requireRank(options, first);
  const channels = knownSize(first, channelAxis(options.isFirst, first.length));
  return { kernel: [...options.window, channels, options.multiplier], channels: channels * options.multiplier };
}

const depthwiseOptions = (config: JsonObject, making: Making, rank: number): DepthwiseOptions => ({
  ...convolutionOptions(config, making, rank),
  multiplier: integer(config, "depth_multiplier", 1),
  kernelName: making.kerasMajor === 2 ? "depthwise_kernel" : "kernel",
  isTraced: making.kerasMajor === 2,
});

function declareDepthwise(options: DepthwiseOptions, first: Shape, channels: number): Shape {
  const declared = declareConvolved(options, first, channels);
  const isLost = options.isTraced && options.dilations.some((dilation) => dilation > 1);
  const spatial = mapSpatial(declared, options.isFirst, (size) => size, 0).slice(1);
  return isLost && spatial.includes(null) ? mapSpatial(declared, options.isFirst, () => null) : declared;
}

function addBias(x: tf.Tensor, weights: Weights, options: { useBias: boolean; activation: Activation }): tf.Tensor {
  return options.activation.apply(options.useBias ? tf.add(x, weights["bias"] as tf.Tensor) : x);
}

const depthwise = (rank: number): Definition<DepthwiseOptions> => ({
  options: (config, making) => depthwiseOptions(config, making, rank),
  weights: (options, first) => {
    const { kernel, channels } = depthwiseShape(options, first);
    return [[options.kernelName, kernel], ...biasOf(options, channels)];
  },
  rule: channelRule,
  declare: (options, first) => declareDepthwise(options, first, depthwiseShape(options, first).channels),
  run: (options, x, weights) =>
    withChannelsLast(options.isFirst, x, (last) =>
      addBias(convolveDepthwise(last, weights[options.kernelName] as tf.Tensor, options), weights, options),
    ),
});

interface SeparableOptions extends DepthwiseOptions {
  filters: number;
}

const separable = (rank: number): Definition<SeparableOptions> => ({
  options: (config, making) => ({ ...depthwiseOptions(config, making, rank), filters: integer(config, "filters") }),
  weights: (options, first) => {
    const { kernel, channels } = depthwiseShape(options, first);
    const pointwise = [...options.window.map(() => 1), channels, options.filters];
    return [["depthwise_kernel", kernel], ["pointwise_kernel", pointwise], ...biasOf(options, options.filters)];
  },
  rule: channelRule,
  declare: (options, first) => declareDepthwise(options, first, options.filters),
  run: (options, x, weights) =>
    withChannelsLast(options.isFirst, x, (last) => {
      const depthwise = convolveDepthwise(last, weights["depthwise_kernel"] as tf.Tensor, options);
      const ones = options.window.map(() => 1);
      const pointwise = { ...options, window: ones, strides: ones, dilations: ones, padding: "valid" as const, groups: 1 };
      return convolve(depthwise, weights["pointwise_kernel"] as tf.Tensor, weights["bias"] ?? null, pointwise);
    }),
});

export const CONVOLUTIONS: LayerTable = {
  Conv1D: define(plain(1)),
  Conv2D: define(plain(2)),
  Conv3D: define(plain(3)),
  DepthwiseConv1D: define(depthwise(1)),
  DepthwiseConv2D: define(depthwise(2)),
  SeparableConv1D: define(separable(1)),
  SeparableConv2D: define(separable(2)),
};
