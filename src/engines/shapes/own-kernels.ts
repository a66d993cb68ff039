import { type DataType, upcastType } from "@tensorflow/tfjs-core";
import { broadcastShape } from "./broadcast";
import { type KernelRow, row, type Tensors } from "./row";

/** Name of a kernel that only says a shape, where tfjs has no operation. */
export const SHAPE_ONLY = "ShapeOnly";
/** Name of TensorFlow's kernel that stretches a condition and two branches to one another; tfjs's `Select` wants them alike. */
export const SELECT_V2 = "SelectV2";

/** A type, as an engine's attributes have no index signature otherwise. */
export type ShapeOnlyAttrs = { shape: number[]; dtype: DataType };

/** Kernels that tfjs has not, and no other engine has. They never fold: there is nothing to compute their numbers. */
export const OWN_ROWS: readonly KernelRow[] = [
  row<unknown, ShapeOnlyAttrs>(SHAPE_ONLY, (_, { shape, dtype }) => ({ shape: shape.slice(), dtype }), false),
  row<Tensors<"condition" | "t" | "e">, unknown>(
    SELECT_V2,
    ({ condition, t, e }) => ({
      shape: broadcastShape(broadcastShape(condition.shape, t.shape), e.shape),
      dtype: upcastType(t.dtype, e.dtype),
    }),
    false,
  ),
];
