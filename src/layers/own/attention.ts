import * as tf from "@tensorflow/tfjs-core";
import { boolean, knownSize } from "../config";
import { type Definition, define, type WeightShapes, type Weights } from "../define";
import { maskOf } from "../masks";
import type { BoundCall, LayerTable } from "../row";
import { both, causalMask, hide, maskIn, wantsScores } from "./attention-call";

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
    const [queryMask, valueMask] = [0, 1].map((index) => maskIn(maskOf(call, index) ?? undefined));
    const scores = scoresOf(options, query, call.tensors[2] ?? value, weights);
    const looks = tf.softmax(hidden(scores, valueMask ?? null, call));
    const seen = tf.matMul(looks, value);
    const counted = queryMask ? tf.mul(seen, tf.expandDims(queryMask, -1)) : seen;
    return wantsScores(call) ? [counted, looks] : counted;
  },
});

function hidden(scores: tf.Tensor, valueMask: tf.Tensor | null, { kwargs }: BoundCall): tf.Tensor {
  const [queries = 1, keys = 1] = scores.shape.slice(-2);
  const causal = kwargs["use_causal_mask"] === true ? causalMask(queries, keys) : null;
  const shown = both([valueMask && tf.expandDims(valueMask, -2), causal]);
  return shown ? hide(scores, shown) : scores;
}

/** How much each position of the query looks at each of the key. */
function scoresOf(
  { isConcat, isAdditive }: DotOptions,
  query: tf.Tensor,
  key: tf.Tensor,
  { scale, concat_score_weight: weight }: Weights,
): tf.Tensor {
  if (!isConcat && !isAdditive) {
    const products = tf.matMul(query, key, false, true);
    return scale ? tf.mul(products, scale) : products;
  }
  const sum = tf.add(tf.expandDims(query, -2), tf.expandDims(key, -3));
  if (isConcat) return tf.mul(tf.sum(tf.tanh(scale ? tf.mul(sum, scale) : sum), -1), weight as tf.Tensor);
  return tf.sum(scale ? tf.mul(tf.tanh(sum), scale) : tf.tanh(sum), -1);
}

export const ATTENTION: LayerTable = {
  Attention: define(attention(false)),
  AdditiveAttention: define(attention(true)),
};
