import * as tf from "@tensorflow/tfjs-core";
import { formatShape } from "../../model";
import { type Ends, hide } from "./attention-call";

export interface Looked {
  /** `[batch, …, heads, size]`, the axes of the query. */
  seen: tf.Tensor;
  /** The axes that are kept apart, heads included, then those of the query's positions, then those of the key's. */
  looks: tf.Tensor;
}

/** `kept` apart from each other, and those whose positions look `along`; the last axis is neither. */
export interface LookAxes {
  kept: number[];
  along: number[];
}

interface Hides {
  mask: tf.Tensor | null;
  leavesNothing: boolean;
}

/**
 * Positions of the query look at those of the key and take from the value, each `[batch, …, heads, size]`, along one axis or several.
 * @throws Error where the three do not fit @see Keras `_build_attention_equation`
 */
export function look({ query, key, value }: Ends<tf.Tensor>, { kept, along }: LookAxes, { mask, leavesNothing }: Hides): Looked {
  requireSame(query, key, kept, "query", "key");
  requireSame(key, value, [...kept, ...along], "key", "value");
  const order = [...kept, ...along, query.rank - 1];
  const sizes = (x: tf.Tensor, axes: number[]): number[] => axes.map((axis) => x.shape[axis] as number);
  const whole = [...sizes(query, kept), ...sizes(query, along), ...sizes(key, along)];
  const matrix = (x: tf.Tensor): tf.Tensor => merged(tf.transpose(x, order), kept.length);
  const scores = tf.matMul(matrix(query), matrix(key), false, true);
  const shown = mask ? alignedMask(mask, whole, along.length) : null;
  const hidden = shown ? shaped(hide(shaped(scores, whole), shown), scores.shape) : scores;
  const all = tf.softmax(hidden);
  const looks = shown && leavesNothing ? shaped(tf.mul(shaped(all, whole), shown), scores.shape) : all;
  const seen = shaped(tf.matMul(looks, matrix(value)), [...sizes(query, kept), ...sizes(query, along), value.shape.at(-1) as number]);
  return { seen: tf.transpose(seen, inverse(order)), looks: shaped(looks, whole) };
}

/** Axes from `start` to the last but one as one axis. */
function merged(x: tf.Tensor, start: number): tf.Tensor {
  return x.rank === start + 2 ? x : tf.reshape(x, [...x.shape.slice(0, start), -1, x.shape.at(-1) as number]);
}

const shaped = (x: tf.Tensor, shape: number[]): tf.Tensor => (x.rank === shape.length ? x : tf.reshape(x, shape));

const inverse = (order: number[]): number[] => order.map((_, axis) => order.indexOf(axis));

function requireSame(a: tf.Tensor, b: tf.Tensor, axes: number[], aName: string, bName: string): void {
  const axis = axes.find((one) => a.shape[one] !== b.shape[one]);
  if (axis === undefined) return;
  throw new Error(`along axis ${axis} its ${aName} has ${a.shape[axis]} and its ${bName} ${b.shape[axis]}, which cannot meet`);
}

/** A mask of fewer axes is for all heads and for all positions that are kept apart. @throws Error where it does not stretch to the scores */
function alignedMask(mask: tf.Tensor, scores: number[], count: number): tf.Tensor {
  let aligned = mask;
  while (aligned.rank < scores.length) aligned = tf.expandDims(aligned, -count * 2 - 1);
  const fits = aligned.rank === scores.length && aligned.shape.every((size, axis) => size === 1 || size === scores[axis]);
  if (!fits) throw new Error(`its mask of ${formatShape(aligned.shape)} does not stretch to scores of ${formatShape(scores)}`);
  return aligned;
}
