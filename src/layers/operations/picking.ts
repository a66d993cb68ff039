import * as tf from "@tensorflow/tfjs-core";
import { UnknownNumbers } from "../../engines";
import { elementCount, formatShape, type Shape } from "../../model";
import { frontAxis } from "../config";
import { type OperationRow, operation } from "../operation";
import type { Bound } from "../row";
import { shapeOnly } from "../shape-only";
import { broadcastTo } from "../stretching";
import { allAxes, steps } from "./axes";
import { declaredShapeOf, integerArgument, isNone, sizesOf, tensorOf, wholeOf } from "./values";

/** Along an axis the index says which; the other axes of both are stretched to one another. */
function takeAlong(x: tf.Tensor, indices: tf.Tensor, axis: number): tf.Tensor {
  if (x.rank !== indices.rank)
    throw new Error(`the indices have ${indices.rank} axes (${formatShape(indices.shape)}), ${formatShape(x.shape)} has ${x.rank}`);
  const others = x.shape.map((size, at) => (at === axis ? 1 : size === 1 ? (indices.shape[at] as number) : size));
  const stretch = (tensor: tf.Tensor): tf.Tensor =>
    broadcastTo(
      tensor,
      others.map((size, at) => (at === axis ? (tensor.shape[at] as number) : size)),
    );
  const order = [...allAxes(x.rank).filter((at) => at !== axis), axis];
  const [values, places] = [tf.transpose(stretch(x), order), tf.transpose(stretch(indices), order)];
  const rows = elementCount(values.shape.slice(0, -1));
  const picked = tf.gather(
    tf.reshape(values, [rows, values.shape.at(-1) as number]),
    tf.reshape(places, [rows, places.shape.at(-1) as number]),
    1,
    1,
  );
  return tf.transpose(
    tf.reshape(picked, places.shape),
    allAxes(x.rank).map((at) => order.indexOf(at)),
  );
}

/** The other places keep what they have. @throws Error where the updates reach beyond */
function updated(x: tf.Tensor, starts: number[], updates: tf.Tensor): tf.Tensor {
  const rims = x.shape.map((size, axis): [number, number] => {
    const start = starts[axis] ?? 0;
    return [start, size - start - (updates.shape[axis] ?? 0)];
  });
  if (updates.rank !== x.rank || rims.flat().some((rim) => rim < 0))
    throw new Error(`updates of ${formatShape(updates.shape)} from ${starts.join(", ")} do not fit ${formatShape(x.shape)}`);
  return tf.add(tf.mul(x, tf.pad(tf.zerosLike(updates), rims, 1)), tf.pad(updates, rims));
}

const SCATTERED: { [reduction: string]: (x: tf.Tensor, indices: tf.Tensor, updates: tf.Tensor) => tf.Tensor } = {
  none: (x, indices, updates) => tf.tensorScatterUpdate(x, indices, updates),
  add: (x, indices, updates) => tf.add(x, tf.scatterND(indices, updates, x.shape)),
  sub: (x, indices, updates) => tf.sub(x, tf.scatterND(indices, updates, x.shape)),
};

const scatterUpdate = (fixed?: string): OperationRow =>
  operation("x|inputs|tensor indices updates reduction", ({ x: given, indices, updates, reduction = fixed }) => {
    const x = tensorOf(given);
    const places = wholeOf(indices);
    const values = tf.cast(tensorOf(updates), x.dtype);
    const run = SCATTERED[isNone(reduction) ? "none" : String(reduction)];
    if (run) return run(x, places, values);
    const checked = tf.tensorScatterUpdate(x, places, values);
    return shapeOnly([checked], checked.shape, x.dtype);
  });

