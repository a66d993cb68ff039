import * as tf from "@tensorflow/tfjs-core";
import { formatShape, type Shape } from "../../model";
import { type OperationRow, operation } from "../operation";
import { along } from "../own/adaptive";
import { channelAxis, mapSpatial, withChannelsLast } from "../own/layout";
import type { Bound, DeclaredArgument } from "../row";
import { declaredSlide } from "../windows";
import { paddingOf, perAxis, slidingAt, type Windows } from "./patches";
import { areChannelsFirst, declaredShapeOf, tensorOf } from "./values";

export type Arguments = { [parameter: string]: Bound | DeclaredArgument | undefined };
export const X = "inputs|input|x|value";
export const HOW = "padding data_format dilation_rate|dilations";

export const ones = (count: number): number[] => Array(count).fill(1);

/** How a function of `rank` spatial axes with windows of these sizes slides. */
export function windowsFor(named: Arguments, rank: number, sizes: number[], strides: number[]): Windows {
  return {
    sizes,
    strides: perAxis(named["strides"] as Bound, rank, strides),
    dilations: perAxis(named["dilation_rate"] as Bound, rank, ones(rank)),
    padding: paddingOf(named["padding"]),
  };
}

type Pool = (x: tf.Tensor, windows: Windows) => tf.Tensor;
type PoolNd = (x: never, window: never, strides: never, pad: "valid" | "same") => tf.Tensor;

/** tfjs pools planes and volumes; a line of steps is a plane of width 1. */
const poolWith =
  (plane: PoolNd, volume: PoolNd): Pool =>
  (x, { sizes, strides, padding }) => {
    if (sizes.length === 3) return volume(x as never, sizes as never, strides as never, padding);
    if (sizes.length === 2) return plane(x as never, sizes as never, strides as never, padding);
    return tf.squeeze(plane(tf.expandDims(x, 2) as never, [...sizes, 1] as never, [...strides, 1] as never, padding), [2]);
  };

const maxPool = poolWith(tf.maxPool as PoolNd, tf.maxPool3d as PoolNd);
const averagePool = poolWith(tf.avgPool as PoolNd, tf.avgPool3d as PoolNd);

const poolWindows = (named: Arguments, rank: number): Windows => {
  const sizes = perAxis(named["pool_size"] as Bound, rank, Array(rank).fill(2));
  return windowsFor(named, rank, sizes, "ksize" in named ? ones(rank) : sizes);
};

const pooling = (pool: Pool): OperationRow =>
  operation(
    `${X} pool_size|ksize|window_shape strides ${HOW} name`,
    (named) => {
      const x = tensorOf(named["inputs"]);
      const windows = poolWindows(named, x.rank - 2);
      return withChannelsLast(areChannelsFirst(named["data_format"]), x, (last) => pool(last, windows));
    },
    (named) => {
      const shape = declaredShapeOf(named["inputs"]);
      const windows = poolWindows(named, shape.length - 2);
      return slid(shape, windows, areChannelsFirst(named["data_format"]));
    },
  );

/** A declared shape after windows have slid along it. */
export function slid(shape: Shape, windows: Windows, isFirst: boolean, channels?: number | null): Shape {
  return mapSpatial(shape, isFirst, (size, axis) => declaredSlide(size, slidingAt(windows, axis)), channels);
}

const adaptive = (reduce: (x: tf.Tensor, axis: number) => tf.Tensor): OperationRow =>
  operation(
    `${X} output_size data_format`,
    (named) => {
      const x = tensorOf(named["inputs"]);
      const sizes = perAxis(named["output_size"], x.rank - 2, []);
      return withChannelsLast(areChannelsFirst(named["data_format"]), x, (last) =>
        sizes.reduce((tensor, count, index) => along(tensor, index + 1, count, reduce), last),
      );
    },
    (named) => {
      const shape = declaredShapeOf(named["inputs"]);
      const sizes = perAxis(named["output_size"] as Bound, shape.length - 2, []);
      if (areChannelsFirst(named["data_format"])) return [...shape.slice(0, 2), ...sizes];
      // Keras 3 leaves an axis too many before the sizes.
      return [...shape.slice(0, shape.length - sizes.length), ...sizes, shape.at(-1) ?? null];
    },
  );

const channelsAt = (shape: Shape, isFirst: boolean): number | null => shape[channelAxis(isFirst, shape.length)] ?? null;

/** What slides windows along the axes between batch and channels, by the names of Keras's `ops`. */
export const WINDOWS: { [name: string]: OperationRow } = {
  max_pool: pooling(maxPool),
  average_pool: pooling(averagePool),
  adaptive_max_pool: adaptive((x, axis) => tf.max(x, axis)),
  adaptive_average_pool: adaptive((x, axis) => tf.mean(x, axis)),
  lrn: operation("input depth_radius", ({ input, depth_radius: radius }) =>
    tf.localResponseNormalization(tensorOf(input) as tf.Tensor4D, typeof radius === "number" ? radius : 5),
  ),
  bias_add: operation("value bias data_format", (named) => {
    const [x, bias] = [tensorOf(named["value"]), tensorOf(named["bias"])];
    const axis = channelAxis(areChannelsFirst(named["data_format"]), x.rank);
    if (bias.rank !== 1 || bias.shape[0] !== channelsAt(x.shape, axis === 1))
      throw new Error(`a bias of ${formatShape(bias.shape)} does not fit the ${x.shape[axis]} channels of ${formatShape(x.shape)}`);
    return tf.add(
      x,
      tf.reshape(
        bias,
        x.shape.map((_, at) => (at === axis ? bias.size : 1)),
      ),
    );
  }),
};
