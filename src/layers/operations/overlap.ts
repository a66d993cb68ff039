import * as tf from "@tensorflow/tfjs-core";
import { elementCount } from "../../model";

/** Frames `[…, count, length]` laid over one another, `step` apart, and added: `[…, (count - 1) * step + length]`. */
export function overlapAdded(frames: tf.Tensor, step: number): tf.Tensor {
  const [count, length] = frames.shape.slice(-2) as [number, number];
  const outer = frames.shape.slice(0, -2);
  const [batch, whole] = [elementCount(outer), (count - 1) * step + length];
  // Each number of a frame goes to its own place: a transposed convolution whose window is an identity.
  const window = tf.reshape(tf.eye(length), [1, length, 1, length]) as tf.Tensor4D;
  const image = tf.reshape(frames, [batch, 1, count, length]) as tf.Tensor4D;
  return tf.reshape(tf.conv2dTranspose(image, window, [batch, 1, whole, 1], [1, step], "valid"), [...outer, whole]);
}

/** What frames are multiplied by so that they add up to what `window` cut out of. @see tf.signal.inverse_stft_window_fn */
export function inverseWindow(window: readonly number[], step: number): number[] {
  const sums = new Array<number>(step).fill(0);
  for (const [index, value] of window.entries()) sums[index % step] = (sums[index % step] as number) + value * value;
  return window.map((value, index) => value / (sums[index % step] as number));
}
