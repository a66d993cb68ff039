import { define } from "../define";
import type { LayerTable } from "../row";

/** Layers that hand their input on unchanged outside training. */
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
