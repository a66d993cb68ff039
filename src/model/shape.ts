/** Axis sizes, batch first, in the order of the tensor. `null`: left open by the file. */
export type Shape = (number | null)[];

/** How a shape is written for people: `128×128×3`, an open axis as `?`, a scalar as `scalar`. */
export function formatShape(shape: readonly (number | null)[]): string {
  return shape.length === 0 ? "scalar" : shape.map((size) => size ?? "?").join("×");
}

/** Whether two shapes have the same axes; an open axis equals only an open axis. */
export function sameShape(a: readonly (number | null)[], b: readonly (number | null)[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** Whether a shape is one that a declared shape allows: an open axis allows any size, and what nobody declared allows everything. */
export function allows(declared: Shape | null | undefined, shape: readonly number[]): boolean {
  if (!declared) return true;
  return declared.length === shape.length && declared.every((size, axis) => size === null || size === shape[axis]);
}

/** Number of elements of a concrete shape; 1 for a scalar. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((count, size) => count * size, 1);
}
