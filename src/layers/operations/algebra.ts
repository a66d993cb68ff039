import * as tf from "@tensorflow/tfjs-core";
import { elementCount, formatShape, type Shape } from "../../model";
import { type OperationRow, operation } from "../operation";
import type { Bound } from "../row";
import { shapeOnly } from "../shape-only";
import { allAxes } from "./axes";
import { axesArgument, declaredShapeOf, tensorOf } from "./values";

// tfjs has next to no decompositions: their shapes follow from those of the matrices, and nobody has the numbers.

type Outputs = (batch: number[], rows: number, columns: number) => number[][];

function matrixOf(
  value: Parameters<typeof tensorOf>[0],
  isSquare: boolean,
): { x: tf.Tensor; batch: number[]; rows: number; columns: number } {
  const x = tensorOf(value);
  const [rows, columns] = x.shape.slice(-2);
  if (x.rank < 2 || rows === undefined || columns === undefined) throw new Error(`it needs matrices, got ${formatShape(x.shape)}`);
  if (isSquare && rows !== columns) throw new Error(`it needs square matrices, got ${rows}×${columns} from ${formatShape(x.shape)}`);
  return { x, batch: x.shape.slice(0, -2), rows, columns };
}

const decomposition = (isSquare: boolean, outputs: Outputs, declare?: OperationRow["declare"]): OperationRow =>
  operation(
    "x|input|matrix|tensor|a",
    (named) => {
      const { x, batch, rows, columns } = matrixOf(named["x"], isSquare);
      return outputs(batch, rows, columns).map((shape) => shapeOnly([x], shape));
    },
    declare,
  );

const same: Outputs = (batch, rows, columns) => [[...batch, rows, columns]];
const perMatrix: Outputs = (batch) => [batch];
const eigen: Outputs = (batch, rows) => [
  [...batch, rows],
  [...batch, rows, rows],
];

const svd = operation("x|tensor full_matrices compute_uv", (named) => {
  const { x, batch, rows, columns } = matrixOf(named["x"], false);
  const least = Math.min(rows, columns);
  const values = shapeOnly([x], [...batch, least]);
  if (named["compute_uv"] === false) return values;
  const [left, right] = named["full_matrices"] === false ? [least, least] : [rows, columns];
  return [shapeOnly([x], [...batch, rows, left]), values, shapeOnly([x], [...batch, right, columns])];
});

const qr = operation("x|input mode", (named) => {
  const { x, batch, rows, columns } = matrixOf(named["x"], false);
  const inner = named["mode"] === "complete" ? rows : Math.min(rows, columns);
  return [shapeOnly([x], [...batch, rows, inner]), shapeOnly([x], [...batch, inner, columns])];
});

/** `a x = b` for matrices `b`, whose batch axes are those of `a`. */
const solving = operation("a|matrix b|rhs lower|adjoint", (named) => {
  const { x: a, batch, rows } = matrixOf(named["a"], true);
  const b = tensorOf(named["b"]);
  const isVector = b.rank === batch.length + 1;
  const given = isVector ? b.shape.at(-1) : b.shape.at(-2);
  if (given !== rows) throw new Error(`${formatShape(b.shape)} has ${given} rows, the matrix ${formatShape(a.shape)} has ${rows}`);
  return shapeOnly([a, b], b.shape);
});

const leastSquares = operation("a b rcond", (named) => {
  const { x: a, rows, columns } = matrixOf(named["a"], false);
  const b = tensorOf(named["b"]);
  if (a.rank !== 2 || b.shape[0] !== rows) throw new Error(`${formatShape(a.shape)} and ${formatShape(b.shape)} do not go together`);
  return shapeOnly([a, b], [columns, ...b.shape.slice(1)]);
});

/** Sums over these axes of both, in pairs: the others stay, those of `a` first. @throws Error where two sizes differ */
export function contracted(a: tf.Tensor, b: tf.Tensor, ofA: number[], ofB: number[]): tf.Tensor {
  const wrong = ofA.findIndex((axis, index) => a.shape[axis] !== b.shape[ofB[index] as number]);
  if (wrong >= 0)
    throw new Error(
      `axis ${ofA[wrong]} of ${formatShape(a.shape)} and axis ${ofB[wrong]} of ${formatShape(b.shape)} differ: ${a.shape[ofA[wrong] as number]} and ${b.shape[ofB[wrong] as number]}`,
    );
  const freeA = allAxes(a.rank).filter((axis) => !ofA.includes(axis));
  const freeB = allAxes(b.rank).filter((axis) => !ofB.includes(axis));
  const size = (x: tf.Tensor, axes: number[]): number => elementCount(axes.map((axis) => x.shape[axis] as number));
  const left = tf.reshape(tf.transpose(a, [...freeA, ...ofA]), [size(a, freeA), size(a, ofA)]);
  const right = tf.reshape(tf.transpose(b, [...ofB, ...freeB]), [size(b, ofB), size(b, freeB)]);
  const shape = [...freeA.map((axis) => a.shape[axis] as number), ...freeB.map((axis) => b.shape[axis] as number)];
  return tf.reshape(tf.matMul(left, right), shape);
}

const PAIR = "x1|a x2|b";

const pairwise = (run: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): OperationRow =>
  operation(PAIR, ({ x1, x2 }) => run(tensorOf(x1), tensorOf(x2)));

