import { type DataType, util } from "@tensorflow/tfjs-core";
import { like, row, rows, type Tensors } from "../row";

interface RangeAttrs {
  start: number;
  stop: number;
  step: number;
  dtype: DataType;
}
interface FillAttrs {
  shape: number[];
  value: number | string;
  dtype?: DataType;
}

/** Kernels that make tensors out of attributes, or out of no more than a shape. */
export const CREATION_ROWS = [
  ...rows<Tensors<"x">, unknown>(["ZerosLike", "OnesLike"], ({ x }) => like(x)),
  row<unknown, FillAttrs>("Fill", (_, { shape, value, dtype }) => ({
    shape: shape.slice(),
    dtype: dtype ?? util.inferDtype(value as never),
  })),
  row<unknown, RangeAttrs>("Range", (_, attrs) => ({ shape: [rangeLength(attrs)], dtype: attrs.dtype })),
  row<unknown, { num: number }>("LinSpace", (_, { num }) => ({ shape: [num], dtype: "float32" })),
  row<Tensors<"indices">, { depth: number; dtype: DataType }>("OneHot", ({ indices }, { depth, dtype }) => ({
    shape: [...indices.shape, depth],
    dtype,
  })),
  row<Tensors<"logits">, { numSamples: number }>(
    "Multinomial",
    ({ logits }, { numSamples }) => ({ shape: [logits.shape[0] as number, numSamples], dtype: "int32" }),
    false,
  ),
];

/** As tfjs has it: empty where the step points away, and a step of 1 turns round by itself. */
function rangeLength({ start, stop, step }: RangeAttrs): number {
  const isEmpty = start === stop || (start < stop && step < 0) || (stop < start && step > 1);
  return isEmpty ? 0 : Math.abs(Math.ceil((stop - start) / step));
}
