import * as tf from "@tensorflow/tfjs-core";
import { formatShape, type Shape } from "../../model";
import { activationOf } from "../activations";
import { type Named, type OperationRow, operation } from "../operation";
import { along } from "../own/adaptive";
import { channelAxis, mapSpatial, withChannelsLast } from "../own/layout";
import { type Convolving, convolve, convolveDepthwise } from "../own/slide";
import { dilated, transpose } from "../own/transposed";
import type { Bound, DeclaredArgument } from "../row";
import { declaredSlide, unslidSize } from "../windows";
import { paddingOf, perAxis, slidingAt, type Windows } from "./patches";
import { areChannelsFirst, declaredShapeOf, isNone, sizesOf, tensorOf } from "./values";

type Arguments = { [parameter: string]: Bound | DeclaredArgument | undefined };
const LINEAR = activationOf("linear", 3);
const X = "inputs|input|x|value";
const HOW = "padding data_format dilation_rate|dilations";

const ones = (count: number): number[] => Array(count).fill(1);

/** How a function of `rank` spatial axes with windows of these sizes slides. */
function windowsFor(named: Arguments, rank: number, sizes: number[], strides: number[]): Windows {
  return {
    sizes,
    strides: perAxis(named["strides"] as Bound, rank, strides),
    dilations: perAxis(named["dilation_rate"] as Bound, rank, ones(rank)),
    padding: paddingOf(named["padding"]),
  };
}

const convolving = ({ sizes, ...others }: Windows): Convolving => ({ window: sizes, ...others });

