import * as tf from "@tensorflow/tfjs-core";
import { formatShape, type JsonObject, type Shape } from "../../model";
import { axesOf, boolean, frontAxis, integer, knownSize, number } from "../config";
import { type Definition, define, type WeightShapes, type Weights } from "../define";
import { headsAsKeras3 } from "../einsum";
import type { BoundCall, DeclaredCall, LayerTable, Making } from "../row";
import { combinedMask, declaredEndsOf, type Ends, endsOf, type LookRules, wantsScores } from "./attention-call";
import { type Looked, look } from "./look";

interface HeadsOptions {
  heads: number;
  /** Heads of key and value: fewer than those of the query where they are shared by groups. */
  keyHeads: number;
  keyWidth: number;
  valueWidth: number;
  output: number[] | null;
  useBias: boolean;
  hasGate: boolean;
  hasDropout: boolean;
  /** Along which axes of the query positions look at each other; null means all but the batch and the last. */
  axes: number[] | null;
  kerasMajor: 2 | 3;
  looks: LookRules;
  /** Numbers of axes that query, value and key were built with. */
  ranks: Ends<number>;
}

function headsOptions(config: JsonObject, { kerasMajor }: Making, isGrouped: boolean): HeadsOptions {
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
    hasDropout: number(config, "dropout", 0) > 0,
    axes: config["attention_axes"] == null ? null : axesOf(config, "attention_axes", 1),
    kerasMajor,
    looks: { window: integerOr(config, "sliding_window") ?? null, takesQueryMask: isGrouped },
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

const multiHead = (isGrouped: boolean): Definition<HeadsOptions> => ({
  options: (config, making) => headsOptions(config, making, isGrouped),
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
});

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

/** What heads see and where they look. @see Keras `MultiHeadAttention._compute_attention` */
function attend(options: HeadsOptions, ends: Ends<tf.Tensor>, weights: Weights, call: BoundCall): Looked {
  const query = tf.mul(project(options, ends.query, "query", weights), tf.scalar(1 / Math.sqrt(options.keyWidth)));
  const key = spread(project(options, ends.key, "key", weights), options.heads);
  const value = spread(project(options, ends.value, "value", weights), options.heads);
  // Where a position may look nowhere, Keras's faster way and tf_keras give the mean of what it may not look at.
  const isFast = options.kerasMajor === 2 || (query.rank === 4 && !options.hasDropout && !wantsScores(call));
  const hides = { mask: combinedMask(call, ends, options.looks), leavesNothing: !isFast };
  return look({ query, key, value }, axesFor(options, query.rank), hides);
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
  MultiHeadAttention: define(multiHead(false)),
  GroupQueryAttention: define(multiHead(true)),
  GroupedQueryAttention: define(multiHead(true)),
};
