import * as tf from "@tensorflow/tfjs-core";
import { elementCount, formatShape } from "../../model";
import { frontAxis } from "../config";
import { type Named, type OperationRow, operation } from "../operation";
import { shapeOnly } from "../shape-only";
import { allAxes } from "./axes";
import { axesArgument, declaredShapeOf, integerArgument, isNone, tensorOf } from "./values";

type Reduce = (x: tf.Tensor, axes: number[], keep: boolean) => tf.Tensor;

/** What Keras calls `x` and `keepdims` has had many names in TensorFlow. */
export const PARAMETERS = "x|input_tensor|input|tensor|value axis|axes|reduction_indices|dim keepdims|keep_dims";

/** Axes from the front; all where none is named. */
export const axesOf = (named: Named, rank: number): number[] =>
  axesArgument(named["axis"])?.map((axis) => frontAxis(axis, rank)) ?? allAxes(rank);

export const keeps = (named: Named): boolean => named["keepdims"] === true;

/** What is left of a declared shape without (or with 1 for) its axes. */
const declareReduced: OperationRow["declare"] = (named) => {
  const shape = declaredShapeOf(named["x"]);
  const gone = axesOf(named as Named, shape.length);
  return keeps(named as Named)
    ? shape.map((size, axis) => (gone.includes(axis) ? 1 : size))
    : shape.filter((_, axis) => !gone.includes(axis));
};

/** A row that takes axes away (or makes them 1). */
export const reduction = (reduce: Reduce): OperationRow =>
  operation(
    PARAMETERS,
    (named) => {
      const x = tensorOf(named["x"]);
      return reduce(x, axesOf(named, x.rank), keeps(named));
    },
    declareReduced,
  );

export const variance: Reduce = (x, axes, keep) => tf.mean(tf.square(tf.sub(x, tf.mean(x, axes, true))), axes, keep);
const notZero = (x: tf.Tensor, dtype: tf.DataType): tf.Tensor => tf.cast(tf.notEqual(x, 0), dtype);

const REDUCTIONS: { [name: string]: Reduce } = {
  mean: (x, axes, keep) => tf.mean(x, axes, keep),
  sum: (x, axes, keep) => tf.sum(x, axes, keep),
  max: (x, axes, keep) => tf.max(x, axes, keep),
  min: (x, axes, keep) => tf.min(x, axes, keep),
  prod: (x, axes, keep) => tf.prod(x, axes, keep),
  any: (x, axes, keep) => tf.any(tf.cast(x, "bool"), axes, keep),
  all: (x, axes, keep) => tf.all(tf.cast(x, "bool"), axes, keep),
  logsumexp: (x, axes, keep) => tf.logSumExp(x, axes, keep),
  var: variance,
  std: (x, axes, keep) => tf.sqrt(variance(x, axes, keep)),
  ptp: (x, axes, keep) => tf.sub(tf.max(x, axes, keep), tf.min(x, axes, keep)),
  euclidean_norm: (x, axes, keep) => tf.sqrt(tf.sum(tf.square(x), axes, keep)),
  count_nonzero: (x, axes, keep) => tf.sum(notZero(x, "int32"), axes, keep),
  zero_fraction: (x) => tf.sub(1, tf.mean(notZero(x, "float32"))),
  l2_loss: (x) => tf.div(tf.sum(tf.square(x)), 2),
};

/** `axis` left out means the first to TensorFlow, and all as one to Keras 3, which writes that as null. */
const index = (find: (x: tf.Tensor, axis: number) => tf.Tensor): OperationRow =>
  operation("x|input axis|dimension keepdims", (named) => {
    const x = tensorOf(named["x"]);
    const isFlat = named["axis"] === null && "keepdims" in named;
    const along = isFlat ? 0 : frontAxis(integerArgument(named["axis"], 0), x.rank);
    const found = find(isFlat ? tf.reshape(x, [-1]) : x, along);
    if (!keeps(named)) return found;
    return isFlat
      ? tf.reshape(
          found,
          x.shape.map(() => 1),
        )
      : tf.expandDims(found, along);
  });

