import { type Definition, define } from "../define";
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
  "Masking",
  "TFDIdentity",
];

/** Those that ask for a number of axes. */
const RANKS = { SpatialDropout1D: 3, SpatialDropout2D: 4, SpatialDropout3D: 5 };

const handOn: Definition<null> = { options: () => null, run: (_, x) => x };

export const IDLE: LayerTable = {
  ...Object.fromEntries(CLASSES.map((className) => [className, define(handOn)])),
  ...Object.fromEntries(Object.entries(RANKS).map(([className, rank]) => [className, define({ ...handOn, rule: () => ({ rank }) })])),
};
