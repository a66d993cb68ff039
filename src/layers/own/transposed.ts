import * as tf from "@tensorflow/tfjs-core";
import type { Shape } from "../../model";
import { boolean, integer, integers, knownSize } from "../config";
import { type Definition, define } from "../define";
import type { LayerTable } from "../row";
import { unslidSize } from "../windows";
import { type ConvolutionOptions, channelRule, convolutionOptions, slidingAlong } from "./convolution";
import { channelAxis, mapSpatial, withChannelsLast } from "./layout";

interface TransposedOptions extends ConvolutionOptions {
  filters: number;
  outputPadding: number[] | null;
}

function unslid(options: TransposedOptions, shape: Shape, isFirst: boolean): Shape {
  return mapSpatial(
    shape,
    isFirst,
    (size, axis) => unslidSize(size, slidingAlong(options, axis), options.outputPadding?.[axis] ?? null),
    options.filters,
  );
}

/** A convolution backwards: its kernel has output before input channels. @see Keras `BaseConvTranspose` */
const transposed = (rank: number): Definition<TransposedOptions> => ({
  options: (config, making) => ({
    ...convolutionOptions(config, making, rank),
    useBias: boolean(config, "use_bias", true),
    filters: integer(config, "filters"),
    outputPadding:
      config["output_padding"] === null || config["output_padding"] === undefined ? null : integers(config, "output_padding", rank, 0, 0),
  }),
  weights: (options, first) => {
    if (first.length !== rank + 2) throw new Error(`it needs ${rank + 2} axes, ${first.length} are declared`);
    const channels = knownSize(first, channelAxis(options.isFirst, first.length));
    const bias: [string, number[]][] = options.useBias ? [["bias", [options.filters]]] : [];
    return [["kernel", [...options.window, options.filters, channels]], ...bias];
  },
  rule: (options, first) => ({ rank: rank + 2, axes: channelRule(options, first).axes ?? [] }),
  declare: (options, first) => unslid(options, first, options.isFirst),
  run: (options, x, { kernel, bias }) =>
    withChannelsLast(options.isFirst, x, (last) => {
      const y = transpose(last, dilated(kernel as tf.Tensor, options.dilations), unslid(options, last.shape, false) as number[], options);
      return options.activation.apply(bias ? tf.add(y, bias) : y);
    }),
});

/** A kernel with zeros between its numbers, as tfjs's transposed convolutions know no dilation. `[…window, output, input]`. */
export function dilated(kernel: tf.Tensor, dilations: number[]): tf.Tensor {
  return dilations.reduce((tensor, dilation, axis) => (dilation === 1 ? tensor : withGaps(tensor, axis, dilation)), kernel);
}

function withGaps(kernel: tf.Tensor, axis: number, dilation: number): tf.Tensor {
  const { shape } = kernel;
  const size = shape[axis] as number;
  const apart = tf.expandDims(kernel, axis + 1);
  const padded = tf.pad(apart, apart.shape.map((_, at) => (at === axis + 1 ? [0, dilation - 1] : [0, 0])) as [number, number][]);
  const merged = tf.reshape(padded, [...shape.slice(0, axis), size * dilation, ...shape.slice(axis + 1)]);
  const reach = (size - 1) * dilation + 1;
  return tf.slice(
    merged,
    shape.map(() => 0),
    shape.map((whole, at) => (at === axis ? reach : whole)),
  );
}

/** tfjs has it for planes and volumes; a line is a plane of height 1. */
export function transpose(
  x: tf.Tensor,
  kernel: tf.Tensor,
  outputShape: number[],
  { rank, strides, padding }: Pick<TransposedOptions, "rank" | "strides" | "padding">,
): tf.Tensor {
  const pad = padding === "same" ? "same" : "valid";
  const [a = 1, b = 1, c = 1] = strides;
  if (rank === 1) {
    const [batch = 1, size = 1, channels = 1] = outputShape;
    const image = tf.expandDims(x, 1) as tf.Tensor4D;
    const filter = tf.expandDims(kernel, 0) as tf.Tensor4D;
    return tf.squeeze(tf.conv2dTranspose(image, filter, [batch, 1, size, channels], [1, a], pad), [1]);
  }
  if (rank === 2)
    return tf.conv2dTranspose(x as tf.Tensor4D, kernel as tf.Tensor4D, outputShape as [number, number, number, number], [a, b], pad);
  return tf.conv3dTranspose(
    x as tf.Tensor5D,
    kernel as tf.Tensor5D,
    outputShape as [number, number, number, number, number],
    [a, b, c],
    pad,
  );
}

export const TRANSPOSED: LayerTable = {
  Conv1DTranspose: define(transposed(1)),
  Conv2DTranspose: define(transposed(2)),
  Conv3DTranspose: define(transposed(3)),
  // Names of Keras 1 and 2.
  Convolution1DTranspose: define(transposed(1)),
  Convolution2DTranspose: define(transposed(2)),
  Convolution3DTranspose: define(transposed(3)),
};