const cumulative = (run: (x: tf.Tensor, axis: number, exclusive: boolean, reverse: boolean) => tf.Tensor): OperationRow =>
  operation("x axis exclusive reverse", (named) => {
    const x = tensorOf(named["x"]);
    // NumPy's cumsum, and so Keras 3's, flattens where no axis is given; TensorFlow's takes the first.
    const isFlat = named["axis"] === null;
    const along = isFlat ? 0 : frontAxis(integerArgument(named["axis"], 0), x.rank);
    return run(isFlat ? tf.reshape(x, [-1]) : x, along, named["exclusive"] === true, named["reverse"] === true);
  });

const moments = operation("x axis|axes shift keepdims|keep_dims", (named) => {
  const x = tensorOf(named["x"]);
  const axes = axesOf(named, x.rank);
  return [tf.mean(x, axes, keeps(named)), variance(x, axes, keeps(named))];
});

/** Of vectors along one axis (p-norms), or of matrices along two. */
function norm(x: tf.Tensor, order: unknown, axes: number[], keep: boolean): tf.Tensor {
  const isMatrix = axes.length === 2;
  const isEuclidean = isNone(order) || order === "euclidean" || order === "fro" || (order === 2 && !isMatrix);
  if (isEuclidean) return tf.sqrt(tf.sum(tf.square(x), axes, keep));
  const size = tf.abs(x);
  // Those of matrices are made of singular values, or of sums of rows and columns.
  if (isMatrix) return withoutNumbers(tf.sum(size, axes, keep));
  if (order === 1) return tf.sum(size, axes, keep);
  if (typeof order !== "number" || !Number.isFinite(order)) return tf.max(size, axes, keep);
  return tf.pow(tf.sum(tf.pow(size, order), axes, keep), 1 / order);
}

const withoutNumbers = (x: tf.Tensor): tf.Tensor => shapeOnly([x], x.shape, x.dtype);

/** TensorFlow's takes all axes as one, Keras 3's at most two. */
const normRow = (limit: number): OperationRow =>
  operation(
    "x|tensor ord axis keepdims|keep_dims",
    (named) => {
      const x = tensorOf(named["x"]);
      const axes = axesOf(named, x.rank);
      if (axes.length > limit)
        throw new Error(`a norm is taken along one or two axes, not along the ${axes.length} of ${formatShape(x.shape)}`);
      return norm(x, named["ord"], axes, keeps(named));
    },
    declareReduced,
  );

/** To length 1 along an axis. */
const normalize = operation("x axis|dim epsilon order", (named) => {
  const x = tensorOf(named["x"]);
  const axes = axesOf(named["axis"] === undefined ? { ...named, axis: -1 } : named, x.rank);
  const order = integerArgument(named["order"], 2);
  if (order !== 2) return tf.div(x, tf.maximum(norm(x, order, axes, true), 1e-12));
  return tf.mul(x, tf.rsqrt(tf.maximum(tf.sum(tf.square(x), axes, true), 1e-12)));
});

export const REDUCING: { [name: string]: OperationRow } = {
  ...Object.fromEntries(Object.entries(REDUCTIONS).map(([name, reduce]) => [name, reduction(reduce)])),
  argmax: index((x, axis) => tf.argMax(x, axis)),
  argmin: index((x, axis) => tf.argMin(x, axis)),
  cumsum: cumulative((x, axis, exclusive, reverse) => tf.cumsum(x, axis, exclusive, reverse)),
  cumprod: cumulative((x, axis, exclusive, reverse) => tf.cumprod(x, axis, exclusive, reverse)),
  cumulative_logsumexp: cumulative((x, axis) => tf.log(tf.cumsum(tf.exp(x), axis))),
  moments,
  normalize,
  norm: normRow(2),
  tensor_norm: normRow(Number.POSITIVE_INFINITY),
  size: operation("x|input", ({ x }) => tf.scalar(elementCount(tensorOf(x).shape), "int32")),
  ndim: operation(
    "x",
    ({ x }) => tf.scalar(tensorOf(x).rank, "int32"),
    // Keras 3 takes the number of axes for a shape.
    ({ x }) => [(x as { shape: number[] }).shape.length],
  ),
};
