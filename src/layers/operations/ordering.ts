import * as tf from "@tensorflow/tfjs-core";
import { type Named, type OperationRow, operation } from "../operation";
import { shapeOnly } from "../shape-only";
import { alongLast, mergedLast, part } from "./axes";
import { axesOf, keeps, PARAMETERS } from "./reductions";
import { integerArgument, numbersArgument, tensorOf } from "./values";

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

/** What puts numbers in order, or asks for those at a place of the order. */
export const ORDERING: { [name: string]: OperationRow } = {
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
};
