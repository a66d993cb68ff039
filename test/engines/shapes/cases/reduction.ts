import { b, f, i, type KernelCase } from "../kernel-case";

const axes: unknown[] = [0, 2, -1, [1, 2], [0, 1, 2], [-1, 0]];
const kept = [true, false];

/** tfjs calls the axes of `Max` otherwise. */
const named = (kernel: string, axis: unknown) => (kernel === "Max" ? { reductionIndices: axis } : { axis });

export const REDUCTION_CASES: KernelCase[] = [
  ...["Sum", "Mean", "Max", "Min", "Prod"].flatMap((kernel) =>
    axes.flatMap((axis) => kept.map((keepDims) => ({ kernel, inputs: { x: f(2, 3, 4) }, attrs: { ...named(kernel, axis), keepDims } }))),
  ),
  ...["Sum", "Mean", "Max", "Min", "Prod"].map((kernel) => ({
    kernel,
    inputs: { x: i(2, 3) },
    attrs: { ...named(kernel, 1), keepDims: false },
  })),
  ...["Sum", "Prod"].map((kernel) => ({ kernel, inputs: { x: b(2, 3) }, attrs: { axis: 1, keepDims: false } })),
  { kernel: "Sum", inputs: { x: f(2, 3) }, attrs: { axis: null, keepDims: false } },
  { kernel: "Sum", inputs: { x: f(2, 3) }, attrs: { axis: [], keepDims: false } },
  { kernel: "Mean", inputs: { x: f(0, 3) }, attrs: { axis: 0, keepDims: false } },
  ...["All", "Any"].flatMap((kernel) => kept.map((keepDims) => ({ kernel, inputs: { x: b(2, 3) }, attrs: { axis: 1, keepDims } }))),
  ...["ArgMax", "ArgMin"].flatMap((kernel) => [0, 1, -1].map((axis) => ({ kernel, inputs: { x: f(2, 3) }, attrs: { axis } }))),
  ...["Cumsum", "Cumprod"].flatMap((kernel) =>
    [f(2, 3), i(2, 3)].map((x) => ({ kernel, inputs: { x }, attrs: { axis: 0, exclusive: false, reverse: false } })),
  ),
  { kernel: "Softmax", inputs: { logits: f(2, 3) }, attrs: { dim: 1 } },
  { kernel: "LogSoftmax", inputs: { logits: f(2, 3) }, attrs: { axis: 1 }, expected: [{ shape: [2, 3], dtype: "float32" }] },
  { kernel: "Bincount", inputs: { x: i(5), weights: f(5) }, attrs: { size: 7 } },
  { kernel: "DenseBincount", inputs: { x: i(5), weights: f(5) }, attrs: { size: 7, binaryOutput: false } },
  { kernel: "DenseBincount", inputs: { x: i(2, 5), weights: f(2, 5) }, attrs: { size: 7, binaryOutput: true } },
  { kernel: "TopK", inputs: { x: f(2, 5) }, attrs: { k: 3, sorted: true } },
  { kernel: "TopK", inputs: { x: i(2, 5) }, attrs: { k: 5, sorted: true } },
];
