import type { JsonObject, Shape } from "../../../../src/model";
import type { Dice } from "../dice";
import { layer, type Place, type Row, ranked } from "../row";

export const ACTIVATIONS = ["linear", "relu", "tanh", "sigmoid", "softmax", "gelu", "elu", "silu", "leaky_relu", "hard_sigmoid"] as const;

const ones = (rank: number): number[] => Array(rank).fill(1);
const dataFormat = (dice: Dice): string => (dice.chance(6) ? "channels_first" : "channels_last");
const channelsOf = (shape: Shape, format: string): number | null => (format === "channels_first" ? shape[1] : shape.at(-1)) ?? null;

/** Keras refuses a stride beside a dilation. */
function sliding(rank: number, { dice }: Place, isEven: boolean): JsonObject {
  const dilates = dice.chance(4);
  const each = (most: number): number[] => {
    const all = dice.times(rank, () => dice.range(1, most));
    return isEven ? all.map(() => all[0] as number) : all;
  };
  return {
    kernel_size: dice.times(rank, () => dice.range(1, 3)),
    strides: dilates ? ones(rank) : each(3),
    dilation_rate: dilates ? each(3) : ones(rank),
    padding: dice.pick(["valid", "same"]),
    use_bias: !dice.chance(4),
    activation: dice.pick(ACTIVATIONS),
  };
}

function plain(rank: number): Row {
  return layer(`Conv${rank}D`, ranked(rank + 2), (shape, place) => {
    const { dice } = place;
    const format = dataFormat(dice);
    const divisors = [1, 2, 3].filter((count) => (channelsOf(shape, format) ?? 1) % count === 0);
    // TensorFlow's convolution of volumes knows no groups on every machine.
    const groups = rank < 3 && dice.chance(3) ? dice.pick(divisors) : 1;
    const isCausal = rank === 1 && format === "channels_last" && dice.chance(4);
    const slides = sliding(rank, place, false);
    return {
      filters: groups * dice.range(1, 4),
      groups,
      data_format: format,
      ...slides,
      ...(isCausal ? { padding: "causal" } : {}),
    };
  });
}

const depthwise = (rank: number): Row =>
  layer(`DepthwiseConv${rank}D`, ranked(rank + 2), (_, place) => ({
    depth_multiplier: place.dice.range(1, 3),
    data_format: dataFormat(place.dice),
    ...sliding(rank, place, true),
  }));

const separable = (rank: number): Row =>
  layer(`SeparableConv${rank}D`, ranked(rank + 2), (_, place) => ({
    filters: place.dice.range(1, 4),
    depth_multiplier: place.dice.range(1, 2),
    data_format: dataFormat(place.dice),
    ...sliding(rank, place, true),
  }));

const transposed = (rank: number): Row =>
  layer(`Conv${rank}DTranspose`, ranked(rank + 2), (_, place) => {
    const { dice } = place;
    const slides = sliding(rank, place, true);
    const strides = slides["strides"] as number[];
    // tf_keras does not save the dilation of a volume.
    const dilation_rate = rank === 3 && place.kerasMajor === 2 ? ones(rank) : (slides["dilation_rate"] as number[]);
    const pads = dice.chance(4) && strides.every((stride) => stride > 1);
    return {
      filters: dice.range(1, 4),
      ...slides,
      dilation_rate,
      ...(pads ? { output_padding: strides.map((stride) => dice.range(0, stride - 1)) } : {}),
    };
  });

export const CONVOLUTIONS: Row[] = [
  plain(1),
  plain(2),
  plain(3),
  depthwise(1),
  depthwise(2),
  separable(1),
  separable(2),
  transposed(1),
  transposed(2),
  transposed(3),
];
