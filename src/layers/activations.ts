import * as tf from "@tensorflow/tfjs-core";
import { isObject, type Json, type JsonObject } from "../model";
import { number } from "./config";
import { Unknown } from "./row";

export type Activate = (x: tf.Tensor) => tf.Tensor;

const hardSigmoid2: Activate = (x) => tf.clipByValue(tf.add(tf.mul(x, 0.2), 0.5), 0, 1);
const hardSigmoid3: Activate = (x) => tf.div(tf.relu6(tf.add(x, 3)), 6);
const silu: Activate = (x) => tf.mul(x, tf.sigmoid(x));
const erfGelu: Activate = (x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.div(x, Math.SQRT2)), 1));
const logSigmoid: Activate = (x) => tf.logSigmoid(x);
const shrink = (x: tf.Tensor, keep: tf.Tensor): tf.Tensor => tf.mul(x, tf.cast(keep, x.dtype));

/** As Keras computes it, which sums up sums that the paper does not. @see Martins and Astudillo 2016 */
const sparsemax: Activate = (x) => {
  const size = x.shape[x.rank - 1] as number;
  const sorted = tf.topk(x, size).values;
  const counts = tf.range(1, size + 1, 1, "float32");
  const sums = tf.cumsum(sorted, x.rank - 1);
  const isIn = tf.cast(tf.greater(tf.sub(sorted, tf.div(tf.sub(sums, 1), counts)), 0), x.dtype);
  const level = tf.div(tf.sub(tf.sum(tf.mul(sums, isIn), -1, true), 1), tf.sum(isIn, -1, true));
  return tf.relu(tf.sub(x, level));
};

/** One row an activation, by the names that Keras gives it. */
const ACTIVATIONS: { [name: string]: Activate } = {
  linear: (x) => x,
  relu: (x) => tf.relu(x),
  relu6: (x) => tf.relu6(x),
  elu: (x) => tf.elu(x),
  selu: (x) => tf.selu(x),
  celu: (x) => tf.add(tf.relu(x), tf.minimum(0, tf.expm1(x))),
  sigmoid: (x) => tf.sigmoid(x),
  hard_sigmoid: hardSigmoid3,
  tanh: (x) => tf.tanh(x),
  hard_tanh: (x) => tf.clipByValue(x, -1, 1),
  tanh_shrink: (x) => tf.sub(x, tf.tanh(x)),
  soft_shrink: (x) => tf.mul(tf.sign(x), tf.relu(tf.sub(tf.abs(x), 0.5))),
  hard_shrink: (x) => shrink(x, tf.greater(tf.abs(x), 0.5)),
  threshold: (x) => shrink(x, tf.greater(x, 0)),
  squareplus: (x) => tf.mul(tf.add(x, tf.sqrt(tf.add(tf.square(x), 4))), 0.5),
  sparse_plus: (x) => tf.where(tf.greater(x, 1), x, tf.where(tf.less(x, -1), tf.zerosLike(x), tf.div(tf.square(tf.add(x, 1)), 4))),
  sparse_sigmoid: (x) => tf.clipByValue(tf.div(tf.add(x, 1), 2), 0, 1),
  softmax: (x) => tf.softmax(x),
  log_softmax: (x) => tf.logSoftmax(x),
  sparsemax,
  softplus: (x) => tf.softplus(x),
  softsign: (x) => tf.div(x, tf.add(tf.abs(x), 1)),
  log_sigmoid: logSigmoid,
  silu,
  swish: silu,
  hard_silu: (x) => tf.mul(x, hardSigmoid3(x)),
  hard_swish: (x) => tf.mul(x, hardSigmoid3(x)),
  gelu: erfGelu,
  leaky_relu: (x) => tf.leakyRelu(x, 0.2),
  mish: (x) => tf.mul(x, tf.tanh(tf.softplus(x))),
  exponential: (x) => tf.exp(x),
  exp: (x) => tf.exp(x),
  glu: (x) => {
    const [a, b] = tf.split(x, 2, -1) as [tf.Tensor, tf.Tensor];
    return tf.mul(a, tf.sigmoid(b));
  },
};

