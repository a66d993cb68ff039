import * as tf from "@tensorflow/tfjs-core";

/**
 * Keras 3's sum of two tensors on TensorFlow: a second one with a single axis longer than 1 counts as a bias of the first one's last axis, or
 * of axis 1, if it is as long, wherever that axis stands. @see Keras `backend/tensorflow/numpy.py`, `add`
 */
export function addAsKeras3(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const [length, ...others] = b.shape.filter((size) => size > 1);
  const axis = length === a.shape.at(-1) ? a.rank - 1 : 1;
  if (length === undefined || others.length > 0 || a.rank < 2 || a.shape[axis] !== length) return tf.add(a, b);
  const aligned = a.shape.map((_, at) => (at === axis ? length : 1));
  return tf.add(a, b.shape.join() === aligned.join() ? b : tf.reshape(b, aligned));
}
