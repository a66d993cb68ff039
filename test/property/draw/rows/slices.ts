import type { Shape } from "../../../../src/model";
import type { Dice } from "../dice";

/** One part of `x[…]`, in neither generation's spelling: a slice, an index, a new axis or the rest. */
export type Part = { start: number | null; stop: number | null; step: number | null } | number | null | "...";

const WHOLE: Part = { start: null, stop: null, step: null };

/** Parts that keep the batch and often fit the axes after it. */
export function parts(shape: Shape, dice: Dice): Part[] {
  if (dice.chance(5)) return ["...", dice.pick([null, 0, WHOLE])];
  const taken = shape.slice(1, 1 + dice.range(1, shape.length - 1)).map((): Part => {
    const start = dice.pick([null, 0, 1, -2]);
    const stop = dice.pick([null, 2, -1, 5]);
    return dice.pick<Part>([WHOLE, { start, stop, step: null }, { start: null, stop: null, step: dice.pick([2, -1]) }, 0, -1, null]);
  });
  return [WHOLE, ...taken];
}