/** As NumPy's: the last axis of the one, the last but one of the other. */
function dot(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  if (a.rank === 0 || b.rank === 0) return tf.mul(a, b);
  return contracted(a, b, [a.rank - 1], [Math.max(b.rank - 2, 0)]);
}

/** The axes of both that are summed over: so many last ones and first ones, or those of a pair of lists. */
function summedAxes(axes: unknown, rankA: number, rankB: number): [number[], number[]] {
  if (typeof axes === "number") return [allAxes(rankA).slice(rankA - axes), allAxes(rankB).slice(0, axes)];
  const [ofA = [], ofB = []] = (Array.isArray(axes) ? axes : []).map((one) => axesArgument(one as Bound) ?? []);
  const front = (of: number[], rank: number): number[] => of.map((axis) => (axis < 0 ? axis + rank : axis));
  return [front(ofA, rankA), front(ofB, rankB)];
}

const tensordot = operation(
  `${PAIR} axes`,
  ({ x1, x2, axes }) => {
    const [a, b] = [tensorOf(x1), tensorOf(x2)];
    return contracted(a, b, ...summedAxes(axes, a.rank, b.rank));
  },
  ({ x1, x2, axes }) => {
    const [a, b] = [declaredShapeOf(x1), declaredShapeOf(x2)];
    const [ofA, ofB] = summedAxes(axes, a.length, b.length);
    return [...a.filter((_, axis) => !ofA.includes(axis)), ...b.filter((_, axis) => !ofB.includes(axis))];
  },
);

/** Each number of the one times all of the other. */
function kron(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const rank = Math.max(a.rank, b.rank);
  const sides = (x: tf.Tensor): number[] => [...Array(rank - x.rank).fill(1), ...x.shape];
  const [left, right] = [sides(a), sides(b)];
  const spread = tf.mul(
    tf.reshape(
      a,
      left.flatMap((size) => [size, 1]),
    ),
    tf.reshape(
      b,
      right.flatMap((size) => [1, size]),
    ),
  );
  return tf.reshape(
    spread,
    left.map((size, axis) => size * (right[axis] as number)),
  );
}

function outer(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.matMul(tf.reshape(a, [-1, 1]), tf.reshape(b, [1, -1]));
}

/** How far each row of the one is from each of the other. */
function distances(x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  const product = tf.matMul(x, y, false, true);
  const squares = (tensor: tf.Tensor, axis: number): tf.Tensor => tf.expandDims(tf.sum(tf.square(tensor), -1), axis);
  return tf.sqrt(tf.relu(tf.add(tf.sub(squares(x, -1), tf.mul(product, 2)), squares(y, -2 + x.rank))));
}

function cross(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const parts = (x: tf.Tensor): tf.Tensor[] => {
    if (x.shape.at(-1) !== 3) throw new Error(`its vectors have three numbers, got ${formatShape(x.shape)}`);
    return tf.split(x, 3, -1);
  };
  const [left, right] = [parts(a), parts(b)] as [tf.Tensor[], tf.Tensor[]];
  const turn = (i: number, j: number): tf.Tensor =>
    tf.sub(tf.mul(left[i] as tf.Tensor, right[j] as tf.Tensor), tf.mul(left[j] as tf.Tensor, right[i] as tf.Tensor));
  return tf.concat([turn(1, 2), turn(2, 0), turn(0, 1)], -1);
}

/** Keras 3 declares a sign without batch axes. */
const declareSigned: OperationRow["declare"] = ({ x }) => [[], (x as { shape: Shape }).shape.slice(0, -2)];

export const ALGEBRA: { [name: string]: OperationRow } = {
  cholesky: decomposition(true, same),
  cholesky_inverse: decomposition(true, same),
  inv: decomposition(true, same),
  matrix_exp: decomposition(true, same),
  sqrtm: decomposition(true, same),
  det: decomposition(true, perMatrix),
  logdet: decomposition(true, perMatrix),
  slogdet: decomposition(true, (batch) => [batch, batch], declareSigned),
  eig: decomposition(true, eigen),
  eigh: decomposition(true, eigen),
  eigvals: decomposition(true, (batch, rows) => [[...batch, rows]]),
  // TensorFlow's takes square matrices alone, Keras declares any.
  lu_factor: decomposition(
    true,
    (batch, rows) => [
      [...batch, rows, rows],
      [...batch, rows],
    ],
    ({ x }) => {
      const { shape } = x as { shape: Shape };
      const [rows = null, columns = null] = shape.slice(-2);
      return [shape, [...shape.slice(0, -2), rows === null || columns === null ? null : Math.min(rows, columns)]];
    },
  ),
  pinv: decomposition(false, (batch, rows, columns) => [[...batch, columns, rows]]),
  matrix_rank: decomposition(false, perMatrix),
  svd,
  qr,
  solve: solving,
  solve_triangular: solving,
  lstsq: leastSquares,
  dot: pairwise(dot),
  inner: pairwise((a, b) => (a.rank === 0 || b.rank === 0 ? tf.mul(a, b) : contracted(a, b, [a.rank - 1], [b.rank - 1]))),
  outer: pairwise(outer),
  vdot: pairwise((a, b) => tf.sum(tf.mul(tf.reshape(a, [-1]), tf.reshape(b, [-1])))),
  kron: pairwise(kron),
  tensordot,
  cdist: operation("x y", ({ x, y }) => distances(tensorOf(x), tensorOf(y))),
  cross: pairwise(cross),
};
