import { anyAxis, isFloat, layer, type Row } from "../row";
import { ACTIVATIONS } from "./convolutions";

const beyondBatch: Row["takes"] = (tensor) => isFloat(tensor) && tensor.shape.length >= 2;

export const ACTIVATION_LAYERS: Row[] = [
  layer("Activation", beyondBatch, (_, { dice }) => ({ activation: dice.pick(ACTIVATIONS) })),
  layer("ReLU", beyondBatch, (_, { dice }) => ({
    max_value: dice.chance(2) ? 6 : null,
    negative_slope: dice.chance(3) ? 0.1 : 0,
    threshold: dice.chance(3) ? 0.5 : 0,
  })),
  layer("LeakyReLU", beyondBatch),
  layer("ELU", beyondBatch),
  layer("ThresholdedReLU", beyondBatch, () => ({ theta: 0.5 }), { kerasMajor: 2 }),
  layer("Softmax", beyondBatch, (shape, { dice }) => ({ axis: dice.chance(2) ? anyAxis(shape, dice) : -1 })),
  layer("PReLU", beyondBatch, (shape, { dice }) => ({
    shared_axes: dice.chance(2) ? shape.slice(1, -1).map((_, index) => index + 1) : null,
  })),
  layer("Dropout", beyondBatch, () => ({ rate: 0.2 })),
  layer(
    "SpatialDropout1D",
    (tensor) => isFloat(tensor) && tensor.shape.length === 3,
    () => ({ rate: 0.2 }),
  ),
  layer(
    "SpatialDropout2D",
    (tensor) => isFloat(tensor) && tensor.shape.length === 4,
    () => ({ rate: 0.2 }),
  ),
  layer(
    "SpatialDropout3D",
    (tensor) => isFloat(tensor) && tensor.shape.length === 5,
    () => ({ rate: 0.2 }),
  ),
  layer("GaussianDropout", beyondBatch, () => ({ rate: 0.2 })),
  layer("Identity", beyondBatch, () => ({}), { kerasMajor: 3 }),
  layer("GaussianNoise", beyondBatch, () => ({ stddev: 0.1 })),
  layer("AlphaDropout", beyondBatch, () => ({ rate: 0.1 })),
  layer("ActivityRegularization", beyondBatch, () => ({ l1: 0.1, l2: 0 })),
  layer(
    "Masking",
    (tensor) => isFloat(tensor) && tensor.shape.length === 3,
    () => ({ mask_value: 9 }),
  ),
];
