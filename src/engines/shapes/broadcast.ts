import { broadcast_util } from "@tensorflow/tfjs-core";
import { formatShape } from "../../model";
import { ShapeError } from "./error";

/** Shape that `a` and `b` are stretched to, aligned at the last axis. @throws ShapeError where neither of two differing sizes is 1. */
export function broadcastShape(a: number[], b: number[]): number[] {
  try {
    return broadcast_util.assertAndGetBroadcastShape(a, b);
  } catch {
    // tfjs's only reason to throw; its message has the shapes but not in our words.
    throw new ShapeError(`${formatShape(a)} and ${formatShape(b)} do not broadcast`);
  }
}

/** Checks that `operand` can be stretched to `target` without changing it. `what` names the operand. @throws ShapeError */
export function assertStretches(operand: number[], target: number[], what: string): void {
  const offset = target.length - operand.length;
  if (offset >= 0 && operand.every((size, axis) => size === 1 || size === target[axis + offset])) return;
  throw new ShapeError(`${what} of ${formatShape(operand)} does not fit ${formatShape(target)}`);
}
