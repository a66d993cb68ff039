import type { Look, Summary } from "../../engines";
import type { LayerReport } from "../../model";

export type Stats = NonNullable<LayerReport["stats"]>;

/** What a person asks of a tensor's numbers, and their means along an axis where those were needed for it. */
export function statsOfLook(look: Look, axis: number): { stats: Stats; means: ArrayLike<number> | null } {
  const summary = look.summary();
  const means = summary && look.means(axis);
  return { stats: (means && statsOfSummary(summary, means)) ?? statsOf(look.all()), means };
}

/** TensorFlow's sum of squares is off by a millionth: no more than this much larger, and the spread is off by a hundred-thousandth. */
const MOST_SQUARES = 20;
/** Squares of floats beyond these are 0 or infinite. */
const [LEAST, MOST] = [1e-30, 1e30];

/** Null where the sums that the engine made cannot tell it well enough. `means`: of as many numbers each, all together. */
function statsOfSummary({ min, max, squares, zeros, count }: Summary, means: ArrayLike<number>): Stats | null {
  if (min === 0 && max === 0 && squares === 0) return { min, max, mean: 0, std: 0, zeros, nans: 0 };
  let sum = 0;
  for (let index = 0; index < means.length; index++) sum += means[index] as number;
  const mean = sum / means.length;
  const square = squares / count;
  const variance = square - mean * mean;
  const isSure = square > LEAST && square < MOST && variance * MOST_SQUARES > square;
  return isSure ? { min, max, mean, std: Math.sqrt(variance), zeros, nans: 0 } : null;
}

/** What a person asks of a tensor's numbers; those of NaN and of infinity are counted and left out of the others. */
export function statsOf(numbers: ArrayLike<number>): Stats {
  // Almost every tensor is floats without NaN, and there are millions of them: one way through, for which the engine can make fast code.
  return (numbers instanceof Float32Array ? statsOfFinite(numbers) : null) ?? statsOfAny(numbers);
}

/**
 * Null where a number is NaN or infinite, which the sum of the squares tells. Squares are of the distance to the first number: in double
 * precision that loses nothing of floats unless they spread a million times less than they differ from it.
 */
function statsOfFinite(numbers: Float32Array): Stats | null {
  const { length } = numbers;
  if (length === 0) return null;
  const pivot = numbers[0] as number;
  let min = pivot;
  let max = pivot;
  let zeros = 0;
  // Sums side by side: the processor adds to one while it waits for the other.
  let sumEven = 0;
  let sumOdd = 0;
  let squaresEven = 0;
  let squaresOdd = 0;
  for (let index = length % 2; index < length; index += 2) {
    const a = numbers[index] as number;
    const b = numbers[index + 1] as number;
    min = Math.min(min, a, b);
    max = Math.max(max, a, b);
    zeros += (a === 0 ? 1 : 0) + (b === 0 ? 1 : 0);
    const awayA = a - pivot;
    const awayB = b - pivot;
    sumEven += awayA;
    sumOdd += awayB;
    squaresEven += awayA * awayA;
    squaresOdd += awayB * awayB;
  }
  // Of an odd number of them the first stood for itself: it is the pivot.
  if (length % 2 === 1 && pivot === 0) zeros++;
  const squares = squaresEven + squaresOdd;
  if (!Number.isFinite(squares)) return null;
  const shift = (sumEven + sumOdd) / length;
  const variance = Math.max(0, squares / length - shift * shift);
  return { min, max, mean: pivot + shift, std: Math.sqrt(variance), zeros, nans: 0 };
}

function statsOfAny(numbers: ArrayLike<number>): Stats {
  let [min, max, sum, zeros, nans] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0];
  for (let index = 0; index < numbers.length; index++) {
    const value = numbers[index] as number;
    if (!Number.isFinite(value)) {
      nans++;
      continue;
    }
    if (value < min) min = value;
    if (value > max) max = value;
    if (value === 0) zeros++;
    sum += value;
  }
  const count = numbers.length - nans;
  if (count === 0) return { min: 0, max: 0, mean: 0, std: 0, zeros, nans };
  const mean = sum / count;
  // A second way through: the difference of two large sums would lose a small spread.
  let squares = 0;
  for (let index = 0; index < numbers.length; index++) {
    const value = numbers[index] as number;
    if (Number.isFinite(value)) squares += (value - mean) ** 2;
  }
  return { min, max, mean, std: Math.sqrt(squares / count), zeros, nans };
}
