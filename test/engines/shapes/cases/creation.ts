import { f, i, type KernelCase } from "../kernel-case";

export const CREATION_CASES: KernelCase[] = [
  { kernel: "ZerosLike", inputs: { x: i(2, 3) } },
  { kernel: "OnesLike", inputs: { x: f(2, 3) } },
  { kernel: "Fill", inputs: {}, attrs: { shape: [2, 3], value: 7, dtype: "int32" } },
  { kernel: "Fill", inputs: {}, attrs: { shape: [0], value: 7 } },
  ...[
    [0, 5, 1],
    [5, 0, 1],
    [5, 0, -2],
    [0, 5, -1],
    [5, 0, 2],
    [3, 3, 1],
    [0, 1, 0.3],
  ].map(([start, stop, step]) => ({
    kernel: "Range",
    inputs: {},
    attrs: { start, stop, step, dtype: "float32" },
  })),
  { kernel: "LinSpace", inputs: {}, attrs: { start: 0, stop: 1, num: 5 } },
  { kernel: "OneHot", inputs: { indices: i(2, 3) }, attrs: { depth: 5, onValue: 1, offValue: 0, dtype: "float32" } },
  { kernel: "Multinomial", inputs: { logits: f(2, 3) }, attrs: { numSamples: 4, seed: 1, normalized: true } },
];
