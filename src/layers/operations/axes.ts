import * as tf from "@tensorflow/tfjs-core";
import { elementCount } from "../../model";
import { frontAxis } from "../config";

/** All axes of a tensor of this rank. */
export function allAxes(rank: number): number[] {
  return Array.from({ length: rank }, (_, axis) => axis);
}

/** `x` with these axes behind the others, and how to undo that. */
function toBack(x: tf.Tensor, axes: readonly number[]): { moved: tf.Tensor; order: number[] } {
  const order = [...allAxes(x.rank).filter((axis) => !axes.includes(axis)), ...axes];
  const isThere = order.every((axis, index) => axis === index);
  return { moved: isThere ? x : tf.transpose(x, order), order };
}

/** Runs `work` on `x` with one axis last, and puts what is then last back there. */
export function alongLast(x: tf.Tensor, axis: number, work: (last: tf.Tensor) => tf.Tensor): tf.Tensor {
  const { moved, order } = toBack(x, [frontAxis(axis, x.rank)]);
  const result = work(moved);
  return moved === x ? result : tf.transpose(result, inverse(order));
}

function inverse(order: readonly number[]): number[] {
  return allAxes(order.length).map((axis) => order.indexOf(axis));
}

/** `x` with these axes as one, behind the others. */
export function mergedLast(x: tf.Tensor, axes: readonly number[]): tf.Tensor {
  const { moved } = toBack(x, axes);
  const kept = moved.shape.slice(0, x.rank - axes.length);
  return axes.length === 1 ? moved : tf.reshape(moved, [...kept, elementCount(moved.shape.slice(kept.length))]);
}

/** Whole numbers from `from`, `count` of them, `step` apart. */
export function steps(count: number, step = 1, from = 0): number[] {
  return Array.from({ length: count }, (_, index) => from + index * step);
}

/** Part of `x` along one axis. */
export function part(x: tf.Tensor, axis: number, from: number, size: number): tf.Tensor {
  const begin = x.shape.map((_, at) => (at === axis ? from : 0));
  return tf.slice(
    x,
    begin,
    x.shape.map((whole, at) => (at === axis ? size : whole)),
  );
}
