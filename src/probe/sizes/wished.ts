import type { WishedSize } from "../../model";
import { passes, type Trials } from "./trials";

/** What is known of one size: `period` is how far it is at most to one that every stride divides, `longest` the longest side that is tried. */
export function* wishedSize(
  trials: Trials,
  size: readonly number[],
  { period, longest }: { period: number; longest: number },
): Generator<undefined, Omit<WishedSize, "gate">> {
  const smallest: (number | null)[] = [];
  for (let axis = 0; axis < size.length; axis++) smallest.push(yield* smallestAlong(trials, size, axis, longest));
  return {
    size: [...size],
    obstacle: passes(trials.try(size)) ? null : trials.obstacle(size),
    smallest,
    longest,
    even: yield* evenSizes(trials, size, period),
  };
}

function* smallestAlong(trials: Trials, size: readonly number[], axis: number, longest: number): Generator<undefined, number | null> {
  for (let side = 1; side <= longest; side++) {
    if (passes(trials.try(size.map((wished, each) => (each === axis ? side : wished))))) return side;
    yield;
  }
  return null;
}

/** Sizes made of the nearest sides below and above (or the wished ones) that every stride divides, nearest first; equal sides stay equal. */
function* evenSizes(trials: Trials, size: readonly number[], period: number): Generator<undefined, number[][]> {
  const choices: number[][] = [];
  for (let axis = 0; axis < size.length; axis++) choices.push(yield* evenSides(trials, size, axis, period));
  const isSquare = size.every((side) => side === size[0]);
  const combined = combinations(choices).filter((sides) => !isSquare || sides.every((side) => side === sides[0]));
  const distance = (sides: number[]) => sides.reduce((sum, side, axis) => sum + Math.abs(side - (size[axis] as number)), 0);
  return combined
    .filter((sides) => {
      const trial = trials.try(sides);
      return passes(trial) && trial.uneven.every((layer) => layer === null);
    })
    .sort((a, b) => distance(a) - distance(b));
}

function* evenSides(trials: Trials, size: readonly number[], axis: number, period: number): Generator<undefined, number[]> {
  const wished = size[axis] as number;
  const isEven = (side: number) => side >= 1 && trials.try(size.map((each, at) => (at === axis ? side : each))).uneven[axis] === null;
  if (isEven(wished)) return [wished];
  const found: number[] = [];
  for (const direction of [-1, 1])
    for (let step = 1; step <= period; step++) {
      if (!isEven(wished + direction * step)) continue;
      found.push(wished + direction * step);
      break;
    }
  yield;
  return found;
}

function combinations(choices: readonly number[][]): number[][] {
  return choices.reduce<number[][]>((all, sides) => all.flatMap((chosen) => sides.map((side) => [...chosen, side])), [[]]);
}
