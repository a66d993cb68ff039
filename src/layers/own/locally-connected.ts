import * as tf from "@tensorflow/tfjs-core";
import { elementCount, formatShape, type Shape } from "../../model";
import { type Activation, activationOf } from "../activations";
import { boolean, integer, integers, isChannelsFirst, knownSize, requireFewParts, text } from "../config";
import { type Definition, define } from "../define";
import type { LayerTable } from "../row";
import { shapeOnly } from "../shape-only";
import { declaredSlide, type Sliding } from "../windows";
import { channelAxis, mapSpatial, withChannelsLast } from "./layout";

interface LocalOptions {
  slidings: Sliding[];
  filters: number;
  isFirst: boolean;
  useBias: boolean;
  activation: Activation;
  /** How tf_keras keeps the weights: 1 by places, 2 from each number to each, 3 only those that are not 0. */
  implementation: number;
  /** What it was built for. */
  input: number[];
  output: number[];
}

/** A convolution whose filters differ from place to place; tf_keras only. Sizes without a batch. */
const locallyConnected = (rank: number): Definition<LocalOptions> => ({
  options: (config) => {
    const [window, strides] = [integers(config, "kernel_size", rank), integers(config, "strides", rank, 1)];
    const padding = text(config, "padding", "valid") === "same" ? "same" : "valid";
    return {
      slidings: window.map((size, axis) => ({ window: size, stride: strides[axis] as number, dilation: 1, padding })),
      filters: integer(config, "filters"),
      isFirst: isChannelsFirst(config),
      useBias: boolean(config, "use_bias", true),
      activation: activationOf(config["activation"], 2),
      implementation: integer(config, "implementation", 1),
      input: [],
      output: [],
    };
  },
  weights: (options, first) => {
    options.input = first.slice(1).map((_, axis) => knownSize(first, axis + 1));
    options.output = declareLocal(options, first).slice(1) as number[];
    return [["kernel", kernelShape(options)], ...(options.useBias ? ([["bias", biasShape(options)]] as [string, number[]][]) : [])];
  },
  rule: ({ isFirst }, first) => ({ rank: rank + 2, axes: [[isFirst ? 1 : -1, knownSize(first, channelAxis(isFirst, first.length))]] }),
  declare: declareLocal,
  run: (options, x, { kernel, bias }) => {
    const y = options.implementation === 1 ? byPlaces(options, x, kernel as tf.Tensor) : byNumbers(options, x, kernel as tf.Tensor);
    const output = tf.reshape(y, [x.shape[0] as number, ...options.output]);
    return options.activation.apply(bias ? tf.add(output, biasAs(options, bias)) : output);
  },
});

const declareLocal = ({ slidings, isFirst, filters }: LocalOptions, first: Shape): Shape =>
  mapSpatial(first, isFirst, (size, axis) => declaredSlide(size, slidings[axis] as Sliding), filters);

const spatial = ({ isFirst }: LocalOptions, sizes: number[]): number[] => (isFirst ? sizes.slice(1) : sizes.slice(0, -1));
const channels = ({ isFirst }: LocalOptions, sizes: number[]): number => (isFirst ? sizes[0] : sizes.at(-1)) as number;

/** Bias is kept with the channels last, wherever those of the output are. */
const biasShape = (options: LocalOptions): number[] => [...spatial(options, options.output), options.filters];

/** tf_keras reads the numbers of a bias in another order where the channels come first. */
const biasAs = ({ isFirst }: LocalOptions, bias: tf.Tensor): tf.Tensor =>
  isFirst ? tf.reshape(bias, [bias.shape.at(-1) as number, ...bias.shape.slice(0, -1)]) : bias;

function kernelShape(options: LocalOptions): number[] {
  const { input, output, filters, implementation, slidings } = options;
  const count = slidings.reduce((product, { window }) => product * window, channels(options, input));
  if (implementation === 1) return [elementCount(spatial(options, output)), count, filters];
  if (implementation === 2) return [...input, ...output];
  const meetings = slidings.map((sliding, axis) => connections(sliding, spatial(options, input)[axis] as number));
  return [elementCount(meetings) * channels(options, input) * filters];
}

/** Pairs of an input's and an output's place along an axis that are connected. @see Keras `conv_connected_inputs` */
function connections({ window, stride, padding, dilation }: Sliding, size: number): number {
  const count = declaredSlide(size, { window, stride, padding, dilation }) as number;
  const left = padding === "same" ? Math.floor(window / 2) : 0;
  requireFewParts(count);
  const places = Array.from({ length: count }, (_, place) => place * stride - left);
  return places.reduce((sum, start) => sum + Math.min(size, start + window) - Math.max(0, start), 0);
}

/** A product for each place: `[places, batch, window · channels]` with `[places, window · channels, filters]`. */
function byPlaces(options: LocalOptions, x: tf.Tensor, kernel: tf.Tensor): tf.Tensor {
  const places = spatial(options, options.output);
  const needed = options.slidings.map(({ window, stride }, axis) => ((places[axis] as number) - 1) * stride + window);
  const y = withChannelsLast(options.isFirst, x, (last) => {
    const sizes = last.shape.slice(1, -1);
    if (sizes.some((size, axis) => size < (needed[axis] as number)))
      throw new Error(`its ${formatShape(places)} places need ${formatShape(needed)} to look at, got ${formatShape(sizes)}`);
    const batch = last.shape[0] as number;
    const patches = tf.transpose(tf.reshape(patchesOf(options, last, needed), [batch, elementCount(places), -1]), [1, 0, 2]);
    return tf.reshape(tf.transpose(tf.matMul(patches, kernel), [1, 0, 2]), [batch, ...places, options.filters]);
  });
  return y;
}

/** What each place looks at: `[batch, …places, window · channels]`, or channels · window where those come first. */
function patchesOf({ slidings, isFirst }: LocalOptions, x: tf.Tensor, needed: number[]): tf.Tensor {
  const strides = [1, ...slidings.map(({ stride }) => stride), 1];
  const windows = slidings.map(({ window }) => window);
  requireFewParts(elementCount(windows));
  const [batch = 1, ...rest] = x.shape;
  const parts = offsetsIn(windows).map((offsets) => {
    const ends = offsets.map((offset, axis) => (needed[axis] as number) - (windows[axis] as number) + 1 + offset);
    return tf.stridedSlice(x, [0, ...offsets, 0], [batch, ...ends, rest.at(-1) as number], strides);
  });
  const patches = tf.stack(parts, isFirst ? -1 : x.rank - 1);
  return tf.reshape(patches, [...patches.shape.slice(0, -2), -1]);
}

/** All places in a window, row by row. */
function offsetsIn(windows: number[]): number[][] {
  return windows.reduce<number[][]>((all, size) => all.flatMap((one) => Array.from({ length: size }, (_, place) => [...one, place])), [[]]);
}

/** One product of all numbers. Which of the weights are held at 0, or stand where, is not followed: its numbers are not computed. */
function byNumbers({ input, output }: LocalOptions, x: tf.Tensor, kernel: tf.Tensor): tf.Tensor {
  if (elementCount(x.shape.slice(1)) !== elementCount(input))
    throw new Error(`it was built for ${formatShape(input)}, got ${formatShape(x.shape.slice(1))}`);
  return shapeOnly([x, kernel], [x.shape[0] as number, elementCount(output)]);
}

export const LOCALLY_CONNECTED: LayerTable = {
  LocallyConnected1D: define(locallyConnected(1)),
  LocallyConnected2D: define(locallyConnected(2)),
};
