import * as tf from "@tensorflow/tfjs-core";
import { formatShape } from "../../model";
import { type OperationRow, operation } from "../operation";
import { shapeOnly } from "../shape-only";
import { diagonal, diagonalMatrix } from "./picking";
import { axesOf } from "./reductions";
import { integerArgument, tensorOf, tensorsOf } from "./values";

const X = "input|tensor|matrix|x|diagonal|a";

/** @throws Error where there is no matrix */
function matrixOf(value: Parameters<typeof tensorOf>[0]): { x: tf.Tensor; batch: number[]; rows: number; columns: number } {
  const x = tensorOf(value);
  const [rows, columns] = x.shape.slice(-2);
  if (x.rank < 2 || rows === undefined || columns === undefined) throw new Error(`it needs matrices, got ${formatShape(x.shape)}`);
  return { x, batch: x.shape.slice(0, -2), rows, columns };
}

/** The values first, and only as many vectors as values unless all are asked for. */
const svd = operation("tensor|input full_matrices compute_uv", (named) => {
  const { x, batch, rows, columns } = matrixOf(named["tensor"]);
  const least = Math.min(rows, columns);
  const values = shapeOnly([x], [...batch, least]);
  if (named["compute_uv"] === false) return values;
  const [left, right] = named["full_matrices"] === true ? [rows, columns] : [least, least];
  return [values, shapeOnly([x], [...batch, rows, left]), shapeOnly([x], [...batch, columns, right])];
});

const qr = operation("input full_matrices", (named) => {
  const { x, batch, rows, columns } = matrixOf(named["input"]);
  const inner = named["full_matrices"] === true ? rows : Math.min(rows, columns);
  return [shapeOnly([x], [...batch, rows, inner]), shapeOnly([x], [...batch, inner, columns])];
});

const leastSquares = operation("matrix rhs", (named) => {
  const { x, batch, rows, columns } = matrixOf(named["matrix"]);
  const right = tensorOf(named["rhs"]);
  if (right.shape.at(-2) !== rows) throw new Error(`${formatShape(right.shape)} has not the ${rows} rows of ${formatShape(x.shape)}`);
  return shapeOnly([x, right], [...batch, columns, right.shape.at(-1) as number]);
});

/** Inside the band: so many diagonals below and above the main one, all where the number is negative. */
const bandPart = operation("input num_lower num_upper", (named) => {
  const { x, rows, columns } = matrixOf(named["input"]);
  const [lower, upper] = [integerArgument(named["num_lower"], -1), integerArgument(named["num_upper"], -1)];
  const right = tf.sub(tf.expandDims(tf.range(0, columns, 1, "int32"), 0), tf.expandDims(tf.range(0, rows, 1, "int32"), 1));
  const fromLeft = tf.greaterEqual(right, tf.scalar(lower < 0 ? -rows : -lower, "int32"));
  const toRight = tf.lessEqual(right, tf.scalar(upper < 0 ? columns : upper, "int32"));
  return tf.mul(x, tf.cast(tf.logicalAnd(fromLeft, toRight), x.dtype));
});

const setDiagonal = operation("input diagonal", (named) => {
  const { x, batch, rows, columns } = matrixOf(named["input"]);
  const given = tensorOf(named["diagonal"]);
  const expected = [...batch, Math.min(rows, columns)];
  if (given.shape.join() !== expected.join())
    throw new Error(`the diagonals of ${formatShape(x.shape)} are ${formatShape(expected)}, got ${formatShape(given.shape)}`);
  return shapeOnly([x, given], x.shape);
});

const swapped = (x: tf.Tensor): tf.Tensor => {
  const { batch } = matrixOf(x);
  return tf.transpose(x, [...batch.map((_, axis) => axis), x.rank - 1, x.rank - 2]);
};

/** TensorFlow's `linalg`, by the name behind it, where Keras has none of the same arguments. */
export const TENSORFLOW_ALGEBRA: { [name: string]: OperationRow } = {
  adjoint: operation(X, ({ input }) => swapped(tensorOf(input))),
  trace: operation(X, ({ input }) => tf.sum(diagonal(tensorOf(input), 0, -2, -1), -1)),
  diag: operation("diagonal|input k", ({ diagonal: x, k }) => diagonalMatrix(tensorOf(x), integerArgument(k, 0))),
  diag_part: operation(`${X} k`, ({ input, k }) => diagonal(tensorOf(input), integerArgument(k, 0), -2, -1)),
  set_diag: setDiagonal,
  tensor_diag: operation(X, ({ input }) => tf.diag(tensorOf(input))),
  tensor_diag_part: operation(X, ({ input }) => {
    const x = tensorOf(input);
    const half = x.shape.slice(0, x.rank / 2);
    if (half.join() !== x.shape.slice(x.rank / 2).join())
      throw new Error(`both halves of its axes must be the same, got ${formatShape(x.shape)}`);
    return shapeOnly([x], half);
  }),
  tridiagonal_matmul: operation("diagonals rhs", ({ diagonals, rhs }) =>
    shapeOnly([tensorOf(diagonals), tensorOf(rhs)], tensorOf(rhs).shape),
  ),
  cholesky_solve: operation("chol rhs", ({ chol, rhs }) => {
    const [{ x, rows }, right] = [matrixOf(chol), tensorOf(rhs)];
    if (right.shape.at(-2) !== rows) throw new Error(`${formatShape(right.shape)} has not the ${rows} rows of ${formatShape(x.shape)}`);
    return shapeOnly([x, right], right.shape);
  }),
  band_part: bandPart,
  svd,
  qr,
  lstsq: leastSquares,
  lu: operation("input", ({ input }) => {
    const { x, batch, rows, columns } = matrixOf(input);
    if (rows !== columns) throw new Error(`it needs square matrices, got ${rows}×${columns} from ${formatShape(x.shape)}`);
    return [shapeOnly([x], x.shape), shapeOnly([x], [...batch, rows], "int32")];
  }),
  global_norm: operation("t_list", ({ t_list: list }) => {
    const squares = tensorsOf(list).map((x) => tf.sum(tf.square(x)));
    return tf.sqrt(squares.reduce((sum, one) => tf.add(sum, one)));
  }),
  normalize: operation("x|tensor ord axis", (named) => {
    const x = tensorOf(named["x"]);
    const length = tf.sqrt(tf.sum(tf.square(x), axesOf(named, x.rank), true));
    return [tf.div(x, length), length];
  }),
};
