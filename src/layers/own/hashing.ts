import type * as tf from "@tensorflow/tfjs-core";
import { formatShape, type JsonObject, type Shape, sameShape } from "../../model";
import { integer } from "../config";
import { type Definition, define } from "../define";
import type { LayerTable, Making } from "../row";
import { shapeOnly } from "../shape-only";
import { declareTraced, type EncodingMode, eachToDepth, encode, encodingMode, lastToDepth } from "./encoding";

interface HashingOptions {
  bins: number;
  mode: EncodingMode;
  kerasMajor: 2 | 3;
}

const hashingOptions = (config: JsonObject, { kerasMajor }: Making): HashingOptions => ({
  bins: integer(config, "num_bins"),
  mode: encodingMode(config, "int"),
  kerasMajor,
});

/** Words and numbers to one of a few bins. tfjs has none of TensorFlow's hashes, so which bin it is is not computed. */
const hashing: Definition<HashingOptions> = {
  options: hashingOptions,
  // Keras 3 declares one sample a row, also where it then gives a one for each of many.
  declare: ({ bins, mode, kerasMajor }, first) => {
    if (kerasMajor === 2) return declareTraced(first, mode, bins);
    return mode === "int" ? first : lastToDepth(first, bins);
  },
  run: ({ bins, mode, kerasMajor }, x) => {
    if (kerasMajor === 2 && x.dtype === "float32") throw new Error("it takes words and whole numbers, not floats");
    const isSingle = kerasMajor === 3 && mode === "one_hot" && x.shape.at(-1) === 1;
    return encode(shapeOnly([x], isSingle ? x.shape.slice(0, -1) : x.shape, "int32"), mode, bins, kerasMajor);
  },
};

/** Several features crossed to one of a few bins: `[batch]` or `[batch, 1]` each. */
const crossing: Definition<HashingOptions> = {
  options: hashingOptions,
  declare: ({ bins, mode, kerasMajor }, first, inputs) => {
    if (kerasMajor === 2) return declareTraced(first, mode, bins);
    if (inputs.length !== 2) throw new Error(`it crosses 2 tensors, got ${inputs.length}`);
    return mode === "int" ? first : declareCrossed(first, bins);
  },
  run: ({ bins, mode, kerasMajor }, x, _, { tensors }) => {
    requireColumns(tensors);
    return encode(shapeOnly(tensors, x.shape, "int32"), mode, bins, kerasMajor);
  },
};

const declareCrossed = (first: Shape, bins: number): Shape => (first.at(-1) === 1 ? lastToDepth(first, bins) : eachToDepth(first, bins));

function requireColumns(tensors: tf.Tensor[]): void {
  const shapes = tensors.map(({ shape }) => formatShape(shape)).join(", ");
  const [first] = tensors;
  const isColumn = first && (first.rank < 2 || (first.rank === 2 && first.shape[1] === 1));
  if (!isColumn) throw new Error(`it crosses columns of the shape batch or batch×1, got ${shapes}`);
  if (!tensors.every(({ shape }) => sameShape(shape, first.shape))) throw new Error(`it crosses columns of one shape, got ${shapes}`);
  if (tensors.some(({ dtype }) => dtype === "float32")) throw new Error("it crosses words and whole numbers, not floats");
}

export const HASHINGS: LayerTable = {
  Hashing: define(hashing),
  HashedCrossing: define(crossing),
};
