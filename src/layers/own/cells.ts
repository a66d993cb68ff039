import * as tf from "@tensorflow/tfjs-core";
import type { JsonObject } from "../../model";
import { type Activation, activationOf } from "../activations";
import { boolean, integer } from "../config";
import type { WeightShapes, Weights } from "../define";

/** One step of a recurrent layer: what it keeps between steps, and how. States and outputs are `[batch, units]`. */
export interface Cell {
  units: number;
  /** Widths of the tensors that it keeps. */
  stateUnits: number[];
  weights(width: number): WeightShapes;
  step(x: tf.Tensor, states: tf.Tensor[], weights: Weights): Stepped;
}

export interface Stepped {
  output: tf.Tensor;
  states: tf.Tensor[];
}

interface CellOptions {
  units: number;
  useBias: boolean;
  activation: Activation;
  gate: Activation;
}

const cellOptions = (config: JsonObject, kerasMajor: 2 | 3): CellOptions => ({
  units: integer(config, "units"),
  useBias: boolean(config, "use_bias", true),
  activation: activationOf(config["activation"] ?? (config["activation"] === undefined ? "tanh" : null), kerasMajor),
  gate: activationOf(config["recurrent_activation"] ?? "sigmoid", kerasMajor),
});

const gateWeights =
  ({ units, useBias }: CellOptions, gates: number, bias: number[]) =>
  (width: number): WeightShapes => [
    ["kernel", [width, units * gates]],
    ["recurrent_kernel", [units, units * gates]],
    ...(useBias ? ([["bias", bias]] as WeightShapes) : []),
  ];

/** `x · kernel + state · recurrent_kernel + bias`. */
function mixed(x: tf.Tensor, state: tf.Tensor, { kernel, recurrent_kernel: recurrent, bias }: Weights): tf.Tensor {
  const sum = tf.add(tf.matMul(x, kernel as tf.Tensor), tf.matMul(state, recurrent as tf.Tensor));
  return bias ? tf.add(sum, bias) : sum;
}

export function simpleCell(config: JsonObject, kerasMajor: 2 | 3): Cell {
  const options = cellOptions(config, kerasMajor);
  return {
    units: options.units,
    stateUnits: [options.units],
    weights: gateWeights(options, 1, [options.units]),
    step: (x, [state], weights) => {
      const output = options.activation.apply(mixed(x, state as tf.Tensor, weights));
      return { output, states: [output] };
    },
  };
}

export function lstmCell(config: JsonObject, kerasMajor: 2 | 3): Cell {
  const options = cellOptions(config, kerasMajor);
  return {
    units: options.units,
    stateUnits: [options.units, options.units],
    weights: gateWeights(options, 4, [options.units * 4]),
    step: (x, [state, carry], weights) => {
      const [input, forget, candidate, output] = tf.split(mixed(x, state as tf.Tensor, weights), 4, -1) as [
        tf.Tensor,
        tf.Tensor,
        tf.Tensor,
        tf.Tensor,
      ];
      const kept = tf.mul(options.gate.apply(forget), carry as tf.Tensor);
      const next = tf.add(kept, tf.mul(options.gate.apply(input), options.activation.apply(candidate)));
      const shown = tf.mul(options.gate.apply(output), options.activation.apply(next));
      return { output: shown, states: [shown, next] };
    },
  };
}

/** With `reset_after`, as in cuDNN, the recurrent part has a bias of its own. */
export function gruCell(config: JsonObject, kerasMajor: 2 | 3): Cell {
  const options = cellOptions(config, kerasMajor);
  const resetsAfter = boolean(config, "reset_after", true);
  const { units, gate, activation } = options;
  return {
    units,
    stateUnits: [units],
    weights: gateWeights(options, 3, resetsAfter ? [2, units * 3] : [units * 3]),
    step: (x, [state], weights) => {
      const before = state as tf.Tensor;
      const [xz, xr, xh] = tf.split(inputPart(x, weights, resetsAfter), 3, -1) as [tf.Tensor, tf.Tensor, tf.Tensor];
      const recurrent = weights["recurrent_kernel"] as tf.Tensor;
      const [hz, hr, hh] = tf.split(recurrentPart(before, weights, resetsAfter), 3, -1) as [tf.Tensor, tf.Tensor, tf.Tensor];
      const update = gate.apply(tf.add(xz, hz));
      const reset = gate.apply(tf.add(xr, hr));
      const last = tf.slice(recurrent, [0, units * 2], [units, units]);
      const candidate = activation.apply(tf.add(xh, resetsAfter ? tf.mul(reset, hh) : tf.matMul(tf.mul(reset, before), last)));
      const next = tf.add(tf.mul(update, before), tf.mul(tf.sub(1, update), candidate));
      return { output: next, states: [next] };
    },
  };
}

function inputPart(x: tf.Tensor, { kernel, bias }: Weights, resetsAfter: boolean): tf.Tensor {
  const y = tf.matMul(x, kernel as tf.Tensor);
  if (!bias) return y;
  return tf.add(y, resetsAfter ? (tf.unstack(bias)[0] as tf.Tensor) : bias);
}

function recurrentPart(state: tf.Tensor, { recurrent_kernel: recurrent, bias }: Weights, resetsAfter: boolean): tf.Tensor {
  const y = tf.matMul(state, recurrent as tf.Tensor);
  return bias && resetsAfter ? tf.add(y, tf.unstack(bias)[1] as tf.Tensor) : y;
}

/** Cells by class. */
export const CELLS: { [className: string]: (config: JsonObject, kerasMajor: 2 | 3) => Cell } = {
  SimpleRNNCell: simpleCell,
  LSTMCell: lstmCell,
  GRUCell: gruCell,
};
