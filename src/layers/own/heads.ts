import * as tf from "@tensorflow/tfjs-core";
import { formatShape, type JsonObject, type Shape } from "../../model";
import { axesOf, boolean, frontAxis, integer, knownSize } from "../config";
import { type Definition, define, type WeightShapes, type Weights } from "../define";
import { headsAsKeras3 } from "../einsum";
import type { BoundCall, DeclaredCall, LayerTable, Making } from "../row";
import { causalMask, declaredEndsOf, type Ends, endsOf, hide, maskIn, wantsScores } from "./attention-call";

interface HeadsOptions {
  heads: number;
  /** Heads of key and value: fewer than those of the query where they are shared by groups. */
  keyHeads: number;
  keyWidth: number;
  valueWidth: number;
  output: number[] | null;
  useBias: boolean;
  hasGate: boolean;
  /** Along which axes of the query positions look at each other; null means all but the batch and the last. */
  axes: number[] | null;
  kerasMajor: 2 | 3;
  /** Numbers of axes that query, value and key were built with. */
  ranks: Ends<number>;
}

function headsOptions(config: JsonObject, { kerasMajor }: Making): HeadsOptions {
  const heads = integer(config, "num_heads", integerOr(config, "num_query_heads"));
  const keyWidth = integer(config, "key_dim", integerOr(config, "head_dim"));
  const written = config["output_shape"];
  return {
    heads,
    keyHeads: integer(config, "num_key_value_heads", heads),
    keyWidth,
    valueWidth: integer(config, "value_dim", keyWidth),
    output: written === null || written === undefined ? null : axesOf(config, "output_shape", 0),
    useBias: boolean(config, "use_bias", true),
    hasGate: boolean(config, "use_gate", false),
    axes: config["attention_axes"] == null ? null : axesOf(config, "attention_axes", 1),
    kerasMajor,
    ranks: { query: 3, value: 3, key: 3 },
  };
}

const integerOr = (config: JsonObject, key: string): number | undefined => (typeof config[key] === "number" ? config[key] : undefined);

/** A projection of a width to heads, and its bias. */
function projection(name: string, width: number, heads: number, size: number, useBias: boolean): WeightShapes {
  return [[`${name}/kernel`, [width, heads, size]], ...(useBias ? ([[`${name}/bias`, [heads, size]]] as WeightShapes) : [])];
}

function headWeights(options: HeadsOptions, { query, value, key }: Ends<Shape>): WeightShapes {
  const { heads, keyHeads, keyWidth, valueWidth, useBias } = options;
  const output = options.output ?? [knownSize(query, -1)];
  options.ranks = { query: query.length, value: value.length, key: key.length };
  return [
    ...projection("query", knownSize(query, -1), heads, keyWidth, useBias),
    ...projection("key", knownSize(key, -1), keyHeads, keyWidth, useBias),
    ...(options.hasGate ? projection("gate", knownSize(query, -1), heads, valueWidth, useBias) : []),
    ...projection("value", knownSize(value, -1), keyHeads, valueWidth, useBias),
    ["attention_output/kernel", [heads, valueWidth, ...output]],
    ...(useBias ? ([["attention_output/bias", output]] as WeightShapes) : []),
  ];
}

function declareHeads(options: HeadsOptions, { query, key }: Ends<Shape>, call: DeclaredCall): Shape[] {
  const output = [...query.slice(0, -1), ...(options.output ?? [query.at(-1) ?? null])];
  return wantsScores(call) ? [output, declareLooks(options, query, key)] : [output];
}

/** Keras 3 declares scores of the query's positions along axis 1 among themselves, whatever they look at; tf_keras traces. */
function declareLooks(options: HeadsOptions, query: Shape, key: Shape): Shape {
  if (options.kerasMajor === 3) return [query[0] ?? null, options.heads, query[1] ?? null, query[1] ?? null];
  const [q, k] = [query, key].map((shape) => [...shape.slice(0, -1), options.heads]) as [Shape, Shape];
  const { kept, along } = axesFor(options, query.length + 1);
  return [...kept.map((axis) => q[axis] ?? null), ...along.map((axis) => q[axis] ?? null), ...along.map((axis) => k[axis] ?? null)];
}

/** Of tensors `[batch, …, heads, size]` of `rank` axes, those that positions look along, and those that are kept apart. */
function axesFor({ axes, kerasMajor }: HeadsOptions, rank: number): { kept: number[]; along: number[] } {
  const all = Array.from({ length: rank - 1 }, (_, axis) => axis);
  // tf_keras counts from the back with the axis of heads.
  const along = axes?.map((axis) => frontAxis(axis, kerasMajor === 2 ? rank : rank - 1)) ?? all.slice(1, -1);
  return { kept: all.filter((axis) => !along.includes(axis)), along };
}

const multiHead: Definition<HeadsOptions> = {
  options: headsOptions,
  weights: (options, _, inputs, call) => headWeights(options, declaredEndsOf(call ?? { args: [], kwargs: {} }, inputs)),
  declare: (options, _, inputs, call) => declareHeads(options, declaredEndsOf(call, inputs), call),
  run: (options, _, weights, call) => {
    const ends = endsOf(call);
    requireRanks(options, ends);
    const { seen, looks } = attend(options, ends, weights, call);
    const gated = options.hasGate ? tf.mul(seen, tf.sigmoid(project(options, ends.query, "gate", weights))) : seen;
    const joined = joinHeads(gated, weights);
    return wantsScores(call) ? [joined, looks] : [joined];
  },
};

