import type { ValidSides } from "../../model";

/** Which sides of a range run: `runs[i]` tells of side `from + i`. */
export interface Stretch {
  from: number;
  runs: boolean[];
}

/**
 * In few words which sides run, from those `near` the minimum, which begin with it, and some that are `far` from it, as many as two periods
 * of all strides together: ranges where the far ones run all or none, else remainders.
 */
export function validSides(near: Stretch, far: Stretch): ValidSides {
  const openEnd = far.runs.every(Boolean);
  if (openEnd || far.runs.every((runs) => !runs)) return { ranges: rangesOf(near, openEnd) };
  const period = periodOf(far);
  const remainders = far.runs
    .slice(0, period)
    .flatMap((runs, index) => (runs ? [(far.from + index) % period] : []))
    .sort((a, b) => a - b);
  return { period, remainders };
}

function rangesOf({ from, runs }: Stretch, openEnd: boolean): [number, number | null][] {
  const ranges: [number, number | null][] = [];
  runs.forEach((ran, index) => {
    const side = from + index;
    const last = ranges.at(-1);
    if (ran && last && last[1] === side - 1) last[1] = side;
    else if (ran) ranges.push([side, side]);
  });
  const last = ranges.at(-1);
  if (openEnd && last && last[1] === from + runs.length - 1) last[1] = null;
  return ranges;
}

/** The smallest period that what runs repeats itself with. */
function periodOf({ runs }: Stretch): number {
  for (let period = 1; period < runs.length; period++) if (runs.every((ran, i) => i < period || ran === runs[i - period])) return period;
  return runs.length;
}
