import { UNARY_ROWS } from "../../../../src/engines/shapes/kernels/unary";
import { b, c, f, i, type KernelCase } from "../kernel-case";

const CLIP = { clipValueMin: 0, clipValueMax: 1 };
const OTHER = new Set(["Cast", "ComplexAbs", "Real", "Imag", "StaticRegexReplace", "StringToHashBucketFast", "LogicalNot"]);
const unary = UNARY_ROWS.map(({ kernel }) => kernel).filter((kernel) => !OTHER.has(kernel));
const KEEPS = "Add Atan2 Maximum Minimum Mod Multiply Pow RealDiv SquaredDifference Sub FloorDiv".split(" ");
const COMPARES = "Equal Greater GreaterEqual Less LessEqual NotEqual".split(" ");
const pairs: [number[], number[]][] = [
  [
    [2, 3],
    [2, 3],
  ],
  [[6], [2, 6]],
  [[2, 6], [6]],
  [[1], [0]],
  [
    [0, 3],
    [1, 3],
  ],
  [
    [4, 1],
    [1, 5],
  ],
  [[], [2, 2]],
  [[], []],
  [
    [1, 4, 4, 1],
    [1, 1, 1, 3],
  ],
];

export const ELEMENTWISE_CASES: KernelCase[] = [
  ...unary.flatMap((kernel) => [f(2, 3), i(2, 3), f(), f(0, 3)].map((x) => ({ kernel, inputs: { x }, attrs: { ...CLIP, alpha: 0.2 } }))),
  { kernel: "LogicalNot", inputs: { x: b(2, 3) } },
  { kernel: "Cast", inputs: { x: f(2, 3) }, attrs: { dtype: "int32" } },
  { kernel: "Cast", inputs: { x: i(2, 3) }, attrs: { dtype: "float32" } },
  { kernel: "Cast", inputs: { x: i(2, 3) }, attrs: { dtype: "bool" } },
  { kernel: "ComplexAbs", inputs: { x: c(2, 3) }, expected: [{ shape: [2, 3], dtype: "float32" }] },
  { kernel: "Real", inputs: { input: c(2, 3) }, expected: [{ shape: [2, 3], dtype: "float32" }] },
  { kernel: "Imag", inputs: { input: c(2, 3) }, expected: [{ shape: [2, 3], dtype: "float32" }] },
  { kernel: "Complex", inputs: { real: f(2, 3), imag: f(2, 3) } },
  ...[...KEEPS, ...COMPARES].flatMap((kernel) => pairs.map(([x, y]) => ({ kernel, inputs: { a: f(...x), b: f(...y) } }))),
  ...[...KEEPS.filter((kernel) => kernel !== "FloorDiv"), ...COMPARES].map((kernel) => ({ kernel, inputs: { a: i(2, 3), b: i(3) } })),
  ...["LogicalAnd", "LogicalOr"].map((kernel) => ({ kernel, inputs: { a: b(2, 1), b: b(3) } })),
  { kernel: "LogicalXor", inputs: { a: b(2, 1), b: b(3) }, expected: [{ shape: [2, 3], dtype: "bool" }] },
  { kernel: "BitwiseAnd", inputs: { a: i(2, 3), b: i(2, 3) } },
  { kernel: "AddN", inputs: [f(2, 3), f(2, 3), f(2, 3)] },
  { kernel: "Prelu", inputs: { x: f(2, 4, 3), alpha: f(1, 3) } },
  { kernel: "Select", inputs: { condition: b(2, 3), t: f(2, 3), e: f(2, 3) } },
  { kernel: "Select", inputs: { condition: b(2), t: f(2, 3), e: f(2, 3) } },
  { kernel: "Select", inputs: { condition: b(2, 3), t: i(2, 3), e: f(2, 3) } },
];
