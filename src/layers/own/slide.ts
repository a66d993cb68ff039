import * as tf from "@tensorflow/tfjs-core";
import type { Activation } from "../activations";

/** What a convolution does along each spatial axis. */
export interface Convolving {
  window: number[];
  strides: number[];
  dilations: number[];
  padding: "valid" | "same" | "causal";
}

interface WholeConvolution extends Convolving {
  groups: number;
  activation: Activation;
}

/** Activations that tfjs's convolution kernels do themselves. */
const FUSED = new Set(["linear", "relu", "relu6", "elu", "sigmoid"]);
type Fused = "linear" | "relu" | "relu6" | "elu" | "sigmoid";

/** Convolution of `[batch, …spatial, channels]` with 1 to 3 spatial axes, with bias and activation. */
export function convolve(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor | null, options: WholeConvolution): tf.Tensor {
  const rank = options.window.length;
  if (rank === 3) return convolve3d(x, kernel, bias, options);
  if (options.groups > 1) return finish(convolveGroups(x, kernel, options), bias, options.activation);
  const isFused = FUSED.has(options.activation.name);
  const seen = asImage(x, options);
  const { x: image, strides, dilations } = seen;
  const y = tf.fused.conv2d({
    x: image,
    filter: rank === 1 ? (tf.expandDims(kernel, 0) as tf.Tensor4D) : (kernel as tf.Tensor4D),
    strides,
    dilations,
    pad: imagePadding(seen, options),
    ...(bias ? { bias } : {}),
    ...(isFused ? { activation: options.activation.name as Fused } : {}),
  });
  const activated = isFused ? y : options.activation.apply(y);
  return rank === 1 ? tf.squeeze(activated, [1]) : activated;
}

/** Depthwise convolution of `[batch, …spatial, channels]` with 1 or 2 spatial axes; neither bias nor activation. */
export function convolveDepthwise(x: tf.Tensor, kernel: tf.Tensor, options: Convolving): tf.Tensor {
  const isLine = options.window.length === 1;
  const seen = asImage(x, options);
  const { x: image, strides, dilations } = seen;
  const filter = (isLine ? tf.expandDims(kernel, 0) : kernel) as tf.Tensor4D;
  const y = tf.depthwiseConv2d(image, filter, strides, imagePadding(seen, options), "NHWC", dilations);
  return isLine ? tf.squeeze(y, [1]) : y;
}

interface Image {
  x: tf.Tensor4D;
  strides: [number, number];
  dilations: [number, number];
}

/** A line of steps as an image of height 1, padded on the left where the convolution is causal. */
function asImage(x: tf.Tensor, { window, strides, dilations, padding }: Convolving): Image {
  if (window.length === 2) return { x: x as tf.Tensor4D, strides: strides as [number, number], dilations: dilations as [number, number] };
  const [stride = 1] = strides;
  const [dilation = 1] = dilations;
  const reach = ((window[0] ?? 1) - 1) * dilation;
  const line =
    padding === "causal"
      ? tf.pad(x, [
          [0, 0],
          [reach, 0],
          [0, 0],
        ])
      : x;
  return { x: tf.expandDims(line, 1) as tf.Tensor4D, strides: [1, stride], dilations: [1, dilation] };
}

function convolve3d(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor | null, options: WholeConvolution): tf.Tensor {
  const attrs = { strides: options.strides, dilations: options.dilations, pad: padOf(options), dataFormat: "NDHWC" };
  return finish(inGroups("Conv3D", x, kernel, options.groups, attrs), bias, options.activation);
}

function convolveGroups(x: tf.Tensor, kernel: tf.Tensor, options: WholeConvolution): tf.Tensor {
  const seen = asImage(x, options);
  const { x: image, strides, dilations } = seen;
  const isLine = options.window.length === 1;
  const attrs = { strides, dilations, pad: imagePadding(seen, options), dataFormat: "NHWC" };
  const y = inGroups("Conv2D", image, isLine ? tf.expandDims(kernel, 0) : kernel, options.groups, attrs);
  return isLine ? tf.squeeze(y, [1]) : y;
}

type Padding = "same" | "valid" | [[number, number], [number, number], [number, number], [number, number]];

/**
 * The padding of an image in pixels where a stride is wider than the window: there tfjs's WebAssembly kernel pads otherwise than TensorFlow
 * if it is left to find "same" out by itself.
 */
function imagePadding({ x: image, strides, dilations }: Image, { window, padding }: Convolving): Padding {
  if (padding !== "same") return "valid";
  const sizes = window.length === 1 ? [1, window[0] as number] : window;
  if ((sizes[0] as number) >= strides[0] && (sizes[1] as number) >= strides[1]) return "same";
  const [rows, columns] = sizes.map((size, axis): [number, number] => {
    const stride = strides[axis] as number;
    const given = image.shape[axis + 1] as number;
    const reach = (size - 1) * (dilations[axis] as number) + 1;
    const total = Math.max(0, (Math.ceil(given / stride) - 1) * stride + reach - given);
    return [total >> 1, total - (total >> 1)];
  });
  return [[0, 0], rows as [number, number], columns as [number, number], [0, 0]];
}

const padOf = ({ padding }: Convolving): "same" | "valid" => (padding === "same" ? "same" : "valid");

/**
 * The kernels of tfjs know no groups, but for the shapes engine's: elsewhere each part of the channels meets its part of the filters.
 * With a group a channel, as in ConvNeXt, that would be hundreds of kernels for one shape.
 */
function inGroups(kernelName: string, x: tf.Tensor, kernel: tf.Tensor, groups: number, attrs: tf.NamedAttrMap): tf.Tensor {
  const slide = (part: tf.Tensor, filter: tf.Tensor): tf.Tensor =>
    tf.engine().runKernel(kernelName, { x: part, filter } as unknown as tf.NamedTensorMap, attrs) as tf.Tensor;
  if (groups === 1 || tf.getBackend() === "shapes") return slide(x, kernel);
  const filters = tf.split(kernel, groups, -1);
  const parts = tf.split(x, groups, -1).map((part, index) => slide(part, filters[index] as tf.Tensor));
  return tf.concat(parts, -1);
}

function finish(y: tf.Tensor, bias: tf.Tensor | null, activation: Activation): tf.Tensor {
  return activation.apply(bias ? tf.add(y, bias) : y);
}
