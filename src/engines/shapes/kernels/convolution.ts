import type { TensorInfo } from "@tensorflow/tfjs-core";
import { formatShape } from "../../../model";
import { assertStretches } from "../broadcast";
import { ShapeError } from "../error";
import { type KernelRow, like, row, rows, type TensorSpec, type Tensors } from "../row";
import { type Layout, layoutOf, type Padding, slide } from "../window";

interface ConvAttrs {
  strides: number | number[];
  pad: Padding;
  dataFormat?: string;
  dilations?: number | number[];
  dimRoundingMode?: "floor" | "round" | "ceil";
}
type Conv = Tensors<"x" | "filter">;
type FusedConv = Conv & Partial<Tensors<"bias" | "preluActivationWeights">>;
type Channels = (x: TensorInfo, filter: TensorInfo, layout: Layout) => number;
interface Backprop extends ConvAttrs {
  inputShape: number[];
}

/** The cpu backend knows no groups, and nobody's shape arithmetic convolves. */
const FOLDS = false;

/** Convolutions of two and three axes, forwards, and backwards to their input (which is how a transposed one runs). */
export const CONVOLUTION_ROWS = [
  ...forwards(["Conv2D", "Conv3D"], denseChannels),
  ...forwards(["DepthwiseConv2dNative"], depthwiseChannels),
  ...forwards(["Dilation2D"], sameChannels),
  row<FusedConv, ConvAttrs>("FusedConv2D", (inputs, attrs) => fused(inputs, attrs, denseChannels), FOLDS),
  row<FusedConv, ConvAttrs>("FusedDepthwiseConv2D", (inputs, attrs) => fused(inputs, attrs, depthwiseChannels), FOLDS),
  ...backwards(["Conv2DBackpropInput", "Conv3DBackpropInputV2"], denseChannels),
  ...backwards(["DepthwiseConv2dNativeBackpropInput"], depthwiseChannels),
];

function forwards(kernels: string[], channels: Channels): KernelRow[] {
  return rows<Conv, ConvAttrs>(kernels, ({ x, filter }, attrs) => convolve(x, filter, attrs, channels), FOLDS);
}

function backwards(kernels: string[], channels: Channels): KernelRow[] {
  return rows<Tensors<"dy" | "filter">, Backprop>(kernels, ({ dy, filter }, attrs) => backprop(dy, filter, attrs, channels), FOLDS);
}

function convolve(x: TensorInfo, filter: TensorInfo, attrs: ConvAttrs, channels: Channels): TensorSpec {
  const layout = layoutOf(attrs.dataFormat, x.shape.length);
  const count = x.shape.length - 2;
  const outChannels = channels(x, filter, layout);
  const spatial = slide(x.shape, layout, filter.shape.slice(0, count), attrs);
  const batch = x.shape[0] as number;
  return { shape: layout.channels === 1 ? [batch, outChannels, ...spatial] : [batch, ...spatial, outChannels], dtype: x.dtype };
}

/** Fewer kernel channels than input channels mean groups, as in TensorFlow. */
function denseChannels(x: TensorInfo, filter: TensorInfo, layout: Layout): number {
  const kernelChannels = filter.shape.at(-2) as number;
  const outChannels = filter.shape.at(-1) as number;
  const channels = x.shape[layout.channels] as number;
  if (channels % kernelChannels !== 0) throw wrongChannels(kernelChannels, channels, x, filter);
  const groups = channels / kernelChannels;
  if (groups > 0 && outChannels % groups !== 0) {
    throw new ShapeError(
      `${outChannels} output channels cannot be shared among ${groups} groups (input ${channels} ÷ kernel ${kernelChannels})`,
    );
  }
  return outChannels;
}

function depthwiseChannels(x: TensorInfo, filter: TensorInfo, layout: Layout): number {
  const kernelChannels = filter.shape.at(-2) as number;
  const multiplier = filter.shape.at(-1) as number;
  const channels = x.shape[layout.channels] as number;
  if (channels !== kernelChannels) throw wrongChannels(kernelChannels, channels, x, filter);
  return channels * multiplier;
}

function sameChannels(x: TensorInfo, filter: TensorInfo, layout: Layout): number {
  const kernelChannels = filter.shape.at(-1) as number;
  const channels = x.shape[layout.channels] as number;
  if (channels !== kernelChannels) throw wrongChannels(kernelChannels, channels, x, filter);
  return channels;
}

function wrongChannels(expected: number, got: number, x: TensorInfo, filter: TensorInfo): ShapeError {
  return new ShapeError(`expected ${expected} channels (kernel ${formatShape(filter.shape)}), got ${got} from ${formatShape(x.shape)}`);
}

function fused({ x, filter, bias, preluActivationWeights }: FusedConv, attrs: ConvAttrs, channels: Channels): TensorSpec {
  const output = convolve(x, filter, attrs, channels);
  if (bias) assertBias(bias, output, layoutOf(attrs.dataFormat, x.shape.length));
  if (preluActivationWeights) assertStretches(preluActivationWeights.shape, output.shape, "alpha");
  return output;
}

function assertBias(bias: TensorInfo, output: TensorSpec, layout: Layout): void {
  const channels = output.shape[layout.channels] as number;
  if (bias.shape.length !== 1) assertStretches(bias.shape, output.shape, "bias");
  else assertStretches(bias.shape, [channels], "bias");
}

/** What the forward convolution made of `inputShape` must be what comes back. */
function backprop(dy: TensorInfo, filter: TensorInfo, attrs: Backprop, channels: Channels): TensorSpec {
  const input = { ...dy, shape: attrs.inputShape };
  const forward = convolve(input, filter, attrs, channels);
  if (forward.shape.some((size, axis) => size !== dy.shape[axis])) {
    throw new ShapeError(
      `a transposed convolution to ${formatShape(attrs.inputShape)} needs ${formatShape(forward.shape)}, got ${formatShape(dy.shape)}`,
    );
  }
  return like(input);
}
