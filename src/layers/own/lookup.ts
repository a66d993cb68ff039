import * as tf from "@tensorflow/tfjs-core";
import type { JsonObject, Shape } from "../../model";
import { boolean, integer } from "../config";
import { type Definition, define } from "../define";
import { type LayerTable, Unknown } from "../row";
import { shapeOnly } from "../shape-only";
import { declareTraced, type EncodingMode, eachToDepth, encode, encodingMode, lastToDepth } from "./encoding";

/** A vocabulary, and what becomes of the numbers of its words. */
export interface LookupOptions {
  mode: EncodingMode;
  /** Number of words with those for the unknown ones; null where the file does not tell and the mode does not need it. */
  depth: number | null;
  kerasMajor: 2 | 3;
}

/** @throws Unknown where the width of the output is that of a vocabulary that the file does not have */
export function lookupOptions(config: JsonObject, kerasMajor: 2 | 3): LookupOptions {
  const mode = encodingMode(config, "int");
  const depth = boolean(config, "pad_to_max_tokens", false) ? integer(config, "max_tokens") : vocabularySize(config);
  if (depth === null && mode !== "int")
    throw new Unknown("it makes as many columns as its vocabulary has words, which the file does not tell");
  return { mode, depth, kerasMajor };
}

/** Keras notes the size; older files have the words alone, before which those for unknown words may stand already. */
function vocabularySize(config: JsonObject): number | null {
  const { vocabulary, vocabulary_size: size, oov_token: unknown = "[UNK]" } = config;
  if (typeof size === "number") return size;
  if (!Array.isArray(vocabulary)) return null;
  const others = integer(config, "num_oov_indices", 1);
  const hasOthers = others > 0 && vocabulary.slice(0, others).every((word) => word === unknown);
  return vocabulary.length + (hasOthers ? 0 : others);
}

/** What Keras declares for tensors that are looked up. */
export function declareLookup({ mode, depth, kerasMajor }: LookupOptions, first: Shape): Shape {
  if (mode === "int" || depth === null) return first;
  if (kerasMajor === 2) return declareTraced(first, mode, depth);
  return mode === "one_hot" ? eachToDepth(first, depth) : lastToDepth(first, depth);
}

/** The numbers of words, encoded. tfjs cannot look up words: their numbers are not computed. */
export function lookUp({ mode, depth, kerasMajor }: LookupOptions, x: tf.Tensor, dtype: "int32" | "string" = "int32"): tf.Tensor {
  const indices = shapeOnly([x], x.shape, dtype);
  return depth === null ? indices : weighed(encode(indices, mode, depth, kerasMajor), mode);
}

/** Counts times how rare the words are. */
export function weighed(counts: tf.Tensor, mode: EncodingMode): tf.Tensor {
  return mode === "tf_idf" ? tf.mul(counts, shapeOnly([], counts.shape.slice(-1))) : counts;
}

interface TableOptions extends LookupOptions {
  isInverted: boolean;
  givesWords: boolean;
}

const table = (isOfWords: boolean): Definition<TableOptions> => ({
  options: (config, { kerasMajor }) => {
    const isInverted = boolean(config, "invert", false);
    return { ...lookupOptions(config, kerasMajor), isInverted, givesWords: isInverted && isOfWords };
  },
  declare: declareLookup,
  run: (options, x) => lookUp(options, x, options.givesWords ? "string" : "int32"),
});

export const LOOKUPS: LayerTable = {
  StringLookup: define(table(true)),
  IntegerLookup: define(table(false)),
};