/** Diagonals of matrices along two axes, as the last axis. `offset` counts columns to the right. */
export function diagonal(x: tf.Tensor, offset: number, first: number, second: number): tf.Tensor {
  const [a, b] = [frontAxis(first, x.rank), frontAxis(second, x.rank)];
  const [rows, columns] = [x.shape[a] as number, x.shape[b] as number];
  const [row, column] = [Math.max(-offset, 0), Math.max(offset, 0)];
  const count = Math.max(Math.min(rows - row, columns - column), 0);
  const others = allAxes(x.rank).filter((axis) => axis !== a && axis !== b);
  const flat = tf.reshape(tf.transpose(x, [...others, a, b]), [...others.map((axis) => x.shape[axis] as number), rows * columns]);
  return tf.gather(flat, tf.tensor1d(steps(count, columns + 1, row * columns + column), "int32"), others.length);
}

/** Keras 3 leaves the length open wherever a side is. */
function declareDiagonal(shape: Shape, offset: unknown, first: unknown, second: unknown): Shape {
  const [a, b] = [frontAxis(Number(first), shape.length), frontAxis(Number(second), shape.length)];
  const [rows = null, columns = null] = [shape[a], shape[b]];
  const right = Number(offset ?? 0);
  const count = rows === null || columns === null ? null : Math.max(Math.min(rows - Math.max(-right, 0), columns - Math.max(right, 0)), 0);
  return [...shape.filter((_, axis) => axis !== a && axis !== b), count];
}

/** Vectors (along the last axis) as the diagonals of square matrices that have zeros elsewhere. */
export function diagonalMatrix(x: tf.Tensor, offset: number): tf.Tensor {
  const size = x.shape.at(-1) as number;
  const side = size + Math.abs(offset);
  const [row, column] = [Math.max(-offset, 0), Math.max(offset, 0)];
  // Between two numbers of a diagonal lie a row and a column.
  const apart = tf.pad(tf.expandDims(x, -1), [...x.shape.map((): [number, number] => [0, 0]), [0, side]]);
  const flat = tf.reshape(apart, [...x.shape.slice(0, -1), size * (side + 1)]);
  const before = row * side + column;
  const fits = Math.min(size * (side + 1), side * side - before);
  const cut = tf.slice(
    flat,
    flat.shape.map(() => 0),
    [...x.shape.slice(0, -1), fits],
  );
  const rims: [number, number][] = [...x.shape.slice(1).map((): [number, number] => [0, 0]), [before, side * side - before - fits]];
  return tf.reshape(tf.pad(cut, rims), [...x.shape.slice(0, -1), side, side]);
}

/** Ones where the column is at least `k` to the right of the row (`isUpper`), or at most; the other numbers of `x` become 0. */
const triangle = (isUpper: boolean): OperationRow =>
  operation("x k", ({ x: given, k }) => {
    const x = tensorOf(given);
    if (x.rank < 2) throw new Error(`a triangle needs two axes, ${formatShape(x.shape)} has ${x.rank}`);
    const [rows, columns] = x.shape.slice(-2) as [number, number];
    const right = tf.sub(tf.expandDims(tf.range(0, columns, 1, "int32"), 0), tf.expandDims(tf.range(0, rows, 1, "int32"), 1));
    const bound = tf.scalar(integerArgument(k, 0), "int32");
    return tf.mul(x, tf.cast(isUpper ? tf.greaterEqual(right, bound) : tf.lessEqual(right, bound), x.dtype));
  });

/** Sequences of a length, so many steps apart, along the last axis. */
export function frames(x: tf.Tensor, length: number, stride: number): tf.Tensor {
  const last = x.shape.at(-1) as number;
  const count = Math.max(1 + Math.floor((last - length) / stride), 0);
  const places = steps(count, stride).flatMap((from) => steps(length, 1, from));
  return tf.reshape(tf.gather(x, tf.tensor1d(places, "int32"), x.rank - 1), [...x.shape.slice(0, -1), count, length]);
}

