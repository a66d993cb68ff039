import { f, type KernelCase } from "../kernel-case";

const pool = { filterSize: [2, 2], strides: [2, 2], pad: "valid" };
const pool3 = { filterSize: [2, 2, 2], strides: [2, 2, 2], pad: "valid" };
const conv = { strides: [1, 1], pad: "same", dataFormat: "NHWC", dilations: [1, 1] };
const dilation = { strides: [1, 1], pad: "same", dilations: [1, 1] };
const resize = { alignCorners: false };

export const TRAINING_CASES: KernelCase[] = [
  { kernel: "AvgPoolGrad", inputs: { dy: f(1, 2, 2, 3), input: f(1, 4, 4, 3) }, attrs: pool },
  { kernel: "MaxPoolGrad", inputs: { dy: f(1, 2, 2, 3), input: f(1, 4, 4, 3), output: f(1, 2, 2, 3) }, attrs: pool },
  { kernel: "AvgPool3DGrad", inputs: { dy: f(1, 2, 2, 2, 3), input: f(1, 4, 4, 4, 3) }, attrs: pool3 },
  { kernel: "MaxPool3DGrad", inputs: { dy: f(1, 2, 2, 2, 3), input: f(1, 4, 4, 4, 3), output: f(1, 2, 2, 2, 3) }, attrs: pool3 },
  {
    kernel: "LRNGrad",
    inputs: { x: f(1, 2, 2, 3), y: f(1, 2, 2, 3), dy: f(1, 2, 2, 3) },
    attrs: { depthRadius: 1, bias: 1, alpha: 1, beta: 0.5 },
  },
  { kernel: "EluGrad", inputs: { dy: f(2, 3), y: f(2, 3) } },
  { kernel: "ResizeBilinearGrad", inputs: { images: f(1, 2, 2, 3), dy: f(1, 4, 4, 3) }, attrs: resize },
  { kernel: "ResizeNearestNeighborGrad", inputs: { images: f(1, 2, 2, 3), dy: f(1, 4, 4, 3) }, attrs: resize },
  {
    kernel: "Dilation2DBackpropInput",
    inputs: { x: f(1, 4, 4, 2), filter: f(3, 3, 2), dy: f(1, 4, 4, 2) },
    attrs: dilation,
    expected: [{ shape: [1, 4, 4, 2], dtype: "float32" }],
  },
  {
    kernel: "Dilation2DBackpropFilter",
    inputs: { x: f(1, 4, 4, 2), filter: f(3, 3, 2), dy: f(1, 4, 4, 2) },
    attrs: dilation,
    expected: [{ shape: [3, 3, 2], dtype: "float32" }],
  },
  { kernel: "Conv2DBackpropFilter", inputs: { x: f(1, 4, 4, 2), dy: f(1, 4, 4, 5) }, attrs: { ...conv, filterShape: [3, 3, 2, 5] } },
  {
    kernel: "Conv3DBackpropFilterV2",
    inputs: { x: f(1, 4, 4, 4, 2), dy: f(1, 4, 4, 4, 5) },
    attrs: { strides: [1, 1, 1], pad: "same", filterShape: [3, 3, 3, 2, 5] },
  },
  {
    kernel: "DepthwiseConv2dNativeBackpropFilter",
    inputs: { x: f(1, 4, 4, 2), dy: f(1, 4, 4, 4) },
    attrs: { ...conv, filterShape: [3, 3, 2, 2] },
  },
];
