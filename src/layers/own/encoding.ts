import * as tf from "@tensorflow/tfjs-core";
import { formatShape, type JsonObject, type Shape } from "../../model";
import { integer, numbersOf, text } from "../config";
import { type Definition, define } from "../define";
import { type LayerTable, Unknown } from "../row";
import { shapeOnly } from "../shape-only";

/** How categories are told: their numbers, or ones and counts along a last axis of one place each. */
export type EncodingMode = "int" | "one_hot" | "multi_hot" | "count" | "tf_idf";
const MODES: ReadonlySet<string> = new Set<EncodingMode>(["int", "one_hot", "multi_hot", "count", "tf_idf"]);

/** As files of TensorFlow before 2.6 spell them. */
const OLD_NAMES: { [mode: string]: EncodingMode } = { binary: "multi_hot", "tf-idf": "tf_idf" };

/** @throws Unknown for a mode that Keras does not have */
export function encodingMode(config: JsonObject, fallback: EncodingMode): EncodingMode {
  const written = text(config, "output_mode", fallback);
  const mode = Object.hasOwn(OLD_NAMES, written) ? (OLD_NAMES[written] as EncodingMode) : written;
  if (!MODES.has(mode)) throw new Unknown(`its output_mode ${mode} is not one of Keras's`);
  return mode as EncodingMode;
}

/**
 * Whole numbers `[…]` to what their `mode` makes of `depth` categories: a one for each number, or all numbers of a sample together.
 * @throws Error where tf_keras takes fewer axes @see Keras `encode_categorical_inputs`
 */
export function encode(indices: tf.Tensor, mode: EncodingMode, depth: number, kerasMajor: 2 | 3): tf.Tensor {
  if (mode === "int") return indices;
  const x = indices.rank === 0 ? tf.expandDims(indices, 0) : indices;
  const isSingle = x.rank > 1 && x.shape.at(-1) === 1;
  const single = mode === "one_hot" && isSingle ? tf.squeeze(x, [-1]) : x;
  if (kerasMajor === 2) requireMatrix(mode, single, x);
  const ones = onesAt(single, depth);
  if (mode === "one_hot") return ones;
  const samples = x.rank > 1 ? 1 : 0;
  return mode === "multi_hot" ? tf.max(ones, samples) : tf.sum(ones, samples);
}

/** A one at the place of each number. tfjs makes no row of a single place. */
function onesAt(x: tf.Tensor, depth: number): tf.Tensor {
  if (depth === 1) return tf.cast(tf.equal(tf.expandDims(x, -1), 0), "float32");
  return tf.oneHot(tf.cast(x, "int32"), depth, 1, 0, "float32");
}

/** tf_keras makes nothing of more than two axes. */
function requireMatrix(mode: EncodingMode, single: tf.Tensor, x: tf.Tensor): void {
  const rank = mode === "one_hot" ? single.rank + 1 : x.rank;
  if (rank > 2) throw new Error(`its output_mode ${mode} of ${formatShape(x.shape)} would need more than the 2 axes that it can have`);
}

/** What the numbers of all samples together are declared as: the last axis becomes the categories. */
export const lastToDepth = (first: Shape, depth: number): Shape => [...first.slice(0, -1), depth];

/** What a one for each number is declared as: an axis more, but for a last axis of 1. */
export const eachToDepth = (first: Shape, depth: number): Shape =>
  first.length > 1 && first.at(-1) === 1 ? lastToDepth(first, depth) : [...first, depth];

/** As tf_keras declares what it traces: any number of samples of as many categories. @throws Error where those would need more axes */
export function declareTraced(first: Shape, mode: EncodingMode, depth: number): Shape {
  if (mode === "int") return first;
  const rank = Math.max(first.length, 1) + (mode === "one_hot" && first.at(-1) !== 1 ? 1 : 0);
  if (rank > 2) throw new Error(`its output_mode ${mode} of ${formatShape(first)} would need more than the 2 axes that it can have`);
  return first.length < 2 && mode !== "one_hot" ? [depth] : [first[0] ?? null, depth];
}

interface CategoryOptions {
  count: number;
  mode: EncodingMode;
  kerasMajor: 2 | 3;
}

const category: Definition<CategoryOptions> = {
  options: (config, { kerasMajor }) => ({
    count: integer(config, "num_tokens", config["max_tokens"] as number | undefined),
    mode: encodingMode(config, "multi_hot"),
    kerasMajor,
  }),
  declare: ({ count, mode, kerasMajor }, first) => {
    if (kerasMajor === 2) return declareTraced(first, mode, count);
    return mode === "one_hot" ? eachToDepth(first, count) : lastToDepth(first, count);
  },
  run: ({ count, mode, kerasMajor }, x, _, { kwargs }) => {
    const weights = kwargs["count_weights"];
    if (!(weights instanceof tf.Tensor)) return encode(x, mode, count, kerasMajor);
    if (String(weights.shape) !== String(x.shape))
      throw new Error(`its count_weights are ${formatShape(weights.shape)}, what it counts ${formatShape(x.shape)}`);
    const ones = onesAt(x, count);
    return tf.sum(tf.mul(ones, tf.expandDims(weights, -1)), x.rank > 1 ? 1 : 0);
  },
};

interface RangesOptions {
  edges: number[] | null;
  /** Number of ranges, which is declared where they are not known yet. */
  bins: number;
  mode: EncodingMode;
  kerasMajor: 2 | 3;
}

/** Numbers to the index of the range that they lie in. */
const discretization: Definition<RangesOptions> = {
  options: (config, { kerasMajor }) => {
    const edges = numbersOf(config["bin_boundaries"] ?? null)?.values ?? null;
    const bins = edges ? edges.length + 1 : integer(config, "num_bins", 0);
    return { edges, bins, mode: encodingMode(config, "int"), kerasMajor };
  },
  declare: ({ bins, mode, kerasMajor }, first) => {
    if (kerasMajor === 2) return declareTraced(first, mode, bins);
    if (mode === "int") return first;
    if (mode === "one_hot") return eachToDepth(first, bins);
    return first.length > 1 ? [first[0] ?? null, ...first.slice(2), bins] : [bins];
  },
  run: ({ edges, bins, mode, kerasMajor }, x) => {
    if (!edges && kerasMajor === 3) throw new Error("it has neither bin_boundaries nor learned any");
    // What tf_keras learned is not in its config, but for how many ranges it is.
    const index = edges ? rangesOf(x, edges) : shapeOnly([x], x.shape, "int32");
    return encode(index, mode, bins, kerasMajor);
  },
};

const rangesOf = (x: tf.Tensor, edges: number[]): tf.Tensor =>
  edges.reduce<tf.Tensor>((sum, edge) => tf.add(sum, tf.cast(tf.greaterEqual(x, edge), "int32")), tf.zerosLike(tf.cast(x, "int32")));

export const ENCODINGS: LayerTable = {
  CategoryEncoding: define(category),
  Discretization: define(discretization),
};
