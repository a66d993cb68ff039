import { layer, type Row, ranked } from "../row";

const dataFormat = ["channels_last", "channels_last", "channels_last", "channels_first"] as const;

const pooling = (kind: string, rank: number): Row =>
  layer(`${kind}Pooling${rank}D`, ranked(rank + 2), (_, { dice }) => ({
    pool_size: dice.times(rank, () => dice.range(1, 3)),
    strides: dice.chance(3) ? null : dice.times(rank, () => dice.range(1, 3)),
    padding: dice.pick(["valid", "same"]),
    data_format: dice.pick(dataFormat),
  }));

const global = (kind: string, rank: number): Row =>
  layer(`Global${kind}Pooling${rank}D`, ranked(rank + 2), (_, { dice }) => ({
    keepdims: dice.chance(2),
    data_format: dice.pick(dataFormat),
  }));

const adaptive = (kind: string, rank: number): Row =>
  layer(
    `Adaptive${kind}Pooling${rank}D`,
    ranked(rank + 2),
    (_, { dice }) => ({ output_size: dice.times(rank, () => dice.range(1, 4)), data_format: dice.pick(dataFormat) }),
    { kerasMajor: 3 },
  );

const inAllRanks = (make: (kind: string, rank: number) => Row): Row[] =>
  ["Max", "Average"].flatMap((kind) => [1, 2, 3].map((rank) => make(kind, rank)));

export const POOLINGS: Row[] = [...inAllRanks(pooling), ...inAllRanks(global), ...inAllRanks(adaptive)];
