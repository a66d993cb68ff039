import { c, f, i, type KernelCase } from "../kernel-case";

const plain = { transposeA: false, transposeB: false };

export const MATRIX_CASES: KernelCase[] = [
  { kernel: "BatchMatMul", inputs: { a: f(2, 3), b: f(3, 4) }, attrs: plain },
  { kernel: "BatchMatMul", inputs: { a: f(5, 2, 3), b: f(5, 3, 4) }, attrs: plain },
  { kernel: "BatchMatMul", inputs: { a: f(1, 2, 3), b: f(5, 3, 4) }, attrs: plain },
  { kernel: "BatchMatMul", inputs: { a: f(7, 1, 2, 3), b: f(7, 5, 3, 4) }, attrs: plain },
  { kernel: "BatchMatMul", inputs: { a: f(5, 3, 2), b: f(5, 4, 3) }, attrs: { transposeA: true, transposeB: true } },
  { kernel: "BatchMatMul", inputs: { a: f(0, 2, 3), b: f(1, 3, 4) }, attrs: plain, expected: [{ shape: [0, 2, 4], dtype: "float32" }] },
  { kernel: "BatchMatMul", inputs: { a: i(2, 3), b: i(3, 4) }, attrs: plain, expected: [{ shape: [2, 4], dtype: "int32" }] },
  { kernel: "_FusedMatMul", inputs: { a: f(1, 2, 3), b: f(1, 3, 4), bias: f(4) }, attrs: { ...plain, activation: "relu" } },
  { kernel: "_FusedMatMul", inputs: { a: f(1, 2, 3), b: f(1, 3, 4) }, attrs: { ...plain, activation: "linear" } },
  ...["ij,jk->ik", "ij,jk->ki"].map((equation) => ({ kernel: "Einsum", inputs: [f(2, 3), f(3, 4)], attrs: { equation } })),
  { kernel: "Einsum", inputs: [f(2, 5, 3), f(3, 4, 6)], attrs: { equation: "abc,cde->abde" } },
  { kernel: "Einsum", inputs: [f(2, 5, 4, 6), f(2, 7, 4, 6)], attrs: { equation: "aecd,abcd->acbe" } },
  // The cpu backend forgets one of two sums.
  { kernel: "Einsum", inputs: [f(2, 3), f(4, 3)], attrs: { equation: "ij,kj->k" }, expected: [{ shape: [4], dtype: "float32" }] },
  { kernel: "Einsum", inputs: [f(2, 3), f(4, 3)], attrs: { equation: "ij,kj->" }, expected: [{ shape: [], dtype: "float32" }] },
  { kernel: "Einsum", inputs: [f(2, 3)], attrs: { equation: "ij->ji" } },
  { kernel: "Einsum", inputs: [f(3, 3)], attrs: { equation: "ij->i" } },
  { kernel: "FFT", inputs: { input: c(2, 4) }, expected: [{ shape: [2, 4], dtype: "complex64" }] },
  { kernel: "IFFT", inputs: { input: c(2, 4) }, expected: [{ shape: [2, 4], dtype: "complex64" }] },
  { kernel: "MatrixBandPart", inputs: { input: f(3, 4), numLower: i(), numUpper: i() }, expected: [{ shape: [3, 4], dtype: "float32" }] },
  { kernel: "Diag", inputs: { x: f(3) } },
  { kernel: "Diag", inputs: { x: f(2, 3) } },
];
