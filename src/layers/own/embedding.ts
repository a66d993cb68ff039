import * as tf from "@tensorflow/tfjs-core";
import { integer } from "../config";
import { type Definition, define } from "../define";
import type { LayerTable } from "../row";

interface EmbeddingOptions {
  rows: number;
  width: number;
}

const embedding: Definition<EmbeddingOptions> = {
  options: (config) => ({ rows: integer(config, "input_dim"), width: integer(config, "output_dim") }),
  weights: ({ rows, width }) => [["embeddings", [rows, width]]],
  declare: ({ width }, first) => [...first, width],
  run: (_, x, { embeddings }) => tf.gather(embeddings as tf.Tensor, tf.cast(x, "int32")),
};

export const EMBEDDINGS: LayerTable = { Embedding: define(embedding) };
