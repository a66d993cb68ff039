import { f, type KernelCase } from "../kernel-case";

const sides = (top: number, bottom: number, left: number, right: number) => [
  [0, 0],
  [top, bottom],
  [left, right],
  [0, 0],
];
const pads = ["valid", "same", sides(1, 1, 1, 1), sides(1, 0, 2, 1)];
const steps = [
  { strides: 1, dilations: 1 },
  { strides: [2, 3], dilations: [1, 1] },
  { strides: [1, 1], dilations: [2, 1] },
];
const grid = pads.flatMap((pad) => steps.map((step) => ({ ...step, pad })));
const fused = { strides: [1, 1], pad: "same", dataFormat: "NHWC", dilations: [1, 1], activation: "relu" };
const back = { strides: [2, 2], pad: "same", dataFormat: "NHWC" };

export const WINDOW_CASES: KernelCase[] = [
  ...grid.map((attrs) => ({
    kernel: "Conv2D",
    inputs: { x: f(2, 8, 9, 3), filter: f(3, 2, 3, 4) },
    attrs: { ...attrs, dataFormat: "NHWC" },
  })),
  ...["valid", "same"].map((pad) => ({
    kernel: "Conv2D",
    inputs: { x: f(2, 3, 8, 9), filter: f(3, 3, 3, 4) },
    attrs: { strides: [1, 2], dilations: 1, pad, dataFormat: "NCHW" },
  })),
  {
    kernel: "Conv2D",
    inputs: { x: f(0, 8, 8, 3), filter: f(3, 3, 3, 4) },
    attrs: { strides: 1, dilations: 1, pad: "valid", dataFormat: "NHWC" },
  },
  {
    kernel: "Conv2D", // groups: TensorFlow reads them off the channels, tfjs does not know them
    inputs: { x: f(1, 8, 8, 6), filter: f(3, 3, 2, 9) },
    attrs: { strides: 1, dilations: 1, pad: "same", dataFormat: "NHWC" },
    expected: [{ shape: [1, 8, 8, 9], dtype: "float32" }],
  },
  ...["floor", "ceil", "round"].map((dimRoundingMode) => ({
    kernel: "Conv2D",
    inputs: { x: f(1, 8, 8, 3), filter: f(3, 3, 3, 4) },
    attrs: { strides: 2, dilations: 1, pad: 0, dataFormat: "NHWC", dimRoundingMode },
  })),
  ...grid.map((attrs) => ({ kernel: "DepthwiseConv2dNative", inputs: { x: f(2, 8, 9, 3), filter: f(3, 2, 3, 2) }, attrs })),
  ...["valid", "same"].flatMap((pad) =>
    [1, [2, 1, 3]].map((strides) => ({
      kernel: "Conv3D",
      inputs: { x: f(1, 6, 7, 8, 2), filter: f(3, 2, 3, 2, 4) },
      attrs: { strides, pad, dataFormat: "NDHWC", dilations: [1, 1, 1] },
    })),
  ),
  { kernel: "Dilation2D", inputs: { x: f(1, 8, 8, 3), filter: f(3, 3, 3) }, attrs: { strides: [2, 1], pad: "valid", dilations: [1, 2] } },
  // A number pads every side; tfjs then reckons with the window's height alone, so the windows here are square.
  ...[1, 2].map((strides) => ({
    kernel: "Conv2D",
    inputs: { x: f(1, 8, 9, 3), filter: f(3, 3, 3, 4) },
    attrs: { strides, dilations: 1, pad: 1, dataFormat: "NHWC" },
  })),
  { kernel: "MaxPool", inputs: { x: f(1, 8, 9, 3) }, attrs: { filterSize: 3, strides: 2, pad: 1 } },
  { kernel: "FusedConv2D", inputs: { x: f(1, 8, 8, 3), filter: f(3, 3, 3, 4), bias: f(4) }, attrs: fused },
  {
    kernel: "FusedConv2D",
    inputs: { x: f(1, 8, 8, 3), filter: f(3, 3, 3, 4), bias: f(4), preluActivationWeights: f(1, 1, 4) },
    attrs: { ...fused, activation: "prelu" },
  },
  { kernel: "FusedDepthwiseConv2D", inputs: { x: f(1, 8, 8, 3), filter: f(3, 3, 3, 2), bias: f(6) }, attrs: fused },
  { kernel: "Conv2DBackpropInput", inputs: { dy: f(1, 4, 4, 5), filter: f(3, 3, 2, 5) }, attrs: { ...back, inputShape: [1, 8, 8, 2] } },
  { kernel: "Conv2DBackpropInput", inputs: { dy: f(1, 4, 4, 5), filter: f(3, 3, 2, 5) }, attrs: { ...back, inputShape: [1, 7, 7, 2] } },
  {
    kernel: "Conv3DBackpropInputV2",
    inputs: { dy: f(1, 4, 4, 4, 5), filter: f(3, 3, 3, 2, 5) },
    attrs: { strides: [1, 1, 1], pad: "same", inputShape: [1, 4, 4, 4, 2] },
  },
  {
    kernel: "DepthwiseConv2dNativeBackpropInput",
    inputs: { dy: f(1, 4, 4, 4), filter: f(3, 3, 2, 2) },
    attrs: { strides: [2, 2], dilations: [1, 1], pad: "same", inputShape: [1, 8, 8, 2] },
  },
  ...["AvgPool", "MaxPool"].flatMap((kernel) =>
    pads.flatMap((pad) =>
      [1, 2, [1, 3]].map((strides) => ({ kernel, inputs: { x: f(2, 8, 9, 3) }, attrs: { filterSize: [3, 2], strides, pad } })),
    ),
  ),
  ...["AvgPool", "MaxPool"].map((kernel) => ({ kernel, inputs: { x: f(1, 4, 4, 3) }, attrs: { filterSize: 1, strides: 1, pad: "valid" } })),
  ...["AvgPool3D", "MaxPool3D"].flatMap((kernel) =>
    ["valid", "same"].map((pad) => ({
      kernel,
      inputs: { x: f(1, 6, 7, 8, 2) },
      attrs: { filterSize: [3, 2, 2], strides: [2, 1, 2], pad, dataFormat: "NDHWC" },
    })),
  ),
  {
    kernel: "MaxPoolWithArgmax",
    inputs: { x: f(1, 6, 6, 2) },
    attrs: { filterSize: [2, 2], strides: [2, 2], pad: "valid", includeBatchInIndex: false },
  },
  {
    kernel: "FusedBatchNorm",
    inputs: { x: f(1, 4, 4, 3), mean: f(3), variance: f(3), offset: f(3), scale: f(3) },
    attrs: { varianceEpsilon: 0.001 },
  },
  { kernel: "FusedBatchNorm", inputs: { x: f(1, 4, 4, 3), mean: f(3), variance: f(3) }, attrs: { varianceEpsilon: 0.001 } },
  { kernel: "LRN", inputs: { x: f(1, 4, 4, 3) }, attrs: { depthRadius: 1, bias: 1, alpha: 1, beta: 0.5 } },
];
