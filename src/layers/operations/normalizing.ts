import * as tf from "@tensorflow/tfjs-core";
import { formatShape } from "../../model";
import { frontAxis } from "../config";
import { type OperationRow, operation } from "../operation";
import type { Bound } from "../row";
import { axesOf } from "./reductions";
import { declaredShapeOf, integerArgument, isNone, numberArgument, tensorOf } from "./values";

const likeInput: OperationRow["declare"] = ({ x }) => declaredShapeOf(x);

/** Numbers along `axes` among axes of 1. @throws Error where their count is another: both generations reshape, or refuse */
function aligned(x: tf.Tensor, axes: number[], given: Bound | undefined, what: string): tf.Tensor | null {
  if (isNone(given)) return null;
  const numbers = tensorOf(given);
  const expected = axes.map((axis) => x.shape[axis] as number);
  if (numbers.shape.join() !== expected.join())
    throw new Error(`expected ${formatShape(expected)} numbers as ${what} of ${formatShape(x.shape)}, got ${formatShape(numbers.shape)}`);
  return tf.reshape(
    numbers,
    x.shape.map((size, axis) => (axes.includes(axis) ? size : 1)),
  );
}

const scaled = (x: tf.Tensor, by: tf.Tensor | null): tf.Tensor => (by ? tf.mul(x, by) : x);
const shifted = (x: tf.Tensor, by: tf.Tensor | null): tf.Tensor => (by ? tf.add(x, by) : x);

/** TensorFlow's takes numbers of any shape that stretches, and names no axis. */
const normalizeBatch = operation(
  "x mean variance offset scale axis epsilon|variance_epsilon",
  (named) => {
    const x = tensorOf(named["x"]);
    const axis = frontAxis(integerArgument(named["axis"], -1), x.rank);
    const stretched = (name: string): tf.Tensor | null => (isNone(named[name]) ? null : tensorOf(named[name]));
    const at = "axis" in named ? (name: string) => aligned(x, [axis], named[name], name) : stretched;
    const factor = scaled(tf.rsqrt(tf.add(at("variance") as tf.Tensor, numberArgument(named["epsilon"], 1e-3))), at("scale"));
    return shifted(tf.mul(tf.sub(x, at("mean") as tf.Tensor), factor), at("offset"));
  },
  likeInput,
);

/** Keras's own, where none is given. */
const epsilonOf = (value: Bound | undefined): number => numberArgument(value, 1e-7);

const normalizeLayer = operation(
  "x gamma beta axis epsilon rms_scaling",
  (named) => {
    const x = tensorOf(named["x"]);
    const axes = axesOf({ ...named, axis: named["axis"] ?? -1 }, x.rank);
    const centred = named["rms_scaling"] === true ? x : tf.sub(x, tf.mean(x, axes, true));
    const variance = tf.mean(tf.square(centred), axes, true);
    const normal = tf.mul(centred, tf.rsqrt(tf.add(variance, epsilonOf(named["epsilon"]))));
    return shifted(scaled(normal, aligned(x, axes, named["gamma"], "scale")), aligned(x, axes, named["beta"], "offset"));
  },
  likeInput,
);

const normalizeRms = operation(
  "x scale axis epsilon",
  (named) => {
    const x = tensorOf(named["x"]);
    const axes = axesOf({ ...named, axis: named["axis"] ?? -1 }, x.rank);
    const power = tf.mean(tf.square(x), axes, true);
    return scaled(
      tf.mul(x, tf.rsqrt(tf.add(power, epsilonOf(named["epsilon"])))),
      isNone(named["scale"]) ? null : tensorOf(named["scale"]),
    );
  },
  likeInput,
);

/** `[batch, length, heads, size]` each; what is left out of `bias`, `mask` and `scale` is null. */
const attend = operation(
  "query key value bias mask scale is_causal",
  (named) => {
    const [query, key, value] = [tensorOf(named["query"]), tensorOf(named["key"]), tensorOf(named["value"])];
    const scale = numberArgument(named["scale"], (query.shape.at(-1) as number) ** -0.5);
    const byHead = [query, key, value].map((x) => tf.transpose(x, [0, 2, 1, 3])) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const scores = shifted(
      tf.mul(tf.matMul(byHead[0], byHead[1], false, true), scale),
      isNone(named["bias"]) ? null : tensorOf(named["bias"]),
    );
    // What the mask leaves out is far below everything else.
    const allowed = isNone(named["mask"]) ? null : tf.cast(tensorOf(named["mask"]), "float32");
    const masked = allowed ? tf.add(scores, tf.mul(tf.sub(allowed, 1), 1e9)) : scores;
    const future = named["is_causal"] === true ? tf.mul(later(masked.shape.at(-2) as number, masked.shape.at(-1) as number), -1e9) : null;
    return tf.transpose(tf.matMul(tf.softmax(shifted(masked, future)), byHead[2]), [0, 2, 1, 3]);
  },
  ({ query }) => declaredShapeOf(query),
);

/** 1 where the column is later than the row. */
function later(rows: number, columns: number): tf.Tensor {
  const [row, column] = [tf.range(0, rows, 1, "int32"), tf.range(0, columns, 1, "int32")];
  return tf.cast(tf.greater(tf.expandDims(column, 0), tf.expandDims(row, 1)), "float32");
}

export const NORMALIZING: { [name: string]: OperationRow } = {
  batch_normalization: normalizeBatch,
  layer_normalization: normalizeLayer,
  rms_normalization: normalizeRms,
  dot_product_attention: attend,
};
