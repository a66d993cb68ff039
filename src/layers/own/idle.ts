import { define } from "../define";
import type { LayerTable } from "../row";

/** Layers whose output has their input's shape, and outside training (nearly always) its numbers. */
const CLASSES = [
  "Identity",
  "Dropout",
  "SpatialDropout1D",
  "SpatialDropout2D",
  "SpatialDropout3D",
  "AlphaDropout",
  "GaussianDropout",
  "GaussianNoise",
  "StochasticDepth",
  "DropConnect",
  "ActivityRegularization",
  "Masking",
];

export const IDLE: LayerTable = Object.fromEntries(
  CLASSES.map((className) => [className, define({ options: () => null, run: (_: null, x) => x })]),
);
