import * as tf from "@tensorflow/tfjs-core";
import { isObject } from "../../model";
import { type OperationRow, operation } from "../operation";
import type { Bound } from "../row";
import { shapeOnly } from "../shape-only";
import { declaredShapeOf, dtypeArgument, tensorOf } from "./values";

const flat = (x: tf.Tensor): tf.Tensor => tf.reshape(x, [-1]);

/** Where each value would stand among numbers in order; `right` behind those that are the same. */
function places(sorted: tf.Tensor, values: tf.Tensor, side: "left" | "right"): tf.Tensor {
  if (sorted.rank !== 1) throw new Error("the numbers that are searched must be in one row");
  return tf.reshape(tf.searchSorted(sorted, flat(values), side), values.shape);
}

const isIn = operation(
  "x1 x2 invert",
  ({ x1, x2, invert }) => {
    const found = tf.any(tf.equal(tf.expandDims(tensorOf(x1), -1), flat(tensorOf(x2))), -1);
    return invert === true ? tf.logicalNot(found) : found;
  },
  ({ x1 }) => declaredShapeOf(x1),
);

/** The name of a dtype, as a config or TensorFlow writes it. */
const dtypeName = (value: Bound | undefined): string =>
  String(isObject(value) ? (value["config"] && isObject(value["config"]) ? value["config"]["name"] : value["config"]) : value);

const bitsOf = (name: string): number => Number(/\d+/.exec(name)?.[0] ?? 8);

/** The same bits read as another dtype: narrower numbers are more of them. */
const view = operation("x|input dtype|type", ({ x: given, dtype }) => {
  const x = tensorOf(given);
  const ratio = 32 / bitsOf(dtypeName(dtype));
  const last = (x.shape.at(-1) ?? 1) * ratio;
  if (!Number.isInteger(last)) throw new Error(`${x.shape.at(-1)} numbers cannot be read as ${dtypeName(dtype)}`);
  return shapeOnly([x], [...x.shape.slice(0, -1), ...(x.rank > 0 ? [last] : [])], dtypeArgument(dtypeName(dtype), x.dtype));
});

export const SEARCHING: { [name: string]: OperationRow } = {
  isin: isIn,
  searchsorted: operation("sorted_sequence values side", ({ sorted_sequence: sorted, values, side }) =>
    places(tensorOf(sorted), tensorOf(values), side === "right" ? "right" : "left"),
  ),
  digitize: operation("x bins", ({ x, bins }) => places(tensorOf(bins), tensorOf(x), "right")),
  view,
};
