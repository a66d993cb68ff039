"""What real Keras computes with a model whose weights are numbers by a formula and whose inputs are the fill `ramp`: for all scripts of this folder.

The tests have the same formula (test/numbers/formula.ts).
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import numpy
import tensorflow as tf
from recorder import Recorder


def hashed(text):
    """FNV-1a of 32 bits."""
    value = 0x811C9DC5
    for character in text:
        value = ((value ^ ord(character)) * 0x01000193) & 0xFFFFFFFF
    return value


def number(where, name, shape):
    """Numbers for a weight: spread evenly from 0 to 1 by the golden ratio's kin, then scaled so that activations stay of one size."""
    count = int(numpy.prod(shape))
    seed = hashed(where) / 2**32
    v = numpy.mod(numpy.arange(1, count + 1, dtype="float64") * 0.7548776662466927 + seed, 1.0).reshape(shape)
    if len(shape) >= 2:
        is_depthwise = "depthwise" in name or shape[-1] == 1
        fan_in = numpy.prod(shape[:2]) if is_depthwise else numpy.prod(shape[:-1])
        return (v - 0.5) * 2 * numpy.sqrt(3 / fan_in)
    return v + 0.5 if name.endswith(("gamma", "variance", "scale")) else (v - 0.5) * 0.2


def plain(name):
    """`conv/kernel:0` as `kernel`; LayerScale's weight has only a number in Keras 3."""
    name = name.split("/")[-1].split(":")[0]
    return "gamma" if name.startswith("variable") else name


def set_weights(recorder, model, around=()):
    for layer in recorder.members(model):
        where = (*around, layer.name)
        if recorder.members(layer):
            set_weights(recorder, layer, where)
        elif getattr(layer, "weights", None):
            names = [plain(weight.name) for weight in layer.weights]
            numbers = [
                number(f"{'/'.join(where)}#{index}", names[index], tuple(weight.shape)).astype("float32")
                for index, weight in enumerate(layer.weights)
            ]
            for weight, value in zip(layer.weights, numbers, strict=True):
                weight.assign(tf.cast(value, weight.dtype))
            if hasattr(layer, "finalize_state"):  # Normalization keeps copies of its weights, as it makes them after loading
                layer.finalize_state()


def ramp(shape, dtype):
    count = int(numpy.prod(shape))
    flat = numpy.arange(count) % 10 if "int" in dtype else numpy.arange(count) % 256 / 255
    return tf.constant(flat.reshape(shape), dtype)


def told(name, model, shapes, generation):
    """Mean and deviation of the first output of each layer's first call, in the order in which calls ended, and the first 16 numbers of each output."""
    recorder = Recorder(generation, describe=spread)
    set_weights(recorder, model)
    dtypes = [tensor.dtype if isinstance(tensor.dtype, str) else tensor.dtype.name for tensor in model.inputs]
    given = [ramp(shape, dtype) for shape, dtype in zip(shapes, dtypes)]
    structure = getattr(model, "_inputs_struct" if generation == "3" else "_nested_inputs", None)
    packed = tf.nest.pack_sequence_as(structure, given) if isinstance(structure, (dict, list, tuple)) else given[0]
    trace, outputs = recorder.run(model, packed)
    seen, layers = set(), []
    for call in trace.calls:
        where = "/".join(call.path)
        if where in seen or call.output is None:
            continue
        seen.add(where)
        layers.append([where, *call.output])
    flat = [numpy.asarray(tensor, dtype="float64").ravel()[:16].tolist() for tensor in tf.nest.flatten(outputs)]
    print(name, shapes, len(layers), "layers", flat[0][:3], flush=True)
    return {"model": name, "inputs": shapes, "layers": layers, "outputs": flat}


def spread(value):
    """Mean and deviation of the first tensor in a structure; None where it holds none."""
    tensors = [part for part in tf.nest.flatten(value) if hasattr(part, "dtype")]
    if not tensors:
        return None
    numbers = numpy.asarray(tf.cast(tensors[0], tf.float64))
    return float(numbers.mean()), float(numbers.std())
