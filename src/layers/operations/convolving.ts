import type * as tf from "@tensorflow/tfjs-core";
import { formatShape, type Shape } from "../../model";
import { activationOf } from "../activations";
import { type Named, type OperationRow, operation } from "../operation";
import { mapSpatial, withChannelsLast } from "../own/layout";
import { type Convolving, convolve, convolveDepthwise } from "../own/slide";
import { dilated, transpose } from "../own/transposed";
import type { Bound, DeclaredArgument } from "../row";
import { unslidSize } from "../windows";
import { perAxis, slidingAt, type Windows } from "./patches";
import { areChannelsFirst, declaredShapeOf, isNone, sizesOf, tensorOf } from "./values";
import { type Arguments, HOW, ones, slid, windowsFor, X } from "./windows";

const LINEAR = activationOf("linear", 3);

const convolving = ({ sizes, ...others }: Windows): Convolving => ({ window: sizes, ...others });

/** @throws Error where there are not as many spatial axes as the window has */
function requireRank(shape: readonly (number | null)[], rank: number): void {
  if (shape.length !== rank + 2)
    throw new Error(`it slides along ${rank} axes, which ${formatShape(shape)} does not have beside batch and channels`);
}

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
    const given = named["output_shape"];
    if (Array.isArray(given)) {
      const sizes = given.map((size) => (typeof size === "number" && size >= 0 ? size : null));
      // TensorFlow's own inference leaves the batch of a plane as it comes.
      return rank === 3 ? sizes : [shape[0] ?? null, ...sizes.slice(1)];
    }
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

/** What slides kernels along the axes between batch and channels, by the names of Keras's `ops`. */
export const CONVOLVING: { [name: string]: OperationRow } = {
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
};
