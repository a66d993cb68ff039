import * as tf from "@tensorflow/tfjs-core";
import { isObject, type JsonObject, type Layer } from "../model";
import { boolean, frontAxis, integer, number } from "./config";
import { maskOf } from "./masks";
import { endsOf } from "./own/attention-call";
import type { BoundCall } from "./row";

/** A call of a layer that has ended. */
interface Ended {
  config: JsonObject;
  kerasMajor: 2 | 3;
  call: BoundCall;
}

/** Masks of a layer's outputs, the first in front; null, as what is left out, has none. @see Keras `compute_mask` */
type MaskRule = (ended: Ended) => (tf.Tensor | null)[];

const counted = (x: tf.Tensor, nothing: number): tf.Tensor => tf.cast(tf.notEqual(x, nothing), "float32");

const handOn: MaskRule = ({ call }) => [maskOf(call)];

const ofTokens: MaskRule = ({ config, call: { tensors } }) =>
  boolean(config, "mask_zero", false) ? [counted(tensors[0] as tf.Tensor, 0)] : [];

/** `reverse=True` makes scores of what was embedded. */
const ofTokensForwards: MaskRule = (ended) => (ended.call.kwargs["reverse"] === true ? [] : ofTokens(ended));

const ofValues: MaskRule = ({ config, call: { tensors } }) => [
  tf.max(counted(tensors[0] as tf.Tensor, number(config, "mask_value", 0)), -1),
];

const ofSteps: MaskRule = ({ config, call }) => (boolean(config, "return_sequences", false) ? [maskOf(call)] : []);

const ofStepsBothWays: MaskRule = ({ config, kerasMajor, call }) => {
  const inner = isObject(config["layer"]) && isObject(config["layer"]["config"]) ? config["layer"]["config"] : {};
  const [mask = null] = ofSteps({ config: inner, kerasMajor, call });
  return config["merge_mode"] === null ? [mask, mask] : [mask];
};

const all = ({ call }: Ended): (tf.Tensor | null)[] => call.tensors.map((_, index) => maskOf(call, index));

/** Of several tensors, tf_keras counts a position that all of them count which have a mask; Keras 3 one that any counts, if all have a mask. */
const merged: MaskRule = (ended) => {
  const masks = all(ended);
  const given = masks.filter((mask) => mask !== null);
  if (given.length === 0 || (ended.kerasMajor === 3 && given.length < masks.length)) return [];
  return [given.reduce((a, b) => (ended.kerasMajor === 3 ? tf.maximum(a, b) : tf.mul(a, b)))];
};

/** Masks joined as the tensors are; those of fewer axes count for all the values of a position, and a tensor without one counts as a whole. */
const joined: MaskRule = (ended) => {
  const masks = all(ended);
  if (masks.every((mask) => mask === null)) return [];
  const whole = ended.call.tensors.map((tensor, index) => {
    const mask = masks[index];
    const zeros = tf.cast(tf.zerosLike(tensor), "float32");
    if (!mask) return tf.add(zeros, 1);
    return mask.rank < tensor.rank ? tf.add(zeros, tf.expandDims(mask, -1)) : mask;
  });
  const together = tf.concat(whole, frontAxis(integer(ended.config, "axis", -1), whole[0]?.rank ?? 1));
  return [ended.kerasMajor === 3 ? tf.max(together, -1) : tf.min(together, -1)];
};

/** In Keras 3 the layer takes the masks off what it was given, for all that read it later. */
const takenOff: MaskRule = ({ kerasMajor, call }) => {
  const ends = endsOf(call);
  const mask = call.masks?.of(ends.query) ?? null;
  if (kerasMajor === 3) for (const tensor of Object.values(ends)) call.masks?.drop(tensor);
  return [mask];
};

const none: MaskRule = () => [];

const rows = (rule: MaskRule, classes: string): [string, MaskRule][] => classes.split(" ").map((name) => [name, rule]);

/** What both generations do (a wrapper may have seen to it itself); all other classes give out no mask. */
const RULES: readonly [string, MaskRule][] = [
  ...rows(ofTokens, "Embedding"),
  ...rows(ofValues, "Masking"),
  ...rows(ofSteps, "SimpleRNN LSTM GRU RNN ConvLSTM1D ConvLSTM2D ConvLSTM3D"),
  ...rows(ofStepsBothWays, "Bidirectional"),
  ...rows(merged, "Add Subtract Multiply Average Maximum Minimum"),
  ...rows(joined, "Concatenate"),
  ...rows(takenOff, "MultiHeadAttention"),
  ...rows(none, "Dot GlobalAveragePooling1D SpectralNormalization"),
  ...rows(
    handOn,
    "Dense Activation ReLU LeakyReLU PReLU ELU Softmax Dropout SpatialDropout1D SpatialDropout2D SpatialDropout3D AlphaDropout " +
      "GaussianDropout GaussianNoise ActivityRegularization BatchNormalization LayerNormalization GroupNormalization UnitNormalization " +
      "Attention AdditiveAttention TimeDistributed",
  ),
];

const BY_GENERATION: Readonly<Record<2 | 3, ReadonlyMap<string, MaskRule>>> = {
  2: new Map([...RULES, ...rows(handOn, "ThresholdedReLU SyncBatchNormalization")]),
  3: new Map([
    ...RULES,
    ...rows(handOn, "Identity Rescaling Normalization GroupQueryAttention GroupedQueryAttention"),
    ...rows(ofTokensForwards, "ReversibleEmbedding"),
  ]),
};

/**
 * Puts masks beside the outputs of a layer that has run. Returns the outputs: one that is its input but is given out without the mask
 * is another tensor with the same contents. Does nothing on an engine without numbers.
 */
export function followMasks(
  { className, config }: Pick<Layer, "className" | "config">,
  kerasMajor: 2 | 3,
  call: BoundCall,
  outputs: tf.Tensor[],
): tf.Tensor[] {
  const { masks } = call;
  if (!masks) return outputs;
  const rule = BY_GENERATION[kerasMajor].get(className);
  if (!rule) return outputs.map((output) => (masks.of(output) ? tf.clone(output) : output));
  rule({ config, kerasMajor, call }).forEach((mask, index) => {
    const output = outputs[index];
    if (mask && output && !masks.of(output)) masks.set(output, mask);
  });
  return outputs;
}
