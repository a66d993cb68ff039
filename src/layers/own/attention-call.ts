import * as tf from "@tensorflow/tfjs-core";
import type { Shape } from "../../model";
import { type Bound, type BoundCall, type DeclaredArgument, type DeclaredCall, DeclaredTensor } from "../row";

/** What attention works on: each position of the query looks at those of the key, and takes from the value. */
export interface Ends<T> {
  query: T;
  value: T;
  key: T;
}

/** Query, value and key of a call, by place or by name; the key is the value where it is left out. */
function named<T>(flat: T[], args: unknown[], kwargs: { [name: string]: unknown }, is: (value: unknown) => value is T): Ends<T> {
  const placed = args.filter(is);
  const query = placed[0] ?? (is(kwargs["query"]) ? kwargs["query"] : flat[0]);
  const value = placed[1] ?? (is(kwargs["value"]) ? kwargs["value"] : flat[1]);
  const key = placed[2] ?? (is(kwargs["key"]) ? kwargs["key"] : value);
  if (!query || !value || !key) throw new Error("it needs a query and a value");
  return { query, value, key };
}

const isTensor = (value: unknown): value is tf.Tensor => value instanceof tf.Tensor;
const isDeclared = (value: unknown): value is DeclaredTensor => value instanceof DeclaredTensor;

/** @throws Error where there is no query or no value */
export function endsOf({ tensors, args, kwargs }: BoundCall): Ends<tf.Tensor> {
  return named(tensors, args, kwargs, isTensor);
}

/** As `endsOf`, of declared shapes. */
export function declaredEndsOf({ args, kwargs }: DeclaredCall, inputs: Shape[]): Ends<Shape> {
  const flat = inputs.map((shape) => new DeclaredTensor(shape, "float32"));
  const { query, value, key } = named(flat, args, kwargs, isDeclared);
  return { query: query.shape, value: value.shape, key: key.shape };
}

/** Whether the call asks for what looked at what, too. */
export const wantsScores = ({ kwargs }: { kwargs: { [name: string]: Bound | DeclaredArgument } }): boolean =>
  kwargs["return_attention_scores"] === true;

/** A tensor of a call that tells which positions count; null where there is none. */
export const maskIn = (bound: Bound | undefined): tf.Tensor | null => (bound instanceof tf.Tensor ? tf.cast(bound, "float32") : null);

/** Ones where a position may look at another: itself and those before. `[1, queries, keys]` */
export function causalMask(queries: number, keys: number): tf.Tensor {
  const rows = tf.reshape(tf.range(0, queries, 1, "int32"), [queries, 1]);
  return tf.expandDims(tf.cast(tf.greaterEqual(rows, tf.range(0, keys, 1, "int32")), "float32"), 0);
}

/** What is added to a score where the mask has a 0, so that nothing is left of it after the softmax. */
export const HIDDEN = -1e9;

/** `scores` with those hidden that the mask forbids. @throws Error where the mask does not stretch to them */
export function hide(scores: tf.Tensor, mask: tf.Tensor): tf.Tensor {
  return tf.add(scores, tf.mul(tf.sub(1, mask), HIDDEN));
}

/** Ones where a position is less than `width` away from another. `[1, queries, keys]` */
function windowMask(queries: number, keys: number, width: number): tf.Tensor {
  const rows = tf.reshape(tf.range(0, queries, 1, "int32"), [queries, 1]);
  const away = tf.abs(tf.sub(rows, tf.range(0, keys, 1, "int32")));
  return tf.expandDims(tf.cast(tf.less(away, tf.scalar(width, "int32")), "float32"), 0);
}

/** What a layer does with masks beside what its call says. */
export interface LookRules {
  /** How far positions look, itself included; null means everywhere. */
  window: number | null;
  /** Whether an argument `query_mask` hides; Keras 3 takes the one beside the query instead, but for groups of heads. */
  takesQueryMask: boolean;
}

/** All that a call and the masks beside its tensors say of what may be looked at, as one mask of 0 and 1: `[…, queries, keys]`. Null where everything may. */
export function combinedMask({ kwargs, masks }: BoundCall, { query, value, key }: Ends<tf.Tensor>, rules: LookRules): tf.Tensor | null {
  const beside = (tensor: tf.Tensor): tf.Tensor | null => maskIn(masks?.of(tensor) ?? undefined);
  const queries = (rules.takesQueryMask ? maskIn(kwargs["query_mask"]) : null) ?? beside(query);
  const keys = [maskIn(kwargs["value_mask"]) ?? beside(value), maskIn(kwargs["key_mask"]) ?? beside(key)];
  const [rows = 1, columns = 1] = [query.shape[1], value.shape[1]];
  return both([
    queries && tf.expandDims(queries, -1),
    ...keys.map((mask) => mask && tf.expandDims(mask, -2)),
    kwargs["use_causal_mask"] === true ? causalMask(rows, columns) : null,
    rules.window === null ? null : windowMask(rows, columns, rules.window),
    maskIn(kwargs["attention_mask"]),
  ]);
}

/** A mask of what all of these show; null where there are none. */
export function both(masks: (tf.Tensor | null)[]): tf.Tensor | null {
  const [first, ...others] = masks.filter((mask) => mask !== null);
  return first ? others.reduce<tf.Tensor>((all, one) => tf.mul(all, one), first) : null;
}
