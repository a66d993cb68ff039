import type { Shape } from "../../../../src/model";
import { anyAxis, isFloat, lastOf, layer, type Place, type Row } from "../row";

const beyondBatch: Row["takes"] = (tensor) => isFloat(tensor) && tensor.shape.length >= 2;

const scales = ({ dice }: Place) => ({ center: !dice.chance(4), scale: !dice.chance(4) });

/** One axis, or several of them. */
function someAxes(shape: Shape, { dice }: Place): number | number[] {
  if (!dice.chance(3)) return anyAxis(shape, dice);
  return [...new Set(dice.times(2, () => dice.range(1, shape.length - 1)))].sort((a, b) => a - b);
}

const divisors = (size: number): number[] => Array.from({ length: size }, (_, index) => index + 1).filter((by) => size % by === 0);

export const NORMALIZATIONS: Row[] = [
  layer("BatchNormalization", beyondBatch, (shape, place) => ({ axis: anyAxis(shape, place.dice), ...scales(place) })),
  layer("LayerNormalization", beyondBatch, (shape, place) => ({ axis: someAxes(shape, place), ...scales(place) })),
  layer(
    "GroupNormalization",
    (tensor) => isFloat(tensor) && tensor.shape.length >= 3,
    (shape, place) => ({
      groups: place.dice.chance(5) ? -1 : place.dice.pick(divisors(lastOf(shape) ?? 1)),
      ...scales(place),
    }),
  ),
  layer("UnitNormalization", beyondBatch, (shape, place) => ({ axis: someAxes(shape, place) })),
  layer("RMSNormalization", beyondBatch, (shape, place) => ({ axis: anyAxis(shape, place.dice) }), { kerasMajor: 3 }),
  layer("Normalization", beyondBatch, (shape, { dice }) => {
    const size = lastOf(shape) ?? 1;
    const statistics = dice.pick([null, size, 1]);
    const written = (value: number) => (statistics === null ? null : Array(statistics).fill(value));
    return { axis: dice.chance(3) ? anyAxis(shape, dice) : -1, mean: written(0.5), variance: written(2), invert: dice.chance(4) };
  }),
  layer("Rescaling", beyondBatch, (shape, { dice }) => {
    const size = dice.pick([0, lastOf(shape) ?? 1, 3]);
    return { scale: size === 0 ? 0.5 : Array(size).fill(0.5), offset: dice.chance(3) ? -1 : 0 };
  }),
];
