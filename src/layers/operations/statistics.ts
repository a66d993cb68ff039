import * as tf from "@tensorflow/tfjs-core";
import { UnknownNumbers } from "../../engines";
import { formatShape } from "../../model";
import { frontAxis } from "../config";
import { type Named, type OperationRow, operation } from "../operation";
import type { Bound } from "../row";
import { shapeOnly } from "../shape-only";
import { alongLast, mergedLast, part, steps } from "./axes";
import { axesOf, keeps, PARAMETERS, reduction } from "./reductions";
import { withoutNaN } from "./unary";
import { declaredShapeOf, integerArgument, isNone, numberArgument, numbersArgument, tensorOf } from "./values";

/** From the smallest to the largest along the last axis, or the other way. */
const sortedLast =
  (descends: boolean) =>
  (x: tf.Tensor): tf.Tensor => {
    const { values } = tf.topk(x, x.shape.at(-1) as number, true);
    return descends ? values : tf.reverse(values, -1);
  };

const placesLast =
  (descends: boolean) =>
  (x: tf.Tensor): tf.Tensor =>
    tf.topk(descends ? x : tf.neg(x), x.shape.at(-1) as number, true).indices;

/** A row that keeps all elements along an axis in another order; `axis` null takes them all as one. */
const ordering = (parameters: string, order: (descends: boolean) => (x: tf.Tensor) => tf.Tensor): OperationRow =>
  operation(parameters, ({ x: given, axis, direction }) => {
    const x = axis === null ? tf.reshape(tensorOf(given), [-1]) : tensorOf(given);
    return alongLast(x, integerArgument(axis, -1), order(direction === "DESCENDING"));
  });

/** Between the two values next to the place, in the straight line that is Keras's default. */
function quantileLast(x: tf.Tensor, q: number, method: unknown): tf.Tensor {
  const last = (x.shape.at(-1) as number) - 1;
  const place = Math.min(Math.max(q, 0), 1) * last;
  const sorted = sortedLast(false)(x);
  const at = (index: number): tf.Tensor => tf.squeeze(part(sorted, x.rank - 1, index, 1), [x.rank - 1]);
  const [low, high] = [Math.floor(place), Math.ceil(place)];
  const share = { lower: 0, higher: 1, nearest: Math.round(place - low), midpoint: 0.5 }[String(method)] ?? place - low;
  return low === high ? at(low) : tf.add(tf.mul(at(low), 1 - share), tf.mul(at(high), share));
}

interface Asked {
  x: tf.Tensor;
  axes: number[];
  keep: boolean;
}

const askedOf = (named: Named): Asked => {
  const x = tensorOf(named["x"]);
  return { x, axes: axesOf(named, x.rank), keep: keeps(named) };
};

/** One quantile, or several along a new first axis. `scale`: what stands for all, 1 or 100. */
function quantiles({ x, axes, keep }: Asked, q: { shape: number[]; values: number[] }, scale: number, method: unknown): tf.Tensor {
  const last = mergedLast(x, axes);
  const found = q.values.map((value) => {
    const one = quantileLast(last, value / scale, method);
    return keep
      ? tf.reshape(
          one,
          x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size)),
        )
      : one;
  });
  return q.shape.length === 0 ? (found[0] as tf.Tensor) : tf.stack(found, 0);
}

const quantile = (scale: number, prepare: (x: tf.Tensor) => tf.Tensor): OperationRow =>
  operation("x q axis|axes method|interpolation keepdims", (named) => {
    const asked = askedOf(named);
    return quantiles({ ...asked, x: prepare(asked.x) }, numbersArgument(named["q"]), scale, named["method"]);
  });

const median = (prepare: (x: tf.Tensor) => tf.Tensor): OperationRow =>
  operation(PARAMETERS, (named) => {
    const asked = askedOf(named);
    return quantiles({ ...asked, x: prepare(asked.x) }, { shape: [], values: [0.5] }, 1, "linear");
  });

const same = (x: tf.Tensor): tf.Tensor => x;
/** How many numbers are left out differs along the axis: only the shape is known. */
const unnumbered = (x: tf.Tensor): tf.Tensor => shapeOnly([x], x.shape, x.dtype);

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
  const { x, axes } = askedOf(named);
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
      return hasNumbers ? sums : unnumbered(sums);
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
  sort: ordering("x|values axis direction", sortedLast),
  argsort: ordering("x|values axis direction", placesLast),
  // What is sorted is parted as well.
  argpartition: ordering("x kth axis", placesLast),
  quantile: quantile(1, same),
  percentile: quantile(100, same),
  nanquantile: quantile(1, unnumbered),
  nanpercentile: quantile(100, unnumbered),
  median: median(same),
  nanmedian: median(unnumbered),
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
