import * as tf from "@tensorflow/tfjs-core";
import { SELECT_V2 } from "../engines";
import { sameShape } from "../model";

// tfjs stretches the operands of these two by tiling them, which nobody who watches the kernels could tell from a tile that is meant. An
// engine that has TensorFlow's own kernel is given that one, with the operands as they are.

/** Element by element `yes` where `condition` holds, else `no`; all three are stretched to one another, as by TensorFlow's SelectV2. */
export function select(condition: tf.Tensor, yes: tf.Tensor, no: tf.Tensor): tf.Tensor {
  const areAlike = sameShape(condition.shape, yes.shape) && sameShape(yes.shape, no.shape);
  if (areAlike || !hasKernel(SELECT_V2)) return tf.where(condition, yes, no);
  return tf.engine().runKernel(SELECT_V2, { condition, t: yes, e: no });
}

/** `x` stretched to `shape`. @throws Error where it does not fit */
export function broadcastTo(x: tf.Tensor, shape: number[]): tf.Tensor {
  if (!hasKernel("BroadcastTo")) return tf.broadcastTo(x, shape);
  return tf.engine().runKernel("BroadcastTo", { x }, { shape });
}

const hasKernel = (name: string): boolean => tf.getKernel(name, tf.getBackend()) !== undefined;
