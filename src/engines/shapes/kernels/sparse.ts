import { like, row, rows, rowsByNumbers, type Tensors } from "../row";

/** Sparse, ragged and string tensors, segments and search: rare in image models, frequent before text models. */
export const SPARSE_ROWS = [
  row<Tensors<"sparseValues">, { outputShape: number[] }>("SparseToDense", ({ sparseValues }, { outputShape }) => ({
    shape: outputShape.slice(),
    dtype: sparseValues.dtype,
  })),
  row<Tensors<"inputIndices" | "newShape">, unknown>("SparseReshape", ({ inputIndices, newShape }) => [
    { shape: [inputIndices.shape[0] as number, newShape.shape[0] as number], dtype: inputIndices.dtype },
    like(newShape),
  ]),
  row<Tensors<"x" | "segmentIds">, { numSegments: number }>("UnsortedSegmentSum", ({ x, segmentIds }, { numSegments }) => ({
    shape: [numSegments, ...x.shape.slice(segmentIds.shape.length)],
    dtype: x.dtype,
  })),
  ...rows<Tensors<"values">, unknown>(["SearchSorted", "LowerBound", "UpperBound"], ({ values }) => like(values, "int32")),
  // The number of values that differ, of rows that are filled, of segments, of parts of a string.
  ...rowsByNumbers(["Unique", "SparseFillEmptyRows", "SparseSegmentMean", "SparseSegmentSum"]),
  ...rowsByNumbers(["RaggedGather", "RaggedRange", "RaggedTensorToTensor", "StringNGrams", "StringSplit"]),
];
