import { describe, expect, test } from "vitest";
import { ShapeError } from "../../../src/engines";
import { b, f, i, ints, type KernelCase, runCase, title } from "./kernel-case";

const conv = { strides: 1, dilations: 1, pad: "valid", dataFormat: "NHWC" };
const pool = { filterSize: 3, strides: 2, pad: "valid" };
const mat = { transposeA: false, transposeB: false };
const masks = { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0 };

interface Refusal extends KernelCase {
  message: string;
}

/** What TensorFlow refuses, and the words in which we do. */
const REFUSALS: Refusal[] = [
  { kernel: "Add", inputs: { a: f(2, 3), b: f(2) }, message: "2×3 and 2 do not broadcast" },
  { kernel: "Add", inputs: { a: f(0), b: f(2) }, message: "0 and 2 do not broadcast" },
  { kernel: "AddN", inputs: [f(2), f(3)], message: "the tensors to add must have the same shape, got 2 and 3" },
  { kernel: "Complex", inputs: { real: f(2), imag: f(3) }, message: "must have the same shape, got 2 and 3" },
  { kernel: "Prelu", inputs: { x: f(2, 3), alpha: f(4) }, message: "alpha of 4 does not fit 2×3" },
  { kernel: "Select", inputs: { condition: b(3), t: f(2, 3), e: f(2, 3) }, message: "got 3 and 2×3" },
  { kernel: "Select", inputs: { condition: b(2), t: f(2), e: f(3) }, message: "got 2 and 3" },
  { kernel: "Mean", inputs: { x: f(2, 3) }, attrs: { axis: 2 }, message: "there is no axis 2 in 2×3" },
  { kernel: "Sum", inputs: { x: f(2, 3) }, attrs: { axis: [0, -3] }, message: "there is no axis -3 in 2×3" },
  { kernel: "ArgMax", inputs: { x: f(0, 3) }, attrs: { axis: 0 }, message: "axis 0 of 0×3 is empty" },
  { kernel: "Cumsum", inputs: { x: f(3) }, attrs: { axis: 1 }, message: "there is no axis 1 in 3" },
  { kernel: "Softmax", inputs: { logits: f(3) }, attrs: { dim: 1 }, message: "there is no axis 1 in 3" },
  { kernel: "TopK", inputs: { x: f(2, 3) }, attrs: { k: 4 }, message: "the largest 4 were asked of 2×3, whose last axis has 3" },
  { kernel: "Conv2D", inputs: { x: f(1, 1, 1, 3), filter: f(3, 3, 3, 8) }, attrs: conv, message: "window 3×3 does not fit into input 1×1" },
  { kernel: "Conv2D", inputs: { x: f(1, 2, 5, 3), filter: f(3, 3, 3, 8) }, attrs: conv, message: "window 3×3 does not fit into input 2×5" },
  { kernel: "Conv2D", inputs: { x: f(0, 2, 5, 3), filter: f(3, 3, 3, 8) }, attrs: conv, message: "window 3×3 does not fit into input 2×5" },
  {
    kernel: "Conv2D",
    inputs: { x: f(1, 3, 4, 4), filter: f(3, 3, 3, 8) },
    attrs: { ...conv, dataFormat: "NCHW", dilations: [2, 2] },
    message: "window 3×3 (5×5 dilated) does not fit into input 4×4",
  },
  {
    kernel: "Conv2D",
    inputs: { x: f(1, 2, 2, 3), filter: f(7, 7, 3, 8) },
    attrs: { ...conv, pad: 1 },
    message: "window 7×7 does not fit into input 2×2 (4×4 padded)",
  },
  {
    kernel: "Conv2D",
    inputs: { x: f(1, 8, 8, 1), filter: f(3, 3, 3, 32) },
    attrs: conv,
    message: "expected 3 channels (kernel 3×3×3×32), got 1 from 1×8×8×1",
  },
  {
    kernel: "Conv2D",
    inputs: { x: f(1, 8, 8, 4), filter: f(3, 3, 2, 3) },
    attrs: conv,
    message: "3 output channels cannot be shared among 2 groups (input 4 ÷ kernel 2)",
  },
  {
    kernel: "DepthwiseConv2dNative",
    inputs: { x: f(1, 8, 8, 6), filter: f(3, 3, 3, 1) },
    attrs: conv,
    message: "expected 3 channels (kernel 3×3×3×1), got 6 from 1×8×8×6",
  },
  { kernel: "Dilation2D", inputs: { x: f(1, 8, 8, 6), filter: f(3, 3, 3) }, attrs: conv, message: "expected 3 channels" },
  {
    kernel: "Conv3D",
    inputs: { x: f(1, 2, 4, 4, 3), filter: f(3, 3, 3, 3, 8) },
    attrs: conv,
    message: "window 3×3×3 does not fit into input 2×4×4",
  },
  {
    kernel: "FusedConv2D",
    inputs: { x: f(1, 8, 8, 3), filter: f(3, 3, 3, 8), bias: f(7) },
    attrs: conv,
    message: "bias of 7 does not fit 8",
  },
  {
    kernel: "Conv2DBackpropInput",
    inputs: { dy: f(1, 4, 4, 5), filter: f(3, 3, 2, 5) },
    attrs: { ...conv, pad: "same", strides: 2, inputShape: [1, 9, 9, 2] },
    message: "a transposed convolution to 1×9×9×2 needs 1×5×5×5, got 1×4×4×5",
  },
  { kernel: "MaxPool", inputs: { x: f(1, 2, 2, 3) }, attrs: pool, message: "window 3×3 does not fit into input 2×2" },
  {
    kernel: "AvgPool",
    inputs: { x: f(1, 1, 9, 3) },
    attrs: { ...pool, filterSize: [2, 4] },
    message: "window 2×4 does not fit into input 1×9",
  },
  { kernel: "MaxPool3D", inputs: { x: f(1, 2, 2, 2, 3) }, attrs: pool, message: "window 3×3×3 does not fit into input 2×2×2" },
  {
    kernel: "BatchMatMul",
    inputs: { a: f(1, 65536), b: f(16384, 10) },
    attrs: mat,
    message: "expected 16384 values (matrix 16384×10), got 65536 from 1×65536",
  },
  { kernel: "BatchMatMul", inputs: { a: f(2, 2, 3), b: f(3, 3, 4) }, attrs: mat, message: "2 and 3 do not broadcast" },
  { kernel: "BatchMatMul", inputs: { a: f(3), b: f(3, 4) }, attrs: mat, message: "a product of matrices needs two axes, got 3" },
  { kernel: "_FusedMatMul", inputs: { a: f(2, 3), b: f(3, 4), bias: f(3) }, attrs: mat, message: "bias of 3 does not fit 2×4" },
  {
    kernel: "Einsum",
    inputs: [f(2, 3), f(4, 5)],
    attrs: { equation: "ij,jk->ik" },
    message: "ij,jk->ik: one name stands for 3 and, in 4×5, for 4",
  },
  { kernel: "Einsum", inputs: [f(2, 3, 4), f(4, 5)], attrs: { equation: "ij,jk->ik" }, message: "ij,jk->ik: expected 2 axes, got 2×3×4" },
  {
    kernel: "FusedBatchNorm",
    inputs: { x: f(1, 4, 4, 1), mean: f(3), variance: f(3) },
    attrs: { varianceEpsilon: 0 },
    message: "mean of 3 does not fit 1×4×4×1",
  },
  { kernel: "Reshape", inputs: { x: f(2, 3) }, attrs: { shape: [4] }, message: "2×3 (6 values) cannot become 4 (4 values)" },
  { kernel: "Reshape", inputs: { x: f(2, 3) }, attrs: { shape: [-1, 4] }, message: "2×3 (6 values) cannot become ?×4" },
  { kernel: "Reshape", inputs: { x: f(2, 3) }, attrs: { shape: [0, -1] }, message: "2×3 (6 values) cannot become 0×?" },
  { kernel: "ExpandDims", inputs: { input: f(2) }, attrs: { dim: 3 }, message: "there is no axis 3 in 2" },
  { kernel: "Transpose", inputs: { x: f(2, 3) }, attrs: { perm: [0, 0] }, message: "axes 0, 0 are not an order of those of 2×3" },
  { kernel: "Reverse", inputs: { x: f(2) }, attrs: { dims: [1] }, message: "there is no axis 1 in 2" },
  { kernel: "Tile", inputs: { x: f(2, 3) }, attrs: { reps: [2] }, message: "1 repetitions were given for 2×3" },
  { kernel: "BroadcastTo", inputs: { x: f(2, 3) }, attrs: { shape: [3] }, message: "a tensor of 2×3 does not fit 3" },
  {
    kernel: "Concat",
    inputs: [f(2, 3), f(2, 4)],
    attrs: { axis: 0 },
    message: "cannot be joined along axis 0: axis 1 is 3 in one and 4 in the other",
  },
  { kernel: "Concat", inputs: [f(2, 3), f(2)], attrs: { axis: 0 }, message: "one has 2 axes, the other 1" },
  { kernel: "Pack", inputs: [f(2), f(3)], attrs: { axis: 0 }, message: "2 and 3 cannot be stacked" },
  { kernel: "Unpack", inputs: { value: f(2) }, attrs: { axis: 1 }, message: "there is no axis 1 in 2" },
  {
    kernel: "SplitV",
    inputs: { x: f(5) },
    attrs: { numOrSizeSplits: 2, axis: 0 },
    message: "axis 0 of 5 cannot be split into 2 equal parts",
  },
  {
    kernel: "SplitV",
    inputs: { x: f(5) },
    attrs: { numOrSizeSplits: [2, 2], axis: 0 },
    message: "parts of 2, 2 do not make up axis 0 of 5",
  },
  { kernel: "Slice", inputs: { x: f(4) }, attrs: { begin: [2], size: [3] }, message: "a slice from 2 to 5 does not fit axis 0 of 4" },
  { kernel: "Slice", inputs: { x: f(4) }, attrs: { begin: [5], size: [0] }, message: "a slice from 5 to 5 does not fit axis 0 of 4" },
  {
    kernel: "StridedSlice",
    inputs: { x: f(4) },
    attrs: { ...masks, begin: [4], end: [5], strides: [1], shrinkAxisMask: 1 },
    message: "slice index 4 of dimension 0 out of bounds",
  },
  { kernel: "PadV2", inputs: { x: f(4) }, attrs: { paddings: [[-1, 0]] }, message: "paddings must not be negative" },
  { kernel: "PadV2", inputs: { x: f(4, 4) }, attrs: { paddings: [[0, 1]] }, message: "paddings for 1 axes were given for 4×4" },
  {
    kernel: "MirrorPad",
    inputs: { x: f(2) },
    attrs: { paddings: [[2, 0]], mode: "reflect" },
    message: "reflect padding of 2 does not fit axis 0 of 2 (at most 1)",
  },
  { kernel: "MirrorPad", inputs: { x: f(2) }, attrs: { paddings: [[3, 0]], mode: "symmetric" }, message: "(at most 2)" },
  {
    kernel: "SpaceToBatchND",
    inputs: { x: f(1, 5, 4, 1) },
    attrs: {
      blockShape: [2, 2],
      paddings: [
        [0, 0],
        [0, 0],
      ],
    },
    message: "has no blocks of 2",
  },
  {
    kernel: "BatchToSpaceND",
    inputs: { x: f(3, 2, 2, 1) },
    attrs: {
      blockShape: [2, 2],
      crops: [
        [0, 0],
        [0, 0],
      ],
    },
    message: "a batch of 3",
  },
  {
    kernel: "BatchToSpaceND",
    inputs: { x: f(4, 1, 1, 1) },
    attrs: {
      blockShape: [2, 2],
      crops: [
        [2, 1],
        [0, 0],
      ],
    },
    message: "cropping takes 3 from axis 1, which has 2",
  },
  {
    kernel: "DepthToSpace",
    inputs: { x: f(1, 2, 2, 6) },
    attrs: { blockSize: 2, dataFormat: "NHWC" },
    message: "6 channels cannot become blocks of 2×2",
  },
  { kernel: "GatherV2", inputs: { x: f(2), indices: i(3) }, attrs: { axis: 1 }, message: "there is no axis 1 in 2" },
  {
    kernel: "GatherV2",
    inputs: { x: f(2, 3), indices: i(3, 4) },
    attrs: { axis: 1, batchDims: 1 },
    message: "should be equal to indices.shape[0]",
  },
  { kernel: "GatherNd", inputs: { params: f(2), indices: i(3, 2) }, message: "indices of 3×2 name 2 axes, and 2 has 1" },
  {
    kernel: "ScatterNd",
    inputs: { indices: i(4, 1), updates: f(4, 2) },
    attrs: { shape: [5, 3] },
    message: "updates of 4×3 are needed for 5×3, got 4×2",
  },
  { kernel: "TensorScatterUpdate", inputs: { tensor: f(5, 3), indices: i(4, 1), updates: f(3, 3) }, message: "updates of 4×3 are needed" },
  {
    kernel: "ResizeBilinear",
    inputs: { images: f(4, 4, 3) },
    attrs: { size: [2, 2] },
    message: "a batch of images has four axes, got 4×4×3",
  },
  {
    kernel: "ResizeBilinear",
    inputs: { images: f(1, 4, 4, 3) },
    attrs: { size: [0, 2] },
    message: "an image of 4×4 cannot be resized to 0×2",
  },
  {
    kernel: "CropAndResize",
    inputs: { image: f(1, 4, 4, 3), boxes: f(2, 4), boxInd: i(3) },
    attrs: { cropSize: [2, 2] },
    message: "2 boxes were given, and the images of 3",
  },
  { kernel: "FFT", inputs: { input: f() }, message: "there is no axis -1 in scalar" },
  {
    kernel: "Unique",
    inputs: { x: f(3) },
    attrs: { axis: 0 },
    message: "Unique: the shape of its output depends on numbers, which the engine `shapes` does not know",
  },
];

describe("a kernel refuses", () => {
  test.each(REFUSALS.map((one) => [title(one), one] as const))("%s", (_, one) => {
    const run = () => runCase("shapes", one);
    expect(run).toThrow(ShapeError);
    expect(run).toThrow(one.message);
  });
});

describe("a kernel on known numbers refuses", () => {
  const known: Refusal[] = [
    { kernel: "GatherV2", inputs: { x: f(2), indices: ints(0, 2) }, attrs: { axis: 0 }, message: "the index value 2 is not in [0, 1]" },
    { kernel: "BroadcastArgs", inputs: { s0: ints(2), s1: ints(3) }, message: "could not be broadcast together" },
  ];
  test.each(known.map((one) => [title(one), one] as const))("%s", (_, one) => {
    expect(() => runCase("known", one)).toThrow(ShapeError);
    expect(() => runCase("known", one)).toThrow(one.message);
  });
});
