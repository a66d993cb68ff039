import * as tf from "@tensorflow/tfjs-core";
import { type Activation, activationOf } from "../activations";
import { boolean, integer, knownSize } from "../config";
import { type Definition, define, type WeightShapes } from "../define";
import type { LayerTable } from "../row";

/** Random features of a vector, whose products are near to a kernel's. @see tf_keras `RandomFourierFeatures` */
const fourier: Definition<{ count: number }> = {
  options: (config) => ({ count: integer(config, "output_dim") }),
  weights: ({ count }, first) => [
    ["kernel_scale", [1]],
    ["unscaled_kernel", [knownSize(first, -1), count]],
    ["bias", [count]],
  ],
  rule: (_, first) => ({ rank: 2, axes: [[1, knownSize(first, 1)]] }),
  declare: ({ count }, first) => [first[0] ?? null, count],
  run: (_, x, { kernel_scale: scale, unscaled_kernel: kernel, bias }) => {
    const scaled = tf.mul(kernel as tf.Tensor, tf.div(1, scale as tf.Tensor));
    return tf.cos(tf.add(tf.matMul(x, scaled), bias as tf.Tensor));
  },
};

interface LinearOptions {
  units: number;
  useBias: boolean;
  activation: Activation;
}

/** A model by itself in tf_keras: a product for each input, added up. @see tf_keras `LinearModel` */
const linear: Definition<LinearOptions> = {
  options: (config) => ({
    units: integer(config, "units", 1),
    useBias: boolean(config, "use_bias", true),
    activation: activationOf(config["activation"], 2),
  }),
  weights: ({ units, useBias }, _, inputs): WeightShapes => [
    ...inputs.map((shape, index): [string, number[]] => [`${index}/kernel`, [knownSize(shape, -1), units]]),
    ...(useBias ? ([["bias", [units]]] as WeightShapes) : []),
  ],
  declare: ({ units }, first) => [first[0] ?? null, units],
  run: ({ activation }, _, weights, { tensors }) => {
    const [first, ...others] = tensors.map((x, index) => tf.matMul(x, weights[`${index}/kernel`] as tf.Tensor));
    const sum = others.reduce<tf.Tensor>((all, one) => tf.add(all, one), first as tf.Tensor);
    return activation.apply(weights["bias"] ? tf.add(sum, weights["bias"]) : sum);
  },
};

export const LINEAR: LayerTable = {
  RandomFourierFeatures: define(fourier),
  LinearModel: define(linear),
};
