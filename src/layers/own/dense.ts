import * as tf from "@tensorflow/tfjs-core";
import type { Shape } from "../../model";
import { type Activation, activationOf } from "../activations";
import { boolean, integer, knownSize } from "../config";
import { type Definition, define } from "../define";
import type { LayerTable } from "../row";

interface DenseOptions {
  units: number;
  useBias: boolean;
  activation: Activation;
}

/** Keras multiplies a matrix by a matrix, and a tensor of more axes along its last one. */
const dense: Definition<DenseOptions> = {
  options: (config, { kerasMajor }) => ({
    units: integer(config, "units"),
    useBias: boolean(config, "use_bias", true),
    activation: activationOf(config["activation"], kerasMajor),
  }),
  weights: ({ units, useBias }, first) => [
    ["kernel", [knownSize(first, -1), units]],
    ...(useBias ? ([["bias", [units]]] as [string, number[]][]) : []),
  ],
  rule: (_, first) => ({ minRank: 2, axes: [[-1, knownSize(first, -1)]] }),
  declare: ({ units }, first): Shape => [...first.slice(0, -1), units],
  run: ({ activation }, x, { kernel, bias }) => {
    const matrix = x.rank === 2 ? x : tf.reshape(x, [-1, x.shape[x.rank - 1] as number]);
    const product = tf.matMul(matrix, kernel as tf.Tensor);
    const y = x.rank === 2 ? product : tf.reshape(product, [...x.shape.slice(0, -1), (kernel as tf.Tensor).shape[1] as number]);
    return activation.apply(bias ? tf.add(y, bias) : y);
  },
};

export const DENSE: LayerTable = { Dense: define(dense) };
