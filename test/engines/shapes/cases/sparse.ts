import { f, i, ints, type KernelCase, s } from "../kernel-case";

export const SPARSE_CASES: KernelCase[] = [
  { kernel: "SparseToDense", inputs: { sparseIndices: i(2, 2), sparseValues: f(2), defaultValue: f() }, attrs: { outputShape: [3, 4] } },
  { kernel: "SparseReshape", inputs: { inputIndices: i(5, 2), inputShape: ints(4, 6), newShape: ints(2, 3, 4) } },
  { kernel: "UnsortedSegmentSum", inputs: { x: f(4, 3), segmentIds: i(4) }, attrs: { numSegments: 5 } },
  { kernel: "SearchSorted", inputs: { sortedSequence: f(2, 4), values: f(2, 3) }, attrs: { side: "left" } },
  ...["LowerBound", "UpperBound"].map((kernel) => ({
    kernel,
    inputs: { sortedSequence: f(2, 4), values: f(2, 3) },
    expected: [{ shape: [2, 3], dtype: "int32" as const }],
  })),
  { kernel: "StaticRegexReplace", inputs: { x: s(2, 3) }, expected: [{ shape: [2, 3], dtype: "string" }] },
  { kernel: "StringToHashBucketFast", inputs: { input: s(2, 3) }, expected: [{ shape: [2, 3], dtype: "int32" }] },
];