function requireRanks({ ranks }: HeadsOptions, ends: Ends<tf.Tensor>): void {
  for (const name of ["query", "value", "key"] as const) {
    const { shape } = ends[name];
    if (shape.length < 3) throw new Error(`its ${name} needs a batch, positions and values, got ${formatShape(shape)}`);
    if (shape.length !== ranks[name]) throw new Error(`its ${name} was built with ${ranks[name]} axes, got ${formatShape(shape)}`);
  }
}

/** `[batch, …, width]` to `[batch, …, heads, size]`. */
function project({ kerasMajor }: HeadsOptions, x: tf.Tensor, name: string, weights: Weights): tf.Tensor {
  const kernel = weights[`${name}/kernel`] as tf.Tensor;
  const bias = weights[`${name}/bias`];
  const [width = 1, heads = 1, size = 1] = kernel.shape;
  const isReshaped = kerasMajor === 3 && x.rank === 3;
  if (x.shape.at(-1) !== width && !isReshaped)
    throw new Error(`its ${name} was built for ${width} values, got ${x.shape.at(-1)} from ${formatShape(x.shape)}`);
  const flat = (): tf.Tensor => tf.matMul(tf.reshape(x, [-1, width]), tf.reshape(kernel, [width, heads * size]));
  const split = isReshaped ? headsAsKeras3(x, kernel) : tf.reshape(flat(), [...x.shape.slice(0, -1), heads, size]);
  return bias ? tf.add(split, bias) : split;
}

/** Heads of keys and values that several heads of the query share. */
function spread(x: tf.Tensor, heads: number): tf.Tensor {
  const own = x.shape[x.rank - 2] ?? 1;
  if (own === heads) return x;
  const repeats = [...x.shape.map(() => 1), 1];
  repeats[x.rank - 1] = heads / own;
  return tf.reshape(tf.tile(tf.expandDims(x, -2), repeats), [...x.shape.slice(0, -2), heads, x.shape.at(-1) as number]);
}

interface Attended {
  /** `[batch, …, heads, size]`, the axes of the query. */
  seen: tf.Tensor;
  /** The axes that are not looked along, heads included, then those of the query's positions, then those of the key's. */
  looks: tf.Tensor;
}

/** @see Keras `MultiHeadAttention._compute_attention`, `_build_attention_equation` */
function attend(options: HeadsOptions, ends: Ends<tf.Tensor>, weights: Weights, call: BoundCall): Attended {
  const q = tf.mul(project(options, ends.query, "query", weights), tf.scalar(1 / Math.sqrt(options.keyWidth)));
  const k = spread(project(options, ends.key, "key", weights), options.heads);
  const v = spread(project(options, ends.value, "value", weights), options.heads);
  const { kept, along } = axesFor(options, q.rank);
  const order = [...kept, ...along, q.rank - 1];
  requireSame(q, k, kept, "query", "key");
  requireSame(k, v, [...kept, ...along], "key", "value");
  const sizes = (x: tf.Tensor, axes: number[]): number[] => axes.map((axis) => x.shape[axis] as number);
  const whole = [...sizes(q, kept), ...sizes(q, along), ...sizes(k, along)];
  const matrix = (x: tf.Tensor): tf.Tensor => merged(tf.transpose(x, order), kept.length);
  const scores = tf.matMul(matrix(q), matrix(k), false, true);
  const hidden = masked(shaped(scores, whole), along.length, ends, call);
  const looks = tf.softmax(shaped(hidden, scores.shape));
  const seen = shaped(tf.matMul(looks, matrix(v)), [...sizes(q, kept), ...sizes(q, along), v.shape.at(-1) as number]);
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

/** Scores without those that masks forbid. A mask of fewer axes is for all heads and for all axes that are not looked along. */
function masked(scores: tf.Tensor, count: number, { query, value }: Ends<tf.Tensor>, { kwargs }: BoundCall): tf.Tensor {
  const positions = [maskIn(kwargs["query_mask"]), maskIn(kwargs["value_mask"]), maskIn(kwargs["key_mask"])] as const;
  const masks = [
    ...positions.map((mask, index) => mask && tf.expandDims(mask, index === 0 ? -1 : -2)),
    kwargs["use_causal_mask"] === true ? causalMask(query.shape[1] as number, value.shape[1] as number) : null,
    maskIn(kwargs["attention_mask"]),
  ].filter((mask) => mask !== null);
  const [first, ...others] = masks;
  if (!first) return scores;
  let mask = others.reduce<tf.Tensor>((all, one) => tf.mul(all, one), first);
  while (mask.rank < scores.rank) mask = tf.expandDims(mask, -count * 2 - 1);
  const fits = mask.rank === scores.rank && mask.shape.every((size, axis) => size === 1 || size === scores.shape[axis]);
  if (!fits) throw new Error(`its mask of ${formatShape(mask.shape)} does not stretch to scores of ${formatShape(scores.shape)}`);
  return hide(scores, mask);
}

/** `[batch, …, heads, size]` to `[batch, …, …output]`. */
function joinHeads(x: tf.Tensor, weights: Weights): tf.Tensor {
  const [heads = 1, size = 1] = x.shape.slice(-2);
  const kernel = weights["attention_output/kernel"] as tf.Tensor;
  const output = kernel.shape.slice(2);
  const width = output.reduce((product, part) => product * part, 1);
  const flat = tf.matMul(tf.reshape(x, [-1, heads * size]), tf.reshape(kernel, [heads * size, width]));
  const joined = tf.reshape(flat, [...x.shape.slice(0, -2), ...output]);
  const bias = weights["attention_output/bias"];
  return bias ? tf.add(joined, bias) : joined;
}

export const HEADS: LayerTable = {
  MultiHeadAttention: define(multiHead),
  GroupQueryAttention: define(multiHead),
  GroupedQueryAttention: define(multiHead),
};
