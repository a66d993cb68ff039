import { formatShape } from "../../model";
import { ShapeError } from "./error";

/** Axis counted from the front; `axis` may count from the back. `slots`: number of places, if not that of the shape's axes. */
export function resolveAxis(axis: number, shape: readonly number[], slots = shape.length): number {
  if (!Number.isInteger(axis) || axis < -slots || axis >= slots) {
    throw new ShapeError(`there is no axis ${axis} in ${formatShape(shape)}`);
  }
  return axis < 0 ? axis + slots : axis;
}

/** The axes named by `axis`, from the front, in rising order; all of them when it is not given. */
export function resolveAxes(axis: number | number[] | null | undefined, shape: readonly number[]): number[] {
  if (axis == null) return shape.map((_, index) => index);
  const named = Array.isArray(axis) ? axis : [axis];
  return [...new Set(named.map((one) => resolveAxis(one, shape)))].sort((a, b) => a - b);
}

/** Number of elements. */
export function elements(shape: readonly number[]): number {
  let count = 1;
  for (const size of shape) count *= size;
  return count;
}
