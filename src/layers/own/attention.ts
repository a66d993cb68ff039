import * as tf from "@tensorflow/tfjs-core";
import { formatShape, type JsonObject, type Shape } from "../../model";
import { boolean, integer, knownSize } from "../config";
import { type Definition, define, type WeightShapes, type Weights } from "../define";
import type { Bound, BoundCall, DeclaredArgument, DeclaredCall, LayerTable } from "../row";
import { DeclaredTensor, UnknownClass } from "../row";

/** Query, value and key of a call, by place or by name; the key is the value where it is left out. */
function named<T>(
  flat: T[],
  args: unknown[],
  kwargs: { [name: string]: unknown },
  is: (value: unknown) => value is T,
): { query: T; value: T; key: T } {
  const placed = args.filter(is);
  const query = placed[0] ?? (is(kwargs["query"]) ? kwargs["query"] : flat[0]);
  const value = placed[1] ?? (is(kwargs["value"]) ? kwargs["value"] : flat[1]);
  const key = placed[2] ?? (is(kwargs["key"]) ? kwargs["key"] : value);
  if (!query || !value || !key) throw new Error("it needs a query and a value");
  return { query, value, key };
}

const isTensor = (value: unknown): value is tf.Tensor => value instanceof tf.Tensor;
const isDeclared = (value: unknown): value is DeclaredTensor => value instanceof DeclaredTensor;
const fromCall = ({ tensors, args, kwargs }: BoundCall) => named(tensors, args, kwargs, isTensor);

/** Positions `[batch, …, steps, width]` by positions: how much each looks at each. */
const scores = (query: tf.Tensor, key: tf.Tensor): tf.Tensor => tf.matMul(query, key, false, true);

interface HeadsOptions {
  heads: number;
  /** Heads of key and value: fewer than those of the query where they are shared by groups. */
  keyHeads: number;
  keyWidth: number;
  valueWidth: number;
  output: number[] | null;
  useBias: boolean;
  hasGate: boolean;
}

function headsOptions(config: JsonObject): HeadsOptions {
  const heads = integer(config, "num_heads", integerOr(config, "num_query_heads"));
  const keyWidth = integer(config, "key_dim", integerOr(config, "head_dim"));
  if (Array.isArray(config["attention_axes"]) && config["attention_axes"].length > 1)
    throw new UnknownClass("attention along several axes");
  const written = config["output_shape"];
  const output = written === null || written === undefined ? null : Array.isArray(written) ? (written as number[]) : [written as number];
  return {
    heads,
    keyHeads: integer(config, "num_key_value_heads", heads),
    keyWidth,
    valueWidth: integer(config, "value_dim", keyWidth),
    output,
    useBias: boolean(config, "use_bias", true),
    hasGate: boolean(config, "use_gate", false),
  };
}

const integerOr = (config: JsonObject, key: string): number | undefined => (typeof config[key] === "number" ? config[key] : undefined);

interface Ends {
  query: Shape;
  value: Shape;
  key: Shape;
}

/** A projection of a width to heads, and its bias. */
function projection(name: string, width: number, heads: number, size: number, useBias: boolean): WeightShapes {
  return [[`${name}/kernel`, [width, heads, size]], ...(useBias ? ([[`${name}/bias`, [heads, size]]] as WeightShapes) : [])];
}

interface Ends {
  query: Shape;
  value: Shape;
  key: Shape;
}

function headWeights(options: HeadsOptions, { query, value, key }: Ends): WeightShapes {
  const { heads, keyHeads, keyWidth, valueWidth, useBias } = options;
  const output = options.output ?? [knownSize(query, -1)];
  return [
    ...projection("query", knownSize(query, -1), heads, keyWidth, useBias),
    ...projection("key", knownSize(key, -1), keyHeads, keyWidth, useBias),
    ...(options.hasGate ? projection("gate", knownSize(query, -1), heads, valueWidth, useBias) : []),
    ...projection("value", knownSize(value, -1), keyHeads, valueWidth, useBias),
    ["attention_output/kernel", [heads, valueWidth, ...output]],
    ...(useBias ? ([["attention_output/bias", output]] as WeightShapes) : []),
  ];
}

/** `[batch, steps, width]` to `[batch, heads, steps, size]`. */
function project(x: tf.Tensor, name: string, weights: Weights): tf.Tensor {
  const kernel = weights[`${name}/kernel`] as tf.Tensor;
  const bias = weights[`${name}/bias`];
  const [width = 1, heads = 1, size = 1] = kernel.shape;
  const flat = tf.matMul(tf.reshape(x, [-1, width]), tf.reshape(kernel, [width, heads * size]));
  const split = tf.reshape(flat, [...x.shape.slice(0, -1), heads, size]);
  const order = [...x.shape.slice(0, -2).map((_, axis) => axis), x.rank - 1, x.rank - 2, x.rank];
  return tf.transpose(bias ? tf.add(split, bias) : split, order);
}

/** Heads of keys and values that several heads of the query share. */
function spread(x: tf.Tensor, heads: number): tf.Tensor {
  const [batch = 1, own = 1, steps = 1, size = 1] = x.shape;
  if (own === heads) return x;
  return tf.reshape(tf.tile(tf.expandDims(x, 2), [1, 1, heads / own, 1, 1]), [batch, heads, steps, size]);
}

