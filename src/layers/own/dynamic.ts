import * as tf from "@tensorflow/tfjs-core";
import { integer } from "../config";
import { type Definition, define, type WeightShapes } from "../define";
import type { LayerTable } from "../row";
import { shapeOnly } from "../shape-only";

/** Tables of the words seen so far and how often, kept a fifth larger than the vocabulary, and the vocabulary itself. */
function tables(size: number): WeightShapes {
  const kept = Math.floor(Math.fround(size * Math.fround(1.2)));
  return [
    ["vocabulary_table_keys", [kept]],
    ["vocabulary_table_values", [kept]],
    ["vocabulary", [size]],
  ];
}

/** Words to their numbers in a vocabulary that learns. tfjs cannot look up words: their numbers are not computed. @see tf_keras `DynamicLookup` */
const lookup: Definition<{ size: number }> = {
  options: (config) => ({ size: integer(config, "vocabulary_size") }),
  weights: ({ size }) => tables(size),
  run: (_, x) => shapeOnly([x], x.shape, "int32"),
};

interface EmbeddingOptions {
  /** Words and one row for all others, as tf_keras writes it. */
  rows: number;
  width: number;
}

/** Words to vectors, likewise. */
const embedding: Definition<EmbeddingOptions> = {
  options: (config) => ({ rows: integer(config, "input_dim"), width: integer(config, "output_dim") }),
  weights: ({ rows, width }) => [["embeddings", [rows, width]], ...tables(rows - 1)],
  declare: ({ width }, first) => [...first, width],
  run: (_, x, { embeddings }) => tf.gather(embeddings as tf.Tensor, shapeOnly([x], x.shape, "int32")),
};

export const DYNAMIC: LayerTable = {
  DynamicLookup: define(lookup),
  DynamicEmbedding: define(embedding),
};
