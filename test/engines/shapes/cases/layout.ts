import { f, i, ints, type KernelCase, type Operand } from "../kernel-case";

const slices = [
  { begin: [1, 0, 2], size: [1, 3, 2] },
  { begin: [0, 1], size: [-1, 2] },
  { begin: 1, size: 1 },
  { begin: [2, 3, 4], size: [0, 0, 0] },
];
const masks = { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0 };
const strided = [
  { ...masks, begin: [0, 1, 0], end: [2, 3, 4], strides: [1, 1, 2] },
  { ...masks, begin: [0, 0], end: [0, 0], strides: [1, 1], endMask: 3, ellipsisMask: 0, shrinkAxisMask: 1 },
  { ...masks, begin: [0, 0], end: [0, 1], strides: [1, 1], ellipsisMask: 1, shrinkAxisMask: 2 },
  { ...masks, begin: [0, 0], end: [0, 2], strides: [1, 1], newAxisMask: 1 },
  { ...masks, begin: [-1, 2, 3], end: [-3, 0, 0], strides: [-1, -1, -2] },
];
const row4 = (...shape: number[]): Operand => ({
  shape,
  dtype: "int32",
  values: [0, 1, 1, 0].slice(
    0,
    shape.reduce((n, size) => n * size, 1),
  ),
});

export const LAYOUT_CASES: KernelCase[] = [
  ...[[6, 2], [-1], [3, -1], [1, 12, 1]].map((shape) => ({ kernel: "Reshape", inputs: { x: f(3, 4) }, attrs: { shape } })),
  { kernel: "Reshape", inputs: { x: f(1) }, attrs: { shape: [] } },
  { kernel: "Reshape", inputs: { x: f(0, 3) }, attrs: { shape: [-1] } },
  { kernel: "Reshape", inputs: { x: f(0, 3) }, attrs: { shape: [0, -1] }, expected: [{ shape: [0, 3], dtype: "float32" }] },
  ...[0, 1, 2, -1, -3].map((dim) => ({ kernel: "ExpandDims", inputs: { input: f(3, 4) }, attrs: { dim } })),
  ...[
    [0, 1, 2],
    [2, 0, 1],
  ].map((perm) => ({ kernel: "Transpose", inputs: { x: f(2, 3, 4) }, attrs: { perm } })),
  { kernel: "Reverse", inputs: { x: f(2, 3) }, attrs: { dims: [1] } },
  { kernel: "Tile", inputs: { x: f(2, 3) }, attrs: { reps: [2, 0] } },
  { kernel: "Tile", inputs: { x: i(2, 3) }, attrs: { reps: [1, 4] } },
  { kernel: "BroadcastTo", inputs: { x: f(1, 3) }, attrs: { shape: [4, 2, 3] }, expected: [{ shape: [4, 2, 3], dtype: "float32" }] },
  { kernel: "BroadcastArgs", inputs: { s0: ints(2, 1, 4), s1: ints(3, 1) } },
  ...[0, -2].map((axis) => ({ kernel: "Concat", inputs: [f(2, 3), f(4, 3), f(0, 3)], attrs: { axis } })),
  { kernel: "Concat", inputs: [f(2, 3), f(2, 5)], attrs: { axis: 1 } },
  ...[0, 1, -1].map((axis) => ({ kernel: "Pack", inputs: [f(2, 3), f(2, 3)], attrs: { axis } })),
  { kernel: "Pack", inputs: [i(), i(), i()], attrs: { axis: 0 } },
  ...[0, 1, -1].map((axis) => ({ kernel: "Unpack", inputs: { value: f(2, 3) }, attrs: { axis } })),
  { kernel: "SplitV", inputs: { x: f(2, 6) }, attrs: { numOrSizeSplits: 3, axis: 1 } },
  { kernel: "SplitV", inputs: { x: f(2, 6) }, attrs: { numOrSizeSplits: [1, 2, 3], axis: -1 } },
  { kernel: "SplitV", inputs: { x: f(2, 6) }, attrs: { numOrSizeSplits: [1, -1, 2], axis: 1 } },
  ...slices.map((attrs) => ({ kernel: "Slice", inputs: { x: f(2, 3, 4) }, attrs })),
  ...strided.map((attrs) => ({ kernel: "StridedSlice", inputs: { x: f(2, 3, 4) }, attrs })),
  {
    kernel: "StridedSlice", // empty, as in TensorFlow; the cpu backend fails on it
    inputs: { x: f(2, 3, 4) },
    attrs: { ...masks, begin: [0, 2, 0], end: [2, 1, 4], strides: [1, 1, 1] },
    expected: [{ shape: [2, 0, 4], dtype: "float32" }],
  },
  {
    kernel: "PadV2",
    inputs: { x: f(2, 3) },
    attrs: {
      paddings: [
        [0, 0],
        [1, 2],
      ],
      constantValue: 0,
    },
  },
  {
    kernel: "MirrorPad",
    inputs: { x: f(2, 3) },
    attrs: {
      paddings: [
        [1, 0],
        [2, 2],
      ],
      mode: "reflect",
    },
  },
  {
    kernel: "MirrorPad",
    inputs: { x: f(2, 3) },
    attrs: {
      paddings: [
        [2, 2],
        [3, 0],
      ],
      mode: "symmetric",
    },
  },
  {
    kernel: "SpaceToBatchND",
    inputs: { x: f(1, 4, 5, 2) },
    attrs: {
      blockShape: [2, 2],
      paddings: [
        [0, 0],
        [1, 0],
      ],
    },
  },
  {
    kernel: "BatchToSpaceND",
    inputs: { x: f(4, 2, 3, 2) },
    attrs: {
      blockShape: [2, 2],
      crops: [
        [0, 0],
        [1, 0],
      ],
    },
  },
  { kernel: "DepthToSpace", inputs: { x: f(1, 2, 3, 8) }, attrs: { blockSize: 2, dataFormat: "NHWC" } },
  {
    kernel: "DepthToSpace",
    inputs: { x: f(1, 8, 2, 3) },
    attrs: { blockSize: 2, dataFormat: "NCHW" },
    expected: [{ shape: [1, 2, 4, 6], dtype: "float32" }],
  },
  ...[0, 1, 2].map((axis) => ({ kernel: "GatherV2", inputs: { x: f(2, 3, 4), indices: i(5) }, attrs: { axis, batchDims: 0 } })),
  { kernel: "GatherV2", inputs: { x: f(2, 3, 4), indices: i(2, 5) }, attrs: { axis: 1, batchDims: 1 } },
  { kernel: "GatherV2", inputs: { x: f(2, 3), indices: i() }, attrs: { axis: 0, batchDims: 0 } },
  { kernel: "GatherNd", inputs: { params: f(2, 3, 4), indices: row4(2, 2) } },
  { kernel: "GatherNd", inputs: { params: f(0, 3), indices: i(0, 1) }, expected: [{ shape: [0, 3], dtype: "float32" }] },
  { kernel: "ScatterNd", inputs: { indices: row4(4, 1), updates: f(4, 3) }, attrs: { shape: [2, 3] } },
  { kernel: "TensorScatterUpdate", inputs: { tensor: f(2, 3), indices: row4(4, 1), updates: f(4, 3) } },
];
