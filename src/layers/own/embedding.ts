import * as tf from "@tensorflow/tfjs-core";
import type { JsonObject } from "../../model";
import { boolean, integer } from "../config";
import { type Definition, define } from "../define";
import type { BoundCall, DeclaredCall, LayerTable } from "../row";

interface EmbeddingOptions {
  rows: number;
  width: number;
}

const embeddingOptions = (config: JsonObject): EmbeddingOptions => ({
  rows: integer(config, "input_dim"),
  width: integer(config, "output_dim"),
});

const embedding: Definition<EmbeddingOptions> = {
  options: embeddingOptions,
  weights: ({ rows, width }) => [["embeddings", [rows, width]]],
  declare: ({ width }, first) => [...first, width],
  run: (_, x, { embeddings }) => tf.gather(embeddings as tf.Tensor, tf.cast(x, "int32")),
};

interface ReversibleOptions extends EmbeddingOptions {
  isTied: boolean;
  /** Largest size of what comes out backwards; null without one. */
  cap: number | null;
}

const isReverse = ({ args, kwargs }: BoundCall | DeclaredCall): boolean => (args[1] ?? kwargs["reverse"]) === true;

/** Numbers to vectors and, called so, vectors to how much each number suits them. @see Keras `ReversibleEmbedding` */
const reversible: Definition<ReversibleOptions> = {
  options: (config) => ({
    ...embeddingOptions(config),
    isTied: boolean(config, "tie_weights", true),
    cap: typeof config["logit_soft_cap"] === "number" ? config["logit_soft_cap"] : null,
  }),
  weights: ({ rows, width, isTied }) => [
    ["embeddings", [rows, width]],
    ...(isTied ? [] : ([["reverse_embeddings", [width, rows]]] as [string, number[]][])),
  ],
  declare: ({ rows, width }, first, _, call) => (isReverse(call) ? [...first.slice(0, -1), rows] : [...first, width]),
  run: ({ cap }, x, { embeddings, reverse_embeddings: reverse }, call) => {
    if (!isReverse(call)) return tf.gather(embeddings as tf.Tensor, tf.cast(x, "int32"));
    const logits = reverse ? tf.matMul(x, reverse) : tf.matMul(x, embeddings as tf.Tensor, false, true);
    return cap === null ? logits : tf.mul(tf.tanh(tf.div(logits, cap)), cap);
  },
};

export const EMBEDDINGS: LayerTable = {
  Embedding: define(embedding),
  ReversibleEmbedding: define(reversible),
};