/** Activations that changed between the generations. */
const KERAS_2: { [name: string]: Activate } = { hard_sigmoid: hardSigmoid2, mish: ACTIVATIONS["mish"] as Activate };

/** Layer classes that stand as activations: `{"class_name": "LeakyReLU", "config": {…}}`, with what their configs do. */
const LAYERS_AS_ACTIVATIONS: { [className: string]: { name: string; apply: (config: JsonObject) => Activate } } = {
  ReLU: { name: "relu", apply: reluOf },
  LeakyReLU: { name: "leaky_relu", apply: leakyReluOf },
  ELU: { name: "elu", apply: eluOf },
  Softmax: { name: "softmax", apply: () => ACTIVATIONS["softmax"] as Activate },
};

/** The layer ReLU, which may leak, and be cut at both ends. */
export function reluOf(config: JsonObject): Activate {
  const written = config["max_value"];
  const limit = written === undefined || written === null ? null : number(config, "max_value", 0);
  const [slope, threshold] = [number(config, "negative_slope", 0), number(config, "threshold", 0)];
  if (slope === 0 && threshold === 0) return (x) => (limit === 6 ? tf.relu6(x) : limit === null ? tf.relu(x) : tf.clipByValue(x, 0, limit));
  return (x) => {
    const above = tf.where(tf.greaterEqual(x, threshold), x, tf.mul(tf.sub(x, threshold), slope));
    return limit === null ? above : tf.minimum(above, limit);
  };
}

/** The layer LeakyReLU: Keras 2 says `alpha`, Keras 3 `negative_slope`. */
export function leakyReluOf(config: JsonObject): Activate {
  const slope = number(config, "negative_slope", number(config, "alpha", 0.3));
  return (x) => tf.leakyRelu(x, slope);
}

/** The layer ELU. */
export function eluOf(config: JsonObject): Activate {
  const alpha = number(config, "alpha", 1);
  return (x) => (alpha === 1 ? tf.elu(x) : tf.where(tf.greater(x, 0), x, tf.mul(tf.expm1(x), alpha)));
}

export interface Activation {
  /** As Keras names it; `linear` for none. */
  name: string;
  apply: Activate;
}

/** The activation that a config names, as a string or as Keras 3's objects; one that nobody knows says so when it is applied. */
export function activationOf(value: Json | undefined, kerasMajor: 2 | 3): Activation {
  const name = activationName(value);
  const layer = layerAsActivation(value);
  if (layer) return { name, apply: layer };
  const own = Object.hasOwn(ACTIVATIONS, name) ? ACTIVATIONS[name] : undefined;
  const apply = (kerasMajor === 2 && Object.hasOwn(KERAS_2, name) ? KERAS_2[name] : undefined) ?? own;
  return { name, apply: apply ?? unknownActivation(name) };
}

/** A function of somebody's own: weights and declared shapes are known all the same. */
function unknownActivation(name: string): Activate {
  return () => {
    throw new Unknown(`its activation ${name.slice(0, 60)} is not one of Keras's own`);
  };
}

function layerAsActivation(value: Json | undefined): Activate | null {
  const className = isObject(value) ? value["class_name"] : value;
  if (typeof className !== "string" || !Object.hasOwn(LAYERS_AS_ACTIVATIONS, className)) return null;
  const config = isObject(value) && isObject(value["config"]) ? value["config"] : {};
  return (LAYERS_AS_ACTIVATIONS[className] as { apply: (config: JsonObject) => Activate }).apply(config);
}

function activationName(value: Json | undefined): string {
  if (value === null || value === undefined) return "linear";
  if (typeof value === "string")
    return (Object.hasOwn(LAYERS_AS_ACTIVATIONS, value) ? LAYERS_AS_ACTIVATIONS[value]?.name : undefined) ?? value;
  if (!isObject(value)) return JSON.stringify(value);
  const { class_name: className, config } = value;
  if (className === "function" && typeof config === "string") return config;
  return typeof className === "string" ? activationName(className) : JSON.stringify(value);
}

/** The names of all activations. */
export const ACTIVATION_NAMES: readonly string[] = Object.keys(ACTIVATIONS);
