import { type DataType, type TensorInfo, upcastType } from "@tensorflow/tfjs-core";
import { formatShape } from "../../../model";
import { resolveAxes, resolveAxis } from "../axes";
import { ShapeError } from "../error";
import { like, row, rows, type TensorSpec, type Tensors } from "../row";

type X = Tensors<"x">;
interface ReduceAttrs {
  axis?: number | number[] | null;
  /** What tfjs's op `max` calls its axes. */
  reductionIndices?: number | number[] | null;
  keepDims?: boolean;
}

/** Kernels that make axes vanish (or 1, with `keepDims`), that run along one, or that count. */
export const REDUCTION_ROWS = [
  ...rows<X, ReduceAttrs>(["Max", "Min", "All", "Any"], ({ x }, attrs) => reduce(x, attrs, x.dtype)),
  ...rows<X, ReduceAttrs>(["Sum", "Prod"], ({ x }, attrs) => reduce(x, attrs, upcastType(x.dtype, "int32"))),
  row<X, ReduceAttrs>("Mean", ({ x }, attrs) => reduce(x, attrs, "float32")),
  ...rows<X, { axis: number }>(["ArgMax", "ArgMin"], ({ x }, { axis }) => argReduce(x, axis)),
  ...rows<X, { axis: number }>(["Cumsum", "Cumprod"], ({ x }, { axis }) => {
    resolveAxis(axis, x.shape);
    return like(x, upcastType(x.dtype, "int32"));
  }),
  ...rows<Tensors<"logits">, { dim?: number; axis?: number }>(["Softmax", "LogSoftmax"], ({ logits }, { dim, axis }) => {
    resolveAxis(dim ?? axis ?? -1, logits.shape);
    return like(logits);
  }),
  row<Tensors<"x" | "weights">, { size: number }>("Bincount", ({ weights }, { size }) => ({ shape: [size], dtype: weights.dtype })),
  row<Tensors<"x" | "weights">, { size: number }>("DenseBincount", ({ x, weights }, { size }) => ({
    shape: [...x.shape.slice(0, -1), size],
    dtype: weights.dtype,
  })),
  row<X, { k: number }>("TopK", ({ x }, { k }) => topK(x, k)),
];

function reduce(x: TensorInfo, { axis, reductionIndices, keepDims }: ReduceAttrs, dtype: DataType): TensorSpec {
  const gone = resolveAxes(axis ?? reductionIndices, x.shape);
  const shape = keepDims
    ? x.shape.map((size, index) => (gone.includes(index) ? 1 : size))
    : x.shape.filter((_, index) => !gone.includes(index));
  return { shape, dtype };
}

/** tfjs looks at the first axis only. TensorFlow refuses an axis without elements, which has no largest one. */
function argReduce(x: TensorInfo, axis: number | number[]): TensorSpec {
  const gone = resolveAxis(Array.isArray(axis) ? (axis[0] ?? 0) : (axis ?? 0), x.shape);
  if (x.shape[gone] === 0) throw new ShapeError(`axis ${gone} of ${formatShape(x.shape)} is empty`);
  return reduce(x, { axis: gone }, "int32");
}

function topK(x: TensorInfo, k: number): TensorSpec[] {
  const last = x.shape[resolveAxis(-1, x.shape)] as number;
  if (k > last) throw new ShapeError(`the largest ${k} were asked of ${formatShape(x.shape)}, whose last axis has ${last}`);
  const shape = [...x.shape.slice(0, -1), k];
  return [
    { shape, dtype: x.dtype },
    { shape: shape.slice(), dtype: "int32" },
  ];
}
