import * as tf from "@tensorflow/tfjs-core";
import { formatShape } from "../model";

/**
 * Keras 3's product of `[batch, steps, width]` and a kernel `[width, heads, size]` on TensorFlow is one of matrices between two reshapes:
 * a tensor of another width is not refused but becomes another number of samples. @see Keras `backend/tensorflow/numpy.py`, `einsum`
 */
export function headsAsKeras3(x: tf.Tensor, kernel: tf.Tensor): tf.Tensor {
  const [, steps = 1, width = 1] = x.shape;
  const [own = 1, heads = 1, size = 1] = kernel.shape;
  if (kernel.size % width !== 0 || (x.size * kernel.size) % (width * width * steps * heads * size) !== 0)
    throw new Error(`expected ${own} values, got ${width} from ${formatShape(x.shape)}`);
  const product = tf.matMul(tf.reshape(x, [-1, width]), tf.reshape(kernel, [width, -1]));
  return tf.reshape(product, [-1, steps, heads, size]);
}

/** Keras 3's einsum with a kernel: its own for heads, TensorFlow's for all else. */
export function einsumAsKeras3(left: string, right: string, result: string, x: tf.Tensor, kernel: tf.Tensor): tf.Tensor {
  const isHeads = inOrder(left + right + result) === "abccdeabde" && left.length === 3 && right.length === 3;
  return isHeads ? headsAsKeras3(x, kernel) : tf.einsum(`${left},${right}->${result}`, x, kernel);
}

/** Letters renamed to a, b, c … in the order in which they first come. */
function inOrder(letters: string): string {
  const distinct = [...new Set(letters)];
  return [...letters].map((letter) => "abcdefghijklmnopqrstuvwxyz"[distinct.indexOf(letter)]).join("");
}
