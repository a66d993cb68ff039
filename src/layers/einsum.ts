import * as tf from "@tensorflow/tfjs-core";

/**
 * Keras 3's einsum of `[batch, steps, width]` and a kernel of heads on TensorFlow is a product of matrices between two reshapes: a tensor of
 * another width is not refused but becomes another number of samples. All other equations are TensorFlow's own einsum.
 * @see Keras `backend/tensorflow/numpy.py`, `einsum`
 */
export function einsumAsKeras3(left: string, right: string, result: string, x: tf.Tensor, kernel: tf.Tensor): tf.Tensor {
  const [, steps = 1, width = 1] = x.shape;
  const isHeads = inOrder(left + right + result) === "abccdeabde" && left.length === 3 && right.length === 3;
  if (!isHeads || kernel.shape[0] === width) return tf.einsum(`${left},${right}->${result}`, x, kernel);
  const [, heads = 1, size = 1] = kernel.shape;
  const product = tf.matMul(tf.reshape(x, [-1, width]), tf.reshape(kernel, [width, -1]));
  return tf.reshape(product, [-1, steps, heads, size]);
}

/** Letters renamed to a, b, c … in the order in which they first come. */
function inOrder(letters: string): string {
  const distinct = [...new Set(letters)];
  return [...letters].map((letter) => "abcdefghijklmnopqrstuvwxyz"[distinct.indexOf(letter)]).join("");
}
