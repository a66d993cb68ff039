import { formatShape, type Shape } from "../model";

/**
 * Shape of an elementwise operation on two declared shapes, aligned at the last axis. An open axis takes the other's size
 * unless that is 1, as only 1 or that size can fit. @throws Error where two sizes cannot meet
 */
export function broadcastShapes(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = sizeAt(a, axis - rank + a.length);
    const right = sizeAt(b, axis - rank + b.length);
    if (left === right || right === 1) return left;
    if (left === 1 || left === null) return right;
    if (right === null) return left;
    throw new Error(`shapes ${formatShape(a)} and ${formatShape(b)} do not go together`);
  });
}

function sizeAt(shape: Shape, axis: number): number | null {
  return axis < 0 ? 1 : (shape[axis] ?? null);
}
