import * as tf from "@tensorflow/tfjs-core";
import type { JsonObject } from "../../model";
import { boolean, integers, isChannelsFirst, text } from "../config";
import { type Definition, define } from "../define";
import { followsMasks, maskOf } from "../masks";
import type { BoundCall, LayerTable } from "../row";
import { declaredSlide } from "../windows";
import { mapSpatial, withChannelsLast } from "./layout";

interface PoolingOptions {
  window: number[];
  strides: number[];
  padding: "valid" | "same";
  isFirst: boolean;
}

type Pool = (x: tf.Tensor, options: PoolingOptions) => tf.Tensor;

const poolingOptions = (config: JsonObject, rank: number): PoolingOptions => ({
  window: integers(config, "pool_size", rank, 2),
  strides: integers(config, "strides", rank, config["pool_size"] ?? 2),
  padding: text(config, "padding", "valid").toLowerCase() === "same" ? "same" : "valid",
  isFirst: isChannelsFirst(config),
});

const pooling = (rank: number, pool: Pool): Definition<PoolingOptions> => ({
  options: (config) => poolingOptions(config, rank),
  rule: () => ({ rank: rank + 2 }),
  declare: ({ window, strides, padding, isFirst }, first) =>
    mapSpatial(first, isFirst, (size, axis) =>
      declaredSlide(size, { window: window[axis] as number, stride: strides[axis] as number, dilation: 1, padding }),
    ),
  run: (options, x) => withChannelsLast(options.isFirst, x, (last) => pool(last, options)),
});

type Pool2d = (x: tf.Tensor4D, window: [number, number], strides: [number, number], pad: "valid" | "same") => tf.Tensor;

const plane =
  (pool: Pool2d): Pool =>
  (x, { window, strides, padding }) =>
    pool(x as tf.Tensor4D, window as [number, number], strides as [number, number], padding);

/** A line of steps is an image of width 1. */
const line =
  (pool: Pool2d): Pool =>
  (x, { window: [window = 1], strides: [stride = 1], padding }) =>
    tf.squeeze(pool(tf.expandDims(x, 2) as tf.Tensor4D, [window, 1], [stride, 1], padding), [2]);

type Triple = [number, number, number];
const max3d: Pool = (x, { window, strides, padding }) => tf.maxPool3d(x as tf.Tensor5D, window as Triple, strides as Triple, padding);
const average3d: Pool = (x, { window, strides, padding }) => tf.avgPool3d(x as tf.Tensor5D, window as Triple, strides as Triple, padding);

interface GlobalOptions {
  isFirst: boolean;
  keepsAxes: boolean;
}

type Reduce = (x: tf.Tensor, axes: number[], keep: boolean, call: BoundCall) => tf.Tensor;

const globalPooling = (rank: number, reduce: Reduce): Definition<GlobalOptions> => ({
  options: (config) => ({ isFirst: isChannelsFirst(config), keepsAxes: boolean(config, "keepdims", false) }),
  rule: () => ({ rank: rank + 2 }),
  declare: ({ isFirst, keepsAxes }, first) => {
    const ones = mapSpatial(first, isFirst, () => 1);
    return keepsAxes ? ones : ones.filter((_, axis) => !spatialAxes(rank, isFirst).includes(axis));
  },
  run: ({ isFirst, keepsAxes }, x, _, call) => reduce(x, spatialAxes(rank, isFirst), keepsAxes, call),
});

const spatialAxes = (rank: number, isFirst: boolean): number[] => Array.from({ length: rank }, (_, index) => index + (isFirst ? 2 : 1));

const average = (rank: number): Definition<GlobalOptions> => globalPooling(rank, (x, axes, keep) => tf.mean(x, axes, keep));

/** The mean of the steps that count. */
const averageOfSteps: Reduce = (x, axes, keep, call) => {
  const mask = followsMasks(call) ? maskOf(call) : null;
  if (!mask) return tf.mean(x, axes, keep);
  const counts = tf.expandDims(mask, axes[0] === 1 ? 2 : 1);
  return tf.div(tf.sum(tf.mul(x, counts), axes, keep), tf.sum(counts, axes, keep));
};

const max = (rank: number): Definition<GlobalOptions> => globalPooling(rank, (x, axes, keep) => tf.max(x, axes, keep));

export const POOLINGS: LayerTable = {
  MaxPooling1D: define(pooling(1, line(tf.maxPool))),
  MaxPooling2D: define(pooling(2, plane(tf.maxPool))),
  MaxPooling3D: define(pooling(3, max3d)),
  AveragePooling1D: define(pooling(1, line(tf.avgPool))),
  AveragePooling2D: define(pooling(2, plane(tf.avgPool))),
  AveragePooling3D: define(pooling(3, average3d)),
  GlobalAveragePooling1D: define(globalPooling(1, averageOfSteps)),
  GlobalAveragePooling2D: define(average(2)),
  GlobalAveragePooling3D: define(average(3)),
  GlobalMaxPooling1D: define(max(1)),
  GlobalMaxPooling2D: define(max(2)),
  GlobalMaxPooling3D: define(max(3)),
};
