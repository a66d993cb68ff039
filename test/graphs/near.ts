import type { LayerReport } from "../../src/model";
import type { TensorFlowNode } from "./saved";

/** Relative to the size of the numbers: float32 rounds otherwise where sums are added in another order, the more so the longer they are. */
const TOLERANCE = 5e-4;

const isNear = (ours: number, theirs: number, size: number): boolean =>
  Math.abs(ours - theirs) <= TOLERANCE * Math.max(Math.abs(theirs), size) + 1e-6;

/** First numbers of a tensor; what is null in theirs is no finite number, or no number. */
export function areNear(ours: readonly number[], theirs: readonly (number | null)[]): boolean {
  const size = Math.max(0, ...theirs.map((number) => Math.abs(number ?? 0)));
  return theirs.every((number, index) => number === null || isNear(ours[index] ?? Number.NaN, number, size));
}

/** Whether the first output has the mean that it should, if the engine has numbers and both have told. */
export function hasMeanOf({ stats }: LayerReport, [, , , mean, deviation]: TensorFlowNode): boolean {
  return !stats || mean === null || stats.nans > 0 || isNear(stats.mean, mean, deviation ?? 0);
}
