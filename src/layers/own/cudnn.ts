import * as tf from "@tensorflow/tfjs-core";
import type { JsonObject } from "../../model";
import type { Weights } from "../define";
import { type Cell, gruCell, lstmCell } from "./cells";

/** A cell whose weights lie as cuDNN wants them: turned gate by gate, and the biases of input and states in one row. */
function laidOut(cell: Cell, gates: number, biasOf: (rows: tf.Tensor) => tf.Tensor): Cell {
  const { units } = cell;
  return {
    ...cell,
    weights: (width) => cell.weights(width).map(([name, shape]) => [name, name === "bias" ? [units * gates * 2] : shape]),
    step: (x, states, { kernel, recurrent_kernel: recurrent, bias }) => {
      const turned: Weights = {
        kernel: eachGate(kernel as tf.Tensor, gates, (part) => tf.transpose(tf.reshape(part, [units, -1]))),
        recurrent_kernel: eachGate(recurrent as tf.Tensor, gates, (part) => tf.transpose(part)),
        bias: biasOf(tf.reshape(bias as tf.Tensor, [2, units * gates])),
      };
      return cell.step(x, states, turned);
    },
  };
}

const eachGate = (kernel: tf.Tensor, gates: number, turn: (part: tf.Tensor) => tf.Tensor): tf.Tensor =>
  tf.concat(tf.split(kernel, gates, 1).map(turn), 1);

/** The cell of `CuDNNLSTM`. @see Keras `preprocess_weights_for_loading` */
export const cudnnLstmCell = (config: JsonObject, kerasMajor: 2 | 3): Cell =>
  laidOut(lstmCell({ units: config["units"] ?? null }, kerasMajor), 4, (rows) => tf.sum(rows, 0));

/** The cell of `CuDNNGRU`, which resets after it multiplies. */
export const cudnnGruCell = (config: JsonObject, kerasMajor: 2 | 3): Cell =>
  laidOut(gruCell({ units: config["units"] ?? null, reset_after: true }, kerasMajor), 3, (rows) => rows);
