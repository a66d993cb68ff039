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
  const { x: image, strides, dilations } = asImage(x, options);
  const y = tf.fused.conv2d({
    x: image,
    filter: rank === 1 ? (tf.expandDims(kernel, 0) as tf.Tensor4D) : (kernel as tf.Tensor4D),
    strides,
    dilations,
    pad: options.padding === "same" ? "same" : "valid",
    ...(bias ? { bias } : {}),
    ...(isFused ? { activation: options.activation.name as Fused } : {}),
  });
  const activated = isFused ? y : options.activation.apply(y);
  return rank === 1 ? tf.squeeze(activated, [1]) : activated;
}

/** Depthwise convolution of `[batch, …spatial, channels]` with 1 or 2 spatial axes; neither bias nor activation. */
export function convolveDepthwise(x: tf.Tensor, kernel: tf.Tensor, options: Convolving): tf.Tensor {
  const isLine = options.window.length === 1;
  const { x: image, strides, dilations } = asImage(x, options);
  const filter = (isLine ? tf.expandDims(kernel, 0) : kernel) as tf.Tensor4D;
  const y = tf.depthwiseConv2d(image, filter, strides, options.padding === "same" ? "same" : "valid", "NHWC", dilations);
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
      : x; // prettier: a row an axis
  // With a stride above 1, tfjs allows no dilation on any axis: so the idle axis takes the same numbers, which change nothing on height 1.
  return { x: tf.expandDims(line, 1) as tf.Tensor4D, strides: [1, stride], dilations: [1, dilation] };
}

function convolve3d(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor | null, options: WholeConvolution): tf.Tensor {
  const [a = 1, b = 1, c = 1] = options.strides;
  const [d = 1, e = 1, f = 1] = options.dilations;
  const pad = options.padding === "same" ? "same" : "valid";
  const slide = (part: tf.Tensor, filter: tf.Tensor): tf.Tensor =>
    tf.conv3d(part as tf.Tensor5D, filter as tf.Tensor5D, [a, b, c], pad, "NDHWC", [d, e, f]);
  return finish(inGroups(x, kernel, options.groups, slide), bias, options.activation);
}

function convolveGroups(x: tf.Tensor, kernel: tf.Tensor, options: WholeConvolution): tf.Tensor {
  const { x: image, strides, dilations } = asImage(x, options);
  const isLine = options.window.length === 1;
  const filter = isLine ? tf.expandDims(kernel, 0) : kernel;
  const pad = options.padding === "same" ? "same" : "valid";
  const y = inGroups(image, filter, options.groups, (part, some) =>
    tf.conv2d(part as tf.Tensor4D, some as tf.Tensor4D, strides, pad, "NHWC", dilations),
  );
  return isLine ? tf.squeeze(y, [1]) : y;
}

/** tfjs knows no groups: each part of the channels meets its part of the filters. */
function inGroups(x: tf.Tensor, kernel: tf.Tensor, groups: number, slide: (x: tf.Tensor, kernel: tf.Tensor) => tf.Tensor): tf.Tensor {
  if (groups === 1) return slide(x, kernel);
  const kernels = tf.split(kernel, groups, -1);
  return tf.concat(
    tf.split(x, groups, -1).map((part, index) => slide(part, kernels[index] as tf.Tensor)),
    -1,
  );
}

function finish(y: tf.Tensor, bias: tf.Tensor | null, activation: Activation): tf.Tensor {
  return activation.apply(bias ? tf.add(y, bias) : y);
}
