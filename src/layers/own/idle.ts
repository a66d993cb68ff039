import * as tf from "@tensorflow/tfjs-core";
import { number } from "../config";
import { type Definition, define } from "../define";
import { followsMasks } from "../masks";
import type { LayerTable } from "../row";

/** Layers whose output has their input's shape, and outside training (nearly always) its numbers. */
const CLASSES = [
  "Identity",
  "Dropout",
  "AlphaDropout",
  "GaussianDropout",
  "GaussianNoise",
  "StochasticDepth",
  "DropConnect",
  "ActivityRegularization",
  "AddLoss",
  "TFDIdentity",
];

/** Those that ask for a number of axes. */
const RANKS = { SpatialDropout1D: 3, SpatialDropout2D: 4, SpatialDropout3D: 5 };

const handOn: Definition<null> = { options: () => null, run: (_, x) => x };

/** Zeros at the steps whose values are all one that stands for nothing. */
const masking: Definition<number> = {
  options: (config) => number(config, "mask_value", 0),
  run: (nothing, x, _, call) => (followsMasks(call) ? tf.mul(x, tf.max(tf.cast(tf.notEqual(x, nothing), x.dtype), -1, true)) : x),
};

export const IDLE: LayerTable = {
  Masking: define(masking),
  ...Object.fromEntries(CLASSES.map((className) => [className, define(handOn)])),
  ...Object.fromEntries(Object.entries(RANKS).map(([className, rank]) => [className, define({ ...handOn, rule: () => ({ rank }) })])),
};
