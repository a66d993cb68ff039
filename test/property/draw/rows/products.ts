import { isFloat, lastOf, layer, type Row, ranked } from "../row";
import { ACTIVATIONS } from "./convolutions";

const beyondBatch: Row["takes"] = (tensor) => isFloat(tensor) && tensor.shape.length >= 2;

const einsum = (equation: string, ranks: number[], sizes: (width: number) => (number | null)[], bias: string): Row =>
  layer("EinsumDense", ranked(...ranks), (_, { dice }) => ({
    equation,
    output_shape: sizes(dice.range(1, 5)),
    bias_axes: dice.chance(2) ? bias : null,
    activation: dice.pick(ACTIVATIONS),
  }));

export const PRODUCTS: Row[] = [
  layer("Dense", beyondBatch, (_, { dice }) => ({
    units: dice.range(1, 6),
    use_bias: !dice.chance(4),
    activation: dice.pick(ACTIVATIONS),
  })),
  layer("Dense", beyondBatch, (_, { dice }) => ({ units: dice.range(1, 6) })),
  einsum("ab,bc->ac", [2], (width) => [width], "c"),
  einsum("abc,cd->abd", [3], (width) => [null, width], "d"),
  einsum("abc,cde->abde", [3], (width) => [null, 2, width], "de"),
  einsum("abc,cde->abde", [3], (width) => [null, 2, width], "e"),
  einsum("...x,xy->...y", [2, 3, 4], (width) => [width], "y"),
  layer(
    "Embedding",
    ({ dtype }) => dtype === "int32",
    (shape, { dice, kerasMajor }) => ({
      // More than any place that an ArgMax may find.
      input_dim: dice.range(100, 109),
      output_dim: dice.range(1, 6),
      // Few layers of tf_keras take a mask.
      mask_zero: kerasMajor === 3 && shape.length === 2 && dice.chance(4),
    }),
  ),
  layer(
    "SpectralNormalization",
    (tensor) => beyondBatch(tensor) && lastOf(tensor.shape) !== null,
    (_, { dice, name }) => ({
      layer: {
        module: "keras.layers",
        class_name: "Dense",
        config: { name: name("Dense"), units: dice.range(1, 5) },
        registered_name: null,
      },
    }),
    // That of tf_keras 2.21 fails over its own input check.
    { kerasMajor: 3 },
  ),
];