function attend(options: HeadsOptions, call: BoundCall, weights: Weights): tf.Tensor[] {
  const { query, value, key } = fromCall(call);
  if (query.rank !== 3) throw new UnknownClass(`attention over ${formatShape(query.shape)}`);
  const q = tf.mul(project(query, "query", weights), tf.scalar(1 / Math.sqrt(options.keyWidth)));
  const k = spread(project(key, "key", weights), options.heads);
  const v = spread(project(value, "value", weights), options.heads);
  const looks = tf.softmax(scores(q, k));
  const seen = tf.matMul(looks, v);
  const gated = options.hasGate ? tf.mul(seen, tf.sigmoid(project(query, "gate", weights))) : seen;
  return wantsScores(call) ? [joinHeads(gated, weights), looks] : [joinHeads(gated, weights)];
}

function joinHeads(x: tf.Tensor, weights: Weights): tf.Tensor {
  const [batch = 1, heads = 1, steps = 1, size = 1] = x.shape;
  const kernel = weights["attention_output/kernel"] as tf.Tensor;
  const output = kernel.shape.slice(2);
  const width = output.reduce((product, part) => product * part, 1);
  const flat = tf.reshape(tf.transpose(x, [0, 2, 1, 3]), [batch * steps, heads * size]);
  const joined = tf.reshape(tf.matMul(flat, tf.reshape(kernel, [heads * size, width])), [batch, steps, ...output]);
  const bias = weights["attention_output/bias"];
  return bias ? tf.add(joined, bias) : joined;
}

const wantsScores = ({ kwargs }: { kwargs: { [name: string]: Bound | DeclaredArgument } }): boolean =>
  kwargs["return_attention_scores"] === true;

const multiHead: Definition<HeadsOptions> = {
  options: headsOptions,
  weights: (options, _, inputs, call) => headWeights(options, shapesIn(call ?? { args: [], kwargs: {} }, inputs)),
  declare: (options, _, inputs, call) => declareHeads(options, shapesIn(call, inputs), call),
  run: (options, _, weights, call) => attend(options, call, weights),
};

function declareHeads(options: HeadsOptions, { query, key }: Ends, call: DeclaredCall): Shape[] {
  const output = [...query.slice(0, -1), ...(options.output ?? [query.at(-1) ?? null])];
  const looks = [query[0] ?? null, options.heads, query[1] ?? null, key[1] ?? null];
  return wantsScores(call) ? [output, looks] : [output];
}

function shapesIn({ args, kwargs }: DeclaredCall, inputs: Shape[]): Ends {
  const found = named(
    inputs.map((shape) => new DeclaredTensor(shape, "float32")),
    args,
    kwargs,
    isDeclared,
  );
  return { query: found.query.shape, value: found.value.shape, key: found.key.shape };
}

interface DotOptions {
  hasScale: boolean;
  isConcat: boolean;
  isAdditive: boolean;
}

/** Attention without heads, on a list of query, value and, where it is another, key. @see Keras `Attention`, `AdditiveAttention` */
const attention = (isAdditive: boolean): Definition<DotOptions> => ({
  options: (config) => ({
    isAdditive,
    hasScale: boolean(config, "use_scale", isAdditive),
    isConcat: config["score_mode"] === "concat",
  }),
  weights: ({ hasScale, isConcat }, first): WeightShapes => [
    ...(hasScale ? ([["scale", isAdditive ? [knownSize(first, -1)] : []]] as WeightShapes) : []),
    ...(isConcat ? ([["concat_score_weight", []]] as WeightShapes) : []),
  ],
  declare: (_, first, inputs, call) => {
    const value = inputs[1] ?? first;
    const key = inputs[2] ?? value;
    const output = [...first.slice(0, -1), value.at(-1) ?? null];
    return wantsScores(call) ? [output, [...first.slice(0, -1), key.at(-2) ?? null]] : output;
  },
  run: (options, query, weights, call) => {
    const value = call.tensors[1] as tf.Tensor;
    const looks = tf.softmax(plainScores(options, query, call.tensors[2] ?? value, weights));
    const seen = tf.matMul(looks, value);
    return wantsScores(call) ? [seen, looks] : seen;
  },
});

function plainScores(
  { isConcat, isAdditive }: DotOptions,
  query: tf.Tensor,
  key: tf.Tensor,
  { scale, concat_score_weight: weight }: Weights,
): tf.Tensor {
  if (!isConcat && !isAdditive) return scale ? tf.mul(scores(query, key), scale) : scores(query, key);
  const sum = tf.tanh(tf.add(tf.expandDims(query, -2), tf.expandDims(key, -3)));
  const scaled = scale ? tf.sum(tf.mul(sum, scale), -1) : tf.sum(sum, -1);
  return weight ? tf.mul(scaled, weight) : scaled;
}

export const ATTENTION: LayerTable = {
  MultiHeadAttention: define(multiHead),
  GroupQueryAttention: define(multiHead),
  GroupedQueryAttention: define(multiHead),
  Attention: define(attention(false)),
  AdditiveAttention: define(attention(true)),
};
