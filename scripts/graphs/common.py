"""What the models of this folder have in common."""

import numpy as np
import tensorflow as tf


def spec(shape, dtype=tf.float32, name=None):
    return tf.TensorSpec(shape, dtype, name)


def numbers(shape, index=0, name=""):
    """Numbers for a weight that compress well: they come back after 101. `index`: tells weights of one model apart."""
    size = int(np.prod(shape))
    v = ((np.arange(size) * 37 + 11 * index) % 101 + 0.5) / 101
    if len(shape) >= 2:
        fan_in = int(np.prod(shape[:2] if "depthwise" in name or shape[-1] == 1 else shape[:-1]))
        v = (v - 0.5) * 2 * np.sqrt(3 / fan_in)
    elif any(part in name for part in ("gamma", "variance", "scale")):
        v = v + 0.5
    else:
        v = (v - 0.5) * 0.2
    return v.reshape(shape).astype("float32")


def variable(shape, name, index=0, dtype=tf.float32):
    return tf.Variable(tf.cast(numbers(shape, index, name), dtype), name=name)


def with_numbers(model):
    """A Keras model of either generation with numbers that compress well."""
    for index, weight in enumerate(model.weights):
        if "int" not in str(weight.dtype):
            weight.assign(numbers(tuple(weight.shape), index, getattr(weight, "path", weight.name)))
    return model
