import type { Json, JsonObject } from "../../../../src/model";
import { asArgument, isFloat, layer, type Place, type Row, ranked } from "../row";

const STATES: { [className: string]: number } = { SimpleRNN: 1, LSTM: 2, GRU: 1 };

const gives = ({ dice }: Place) => ({
  return_sequences: dice.chance(2),
  return_state: dice.chance(4),
  go_backwards: dice.chance(4),
});

const cellOptions = (className: string, { dice }: Place): JsonObject => ({
  units: dice.range(1, 4),
  use_bias: !dice.chance(4),
  activation: dice.pick(["tanh", "relu", "linear"]),
  ...(className.startsWith("GRU") ? { reset_after: !dice.chance(3) } : {}),
});

const written = (className: string, config: JsonObject): Json => ({
  module: "keras.layers",
  class_name: className,
  config,
  registered_name: null,
});

const plain = (className: string): Row =>
  layer(className, ranked(3), (_, place) => ({ ...cellOptions(className, place), ...gives(place) }));

/** The states that it begins with come from elsewhere in the model. */
const fromStates = (className: string): Row => ({
  className,
  takes: ranked(3),
  draw: (tensor, place) => {
    const state = place.partner((other) => isFloat(other) && other.shape.length === 2 && typeof other.shape[1] === "number");
    if (!state) return null;
    const states = Array(STATES[className]).fill(asArgument(state));
    const config = { ...cellOptions(className, place), ...gives(place), units: state.shape[1] as number };
    // tf_keras flattens the states into the list of inputs.
    return place.kerasMajor === 2
      ? { config, args: [[asArgument(tensor), ...states]] }
      : { config, kwargs: { initial_state: states }, args: [asArgument(tensor)] };
  },
});

const bidirectional: Row = layer("Bidirectional", ranked(3), (_, place) => {
  const className = place.dice.pick(["LSTM", "GRU", "SimpleRNN"]);
  const config = { name: place.name(className), ...cellOptions(className, place), ...gives(place), go_backwards: false };
  return { layer: written(className, config), merge_mode: place.dice.pick(["concat", "sum", "mul", "ave", null]) };
});

function cell(place: Place): Json {
  const className = place.dice.pick(["LSTMCell", "GRUCell", "SimpleRNNCell"]);
  return written(className, { name: place.name(className), ...cellOptions(className, place) });
}

const ofCell: Row = layer("RNN", ranked(3), (_, place) => {
  const isStack = place.dice.chance(2);
  const cells = place.dice.times(place.dice.range(1, 2), () => cell(place));
  const stack = written("StackedRNNCells", { name: place.name("StackedRNNCells"), cells });
  return { cell: isStack ? stack : cell(place), ...gives(place) };
});

const convolving = (rank: number): Row =>
  layer(`ConvLSTM${rank}D`, ranked(rank + 3), (_, place) => ({
    filters: place.dice.range(1, 3),
    kernel_size: place.dice.times(rank, () => place.dice.range(1, 2)),
    strides: place.dice.times(rank, () => place.dice.range(1, 2)),
    padding: place.dice.pick(["valid", "same"]),
    ...gives(place),
  }));

/** What may stand at each step. */
const timeDistributed = (inner: readonly Row[]): Row => ({
  className: "TimeDistributed",
  takes: (tensor) => isFloat(tensor) && tensor.shape.length >= 3,
  draw: (tensor, place) => {
    const [batch = null, , ...rest] = tensor.shape;
    const step = { ...tensor, shape: [batch, ...rest] };
    const fitting = inner.filter(({ takes, kerasMajor }) => takes(step) && (kerasMajor ?? place.kerasMajor) === place.kerasMajor);
    const row = place.dice.pick(fitting);
    const drawn = row.draw(step, place);
    return drawn && { config: { layer: written(row.className, { name: place.name(row.className), ...drawn.config }) } };
  },
});

/** `inner`: rows of layers of one tensor. */
export const recurrent = (inner: readonly Row[]): Row[] => [
  ...Object.keys(STATES).map(plain),
  ...Object.keys(STATES).map(fromStates),
  bidirectional,
  ofCell,
  convolving(1),
  convolving(2),
  timeDistributed(inner),
];
