import type { ValidSides } from "../../model";

/** Which sides of a range run: `runs[i]` tells of side `from + i`. */
export interface Stretch {
  from: number;
  runs: boolean[];
}

/**
 * In few words which sides run, from those `near` the minimum, which begin with it, and some that are `far` from it, as many as two periods
 * of all strides together. Where the far ones do not all run, the near ones go up to them.
 */
export function validSides(near: Stretch, far: Stretch): ValidSides {
  const isOpen = far.runs.every(Boolean);
  const period = periodOf(far);
  // What does not repeat itself is no pattern, but single sides.
  const isPattern = far.runs.some(Boolean) && 2 * period <= far.runs.length;
  const isWhole = near.from + near.runs.length === far.from;
  const ranges = rangesOf(isWhole ? { from: near.from, runs: [...near.runs, ...far.runs] } : near, isOpen);
  if (isOpen || !isPattern) return { ranges, beyond: null };
  const from = patternStart(near, far, period);
  const remainders = far.runs
    .slice(0, period)
    .flatMap((runs, index) => (runs ? [(far.from + index) % period] : []))
    .sort((a, b) => a - b);
  return { ranges: rangesOf({ from: near.from, runs: near.runs.slice(0, from - near.from) }, false), beyond: { from, period, remainders } };
}

/** The first of the near sides from which on all are as the far ones. */
function patternStart(near: Stretch, far: Stretch, period: number): number {
  const offset = (side: number) => (((side - far.from) % period) + period) % period;
  let from = near.from + near.runs.length;
  while (from > near.from && near.runs[from - 1 - near.from] === far.runs[offset(from - 1)]) from--;
  return from;
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
