import type { LayerReport } from "../../model";

/** What a person asks of a tensor's numbers; those of NaN and of infinity are counted and left out of the others. */
export function statsOf(numbers: ArrayLike<number>): NonNullable<LayerReport["stats"]> {
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