/** @throws Error where there are not as many spatial axes as the window has */
function requireRank(shape: readonly (number | null)[], rank: number): void {
  if (shape.length !== rank + 2)
    throw new Error(`it slides along ${rank} axes, which ${formatShape(shape)} does not have beside batch and channels`);
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

function slid(shape: Shape, windows: Windows, isFirst: boolean, channels?: number | null): Shape {
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

/** A kernel's shape is `[…window, input, output]`; `run` is given tensors with their channels last. */
function convolution(
  kernelNames: string,
  run: (x: tf.Tensor, kernel: tf.Tensor, windows: Windows, named: Named) => tf.Tensor,
  channelsOf: (kernel: Shape, named: Arguments) => number | null,
): OperationRow {
  const windowsOf = (kernel: Shape, named: Arguments): Windows => {
    const rank = kernel.length - 2;
    return windowsFor(named, rank, kernel.slice(0, rank) as number[], ones(rank));
  };
  return operation(
    `${X} ${kernelNames} strides|stride ${HOW}`,
    (named) => {
      const [x, kernel] = [tensorOf(named["inputs"]), tensorOf(named["kernel"])];
      requireRank(x.shape, kernel.rank - 2);
      return withChannelsLast(areChannelsFirst(named["data_format"]), x, (last) =>
        run(last, kernel, windowsOf(kernel.shape, named), named),
      );
    },
    (named) => {
      const [shape, kernel] = [declaredShapeOf(named["inputs"]), declaredShapeOf(named["kernel"])];
      requireRank(shape, kernel.length - 2);
      return slid(shape, windowsOf(kernel, named), areChannelsFirst(named["data_format"]), channelsOf(kernel, named));
    },
  );
}

function groupsOf(x: tf.Tensor, kernel: tf.Tensor): number {
  const [channels = 0, own = 1] = [x.shape.at(-1), kernel.shape.at(-2)];
  if (channels % own !== 0)
    throw new Error(`expected ${own} channels (kernel ${formatShape(kernel.shape)}), got ${channels} from ${formatShape(x.shape)}`);
  return channels / own;
}

const whole = (x: tf.Tensor, kernel: tf.Tensor, windows: Windows): tf.Tensor =>
  convolve(x, kernel, null, { ...convolving(windows), groups: groupsOf(x, kernel), activation: LINEAR });

function pointwise(x: tf.Tensor, kernel: tf.Tensor): tf.Tensor {
  const rank = kernel.rank - 2;
  return whole(x, kernel, { sizes: ones(rank), strides: ones(rank), dilations: ones(rank), padding: "valid" });
}

const product = (a: number | null | undefined, b: number | null | undefined): number | null => (a && b ? a * b : null);

/** A convolution backwards, whose kernel has output before input channels. */
const transposed = operation(
  `${X} kernel|filters|filter output_shape strides padding output_padding data_format dilation_rate|dilations`,
  (named) => {
    const [x, kernel] = [tensorOf(named["inputs"]), tensorOf(named["kernel"])];
    const isFirst = areChannelsFirst(named["data_format"]);
    const rank = kernel.rank - 2;
    requireRank(x.shape, rank);
    const windows = windowsFor(named, rank, kernel.shape.slice(0, rank), ones(rank));
    return withChannelsLast(isFirst, x, (last) => {
      if (last.shape.at(-1) !== kernel.shape.at(-1))
        throw new Error(
          `expected ${kernel.shape.at(-1)} channels (kernel ${formatShape(kernel.shape)}), got ${last.shape.at(-1)} from ${formatShape(x.shape)}`,
        );
      const size = isNone(named["output_shape"])
        ? unslid(last.shape, kernel.shape, windows, named, false)
        : channelsLastSizes(sizesOf(named["output_shape"]), last.shape, kernel.shape, isFirst);
      return transpose(last, dilated(kernel, windows.dilations), size as number[], {
        rank,
        strides: windows.strides,
        padding: windows.padding,
      });
    });
  },
  (named) => {
    const [shape, kernel] = [declaredShapeOf(named["inputs"]), declaredShapeOf(named["kernel"])];
    const rank = kernel.length - 2;
    const isFirst = areChannelsFirst(named["data_format"]);
    if (Array.isArray(named["output_shape"]))
      return [shape[0] ?? null, ...named["output_shape"].slice(1).map((size) => (typeof size === "number" && size >= 0 ? size : null))];
    return unslid(shape, kernel, windowsFor(named, rank, kernel.slice(0, rank) as number[], ones(rank)), named, isFirst);
  },
);

function unslid(shape: Shape, kernel: Shape, windows: Windows, named: Arguments, isFirst: boolean): Shape {
  const rank = windows.sizes.length;
  const outside = isNone(named["output_padding"]) ? null : perAxis(named["output_padding"] as Bound, rank, []);
  return mapSpatial(
    shape,
    isFirst,
    (size, axis) => unslidSize(size, slidingAt(windows, axis), outside?.[axis] ?? null),
    kernel.at(-2) ?? null,
  );
}

/** TensorFlow is told the whole output, or its spatial sizes alone. */
function channelsLastSizes(given: number[], x: number[], kernel: number[], isFirst: boolean): number[] {
  const rank = kernel.length - 2;
  const spatial = given.length === rank ? given : isFirst ? given.slice(2) : given.slice(1, -1);
  return [x[0] as number, ...spatial, kernel.at(-2) as number];
}

const channelsAt = (shape: Shape, isFirst: boolean): number | null => shape[channelAxis(isFirst, shape.length)] ?? null;

/** What slides windows along the axes between batch and channels, by the names of Keras's `ops`. */
export const WINDOWS: { [name: string]: OperationRow } = {
  max_pool: pooling(maxPool),
  average_pool: pooling(averagePool),
  adaptive_max_pool: adaptive((x, axis) => tf.max(x, axis)),
  adaptive_average_pool: adaptive((x, axis) => tf.mean(x, axis)),
  conv: convolution("kernel|filters|filter", whole, (kernel) => kernel.at(-1) ?? null),
  depthwise_conv: convolution(
    "kernel|filters|filter",
    (x, kernel, windows) => convolveDepthwise(x, kernel, convolving(windows)),
    (kernel) => product(kernel.at(-1), kernel.at(-2)),
  ),
  separable_conv: convolution(
    "kernel|depthwise_kernel|depthwise_filter pointwise|pointwise_kernel|pointwise_filter",
    (x, kernel, windows, named) => pointwise(convolveDepthwise(x, kernel, convolving(windows)), tensorOf(named["pointwise"])),
    (_, named) => declaredShapeOf(named["pointwise"] as DeclaredArgument).at(-1) ?? null,
  ),
  conv_transpose: transposed,
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
