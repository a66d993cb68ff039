import * as tf from "@tensorflow/tfjs-core";
import { UnknownNumbers } from "../../engines";
import { formatShape } from "../../model";
import { frontAxis } from "../config";
import { type OperationRow, operation } from "../operation";
import type { Bound } from "../row";
import { shapeOnly } from "../shape-only";
import { part, steps } from "./axes";
import { axesOf, reduction } from "./reductions";
import { withoutNaN } from "./unary";
import { declaredShapeOf, integerArgument, isNone, numberArgument, tensorOf } from "./values";

const isNumber = (x: tf.Tensor): tf.Tensor => tf.cast(tf.logicalNot(tf.isNaN(x)), "float32");

function nanMean(x: tf.Tensor, axes: number[], keep: boolean): tf.Tensor {
  return tf.div(tf.sum(withoutNaN(x, 0), axes, keep), tf.sum(isNumber(x), axes, keep));
}

function nanVariance(x: tf.Tensor, axes: number[], keep: boolean): tf.Tensor {
  return nanMean(tf.square(tf.sub(x, nanMean(x, axes, true))), axes, keep);
}

/** A row of another function that sees this in the place of what is not a number. */
const nan = (row: OperationRow, instead: number): OperationRow => ({
  ...row,
  run: (named) => row.run({ ...named, x: withoutNaN(tensorOf(named["x"]), instead) }),
});

/** All numbers weigh the same, or each what `weights` says: one number an element, or one a place along the axis. */
const average = operation("x axis weights", (named) => {
  const x = tensorOf(named["x"]);
  const axes = axesOf(named, x.rank);
  if (isNone(named["weights"])) return tf.mean(x, axes);
  const given = tensorOf(named["weights"]);
  const [axis = 0] = axes;
  const isPerPlace = given.rank === 1 && x.rank > 1;
  const weights = isPerPlace
    ? tf.reshape(
        given,
        x.shape.map((_, at) => (at === axis ? given.size : 1)),
      )
    : given;
  if (isPerPlace && given.size !== x.shape[axis])
    throw new Error(`${given.size} weights were given for the ${x.shape[axis]} places along axis ${axis} of ${formatShape(x.shape)}`);
  return tf.div(tf.sum(tf.mul(x, weights), axes), tf.sum(weights, isPerPlace ? [axis] : axes));
});

function diff(x: tf.Tensor, axis: number): tf.Tensor {
  const count = Math.max((x.shape[axis] as number) - 1, 0);
  return tf.sub(part(x, axis, 1, count), part(x, axis, 0, count));
}

const trapezoid = operation("y|x x axis dx", (named) => {
  const y = tensorOf(named["y"]);
  const axis = frontAxis(integerArgument(named["axis"], -1), y.rank);
  const count = (y.shape[axis] as number) - 1;
  const heights = tf.div(tf.add(part(y, axis, 1, count), part(y, axis, 0, count)), 2);
  return tf.sum(tf.mul(heights, numberArgument(named["dx"], 1)), axis);
});

/** What belongs to each of so many segments. Where the number is not given, the largest id says it. */
const segments = (hasNumbers: boolean): OperationRow =>
  operation(
    "data segment_ids num_segments",
    (named) => {
      const data = tensorOf(named["data"]);
      const ids = tf.cast(tensorOf(named["segment_ids"], "int32"), "int32");
      if (ids.shape.some((size, axis) => size !== data.shape[axis]))
        throw new Error(`segments of ${formatShape(ids.shape)} were given for ${formatShape(data.shape)}`);
      if (isNone(named["num_segments"])) throw new UnknownNumbers("how many segments there are depends on numbers that are not known");
      const sums = tf.unsortedSegmentSum(data, ids as tf.Tensor1D, integerArgument(named["num_segments"], 0));
      return hasNumbers ? sums : shapeOnly([sums], sums.shape, sums.dtype);
    },
    (named) => {
      const { shape } = named["data"] as { shape: number[] };
      const ids = named["segment_ids"] as { shape: number[] };
      return [typeof named["num_segments"] === "number" ? named["num_segments"] : null, ...shape.slice(ids.shape.length)];
    },
  );

const histogram = operation(
  "x bins range",
  (named) => {
    const bins = integerArgument(named["bins"], 10);
    const x = tensorOf(named["x"]);
    if (x.rank !== 1) throw new Error(`it counts the numbers of one row, got ${formatShape(x.shape)}`);
    return [shapeOnly([x], [bins], "int32"), shapeOnly([x], [bins + 1], "float32")];
  },
  ({ bins }) => [[integerArgument(bins as Bound, 10)], [integerArgument(bins as Bound, 10) + 1]],
);

/** How the rows of a matrix vary together: `[rows, rows]`. */
function correlations(x: tf.Tensor): tf.Tensor {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const covariance = tf.matMul(centred, centred, false, true);
  const deviation = tf.sqrt(tf.sum(tf.square(centred), -1, true));
  return tf.div(covariance, tf.matMul(deviation, deviation, false, true));
}

export const STATISTICS: { [name: string]: OperationRow } = {
  nanmean: reduction(nanMean),
  nanvar: reduction(nanVariance),
  nanstd: reduction((x, axes, keep) => tf.sqrt(nanVariance(x, axes, keep))),
  average,
  diff: operation("x|a n axis", (named) => {
    const x = tensorOf(named["x"]);
    const axis = frontAxis(integerArgument(named["axis"], -1), x.rank);
    return steps(integerArgument(named["n"], 1)).reduce((rest) => diff(rest, axis), x);
  }),
  trapezoid,
  segment_sum: segments(true),
  segment_max: segments(false),
  segment_min: segments(false),
  segment_prod: segments(false),
  segment_mean: segments(false),
  histogram,
  corrcoef: operation(
    "x",
    ({ x }) => correlations(tensorOf(x)),
    // Keras 3 declares the shape of its input.
    ({ x }) => declaredShapeOf(x),
  ),
  bincount: operation(
    "x|arr weights minlength",
    () => {
      throw new UnknownNumbers("how many bins there are depends on numbers that are not known");
    },
    ({ x }) => [...declaredShapeOf(x).slice(0, -1), null],
  ),
  top_k: operation("x|input k sorted", (named) => {
    const { values, indices } = tf.topk(tensorOf(named["x"]), integerArgument(named["k"], 1), named["sorted"] !== false);
    return [values, indices];
  }),
  in_top_k: operation("targets predictions k", (named) => {
    const predictions = tensorOf(named["predictions"]);
    const targets = tf.cast(tensorOf(named["targets"], "int32"), "int32");
    if (targets.shape[0] !== predictions.shape[0])
      throw new Error(`${targets.shape[0]} targets were given for ${predictions.shape[0]} predictions`);
    const { indices } = tf.topk(predictions, integerArgument(named["k"], 1));
    return tf.any(tf.equal(indices, tf.expandDims(targets, -1)), -1);
  }),
};

/** Those of `rows` that Keras has a second time for tensors some of whose numbers are not numbers. */
export function nanRows(rows: { [name: string]: OperationRow }): { [name: string]: OperationRow } {
  const instead = { max: -Infinity, min: Infinity, sum: 0, prod: 1, argmax: -Infinity, argmin: Infinity, cumsum: 0, cumprod: 1 };
  return Object.fromEntries(Object.entries(instead).map(([name, value]) => [`nan${name}`, nan(rows[name] as OperationRow, value)]));
}
