import type { Shape } from "../../../../src/model";
import type { Dice } from "../dice";
import { isFloat, layer, type Row, ranked } from "../row";

const beyondBatch: Row["takes"] = (tensor) => isFloat(tensor) && tensor.shape.length >= 2;

/** Sizes with this product, one of them left open now and then; a fitting size is not always known. */
function target(shape: Shape, dice: Dice): number[] {
  const count = shape.slice(1).reduce<number>((product, size) => product * (size ?? 1), 1);
  const divisor = dice.pick([1, 2, 3, 4, 6].filter((by) => count % by === 0));
  const sizes = dice.pick([[count], [divisor, count / divisor], [count / divisor, divisor], [1, divisor, count / divisor]]);
  const isOpen = shape.slice(1).includes(null) || dice.chance(3);
  const open = dice.below(sizes.length);
  return sizes.map((size, index) => (isOpen && index === open ? -1 : size));
}

function shuffled(count: number, dice: Dice): number[] {
  const left = Array.from({ length: count }, (_, index) => index + 1);
  return dice.times(count, () => left.splice(dice.below(left.length), 1)[0] as number);
}

const pairs = (rank: number, dice: Dice, most: number) => dice.times(rank, () => [dice.range(0, most), dice.range(0, most)]);

/** A line takes one pair, planes and volumes a pair an axis. */
const borders = (className: string, key: string, rank: number, most: number): Row =>
  layer(`${className}${rank}D`, ranked(rank + 2), (_, { dice }) => {
    const all = pairs(rank, dice, most);
    return { [key]: rank === 1 ? (all[0] as number[]) : all };
  });

export const RESHAPINGS: Row[] = [
  layer("Flatten", beyondBatch, (_, { dice }) => ({ data_format: dice.chance(5) ? "channels_first" : "channels_last" })),
  layer("Reshape", beyondBatch, (shape, { dice }) => ({ target_shape: target(shape, dice) })),
  layer(
    "Permute",
    (tensor) => isFloat(tensor) && tensor.shape.length >= 3,
    (shape, { dice }) => ({ dims: shuffled(shape.length - 1, dice) }),
  ),
  layer("RepeatVector", ranked(2), (_, { dice }) => ({ n: dice.range(1, 5) })),
  ...[1, 2, 3].flatMap((rank) => [
    borders("ZeroPadding", "padding", rank, 3),
    borders("Cropping", "cropping", rank, 2),
    layer(`UpSampling${rank}D`, ranked(rank + 2), (_, { dice }) => ({
      size: rank === 1 ? dice.range(1, 3) : dice.times(rank, () => dice.range(1, 3)),
      ...(rank === 2 ? { interpolation: dice.pick(["nearest", "bilinear"]) } : {}),
    })),
  ]),
];