/** Keras 3 takes the sizes from the first to the last where there is more than one axis of indices, and turns round what it finds. */
function unravel(x: tf.Tensor, shape: number[]): tf.Tensor[] {
  const sizes = x.rank === 1 ? shape.toReversed() : shape;
  const found = sizes.map((size, place) => {
    const before = elementCount(sizes.slice(0, place));
    return tf.mod(tf.floorDiv(tf.cast(x, "int32"), tf.scalar(before, "int32")), tf.scalar(size, "int32"));
  });
  return found.toReversed();
}

/** How many there are depends on numbers that nobody has. */
export const unknownCount = (parameters: string, what: string, declare: OperationRow["declare"]): OperationRow =>
  operation(
    parameters,
    () => {
      throw new UnknownNumbers(`how many ${what} depends on numbers that are not known`);
    },
    declare,
  );

/** What picks numbers out, puts some in, or moves them along a diagonal. */
export const PICKING: { [name: string]: OperationRow } = {
  take_along_axis: operation("x indices axis", ({ x: given, indices, axis }) => {
    const [x, places] = [tensorOf(given), wholeOf(indices)];
    if (isNone(axis)) return tf.gather(tf.reshape(x, [-1]), tf.reshape(places, [-1]));
    return takeAlong(x, places, frontAxis(integerArgument(axis, -1), x.rank));
  }),
  slice_update: operation("inputs start_indices updates", ({ inputs, start_indices: starts, updates }) =>
    updated(tensorOf(inputs), sizesOf(starts), tensorOf(updates)),
  ),
  scatter: operation(
    "indices values|updates shape",
    ({ indices, values, shape }) => tf.scatterND(wholeOf(indices), tensorOf(values), sizesOf(shape)),
    ({ shape }) => sizesOf(shape as Bound),
  ),
  scatter_update: scatterUpdate(),
  scatter_add: scatterUpdate("add"),
  scatter_subtract: scatterUpdate("sub"),
  scatter_other: scatterUpdate("other"),
  diagonal: operation(
    "x offset axis1 axis2",
    ({ x, offset, axis1, axis2 }) =>
      diagonal(tensorOf(x), integerArgument(offset, 0), integerArgument(axis1, 0), integerArgument(axis2, 1)),
    ({ x, offset, axis1, axis2 }) => declareDiagonal(declaredShapeOf(x), offset, axis1 ?? 0, axis2 ?? 1),
  ),
  trace: operation("x offset axis1 axis2", ({ x, offset, axis1, axis2 }) =>
    tf.sum(diagonal(tensorOf(x), integerArgument(offset, 0), integerArgument(axis1, 0), integerArgument(axis2, 1)), -1),
  ),
  diag: operation(
    "x k",
    ({ x: given, k }) => {
      const x = tensorOf(given);
      return x.rank === 1 ? diagonalMatrix(x, integerArgument(k, 0)) : diagonal(x, integerArgument(k, 0), 0, 1);
    },
    ({ x, k }) => {
      const shape = declaredShapeOf(x);
      const [size = null] = shape;
      const side = size === null ? null : size + Math.abs(Number(k ?? 0));
      return shape.length === 1 ? [side, side] : declareDiagonal(shape, k, 0, 1);
    },
  ),
  diagflat: operation("x k", ({ x, k }) => diagonalMatrix(tf.reshape(tensorOf(x), [-1]), integerArgument(k, 0))),
  tril: triangle(false),
  triu: triangle(true),
  unravel_index: operation("indices shape|dims", ({ indices, shape }) => unravel(tensorOf(indices), sizesOf(shape))),
  extract_sequences: operation("x sequence_length sequence_stride", ({ x, sequence_length: length, sequence_stride: stride }) =>
    frames(tensorOf(x), integerArgument(length, 1), integerArgument(stride, 1)),
  ),
  unique: unknownCount("x", "differ", () => [null]),
  nonzero: unknownCount("x", "are not zero", ({ x }) => declaredShapeOf(x).map(() => [null])),
};
