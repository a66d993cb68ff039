"""What Keras says of a model: parameters, layers, declared shapes, and what happens to each probe."""

import os
import sys

from common import generation, is3, keras  # before TensorFlow: it sets what TensorFlow reads when it starts

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import numpy
import tensorflow as tf
from recorder import Recorder

recorder = Recorder(generation)


def describe(model, probes):
    """All that Keras says of a model, as the tests compare it."""
    structure = getattr(model, "_inputs_struct" if is3 else "_nested_inputs", None)
    structure = structure if isinstance(structure, (dict, list, tuple)) else None
    return {
        "version": keras.__version__,
        "model": model.name,
        "params": model.count_params(),
        "trainable": int(sum(numpy.prod(weight.shape) for weight in model.trainable_weights)),
        "inputs": [[name_of(tensor), list(tensor.shape), dtype_of(tensor)] for tensor in model.inputs],
        "outputs": [list(tensor.shape) for tensor in model.outputs],
        "layers": layers_of(model),
        "probes": [probe(model, structure, shapes) for shapes in probes],
    }


def dtype_of(tensor):
    return tensor.dtype if isinstance(tensor.dtype, str) else tensor.dtype.name


def name_of(tensor):
    history = tensor._keras_history
    return (history.operation if is3 else history.layer).name


def layers_of(model, around=()):
    """Path, class, own weights, parameters and declared output shapes of each layer; what is inside nested models after them."""
    rows = []
    declared = declared_shapes(model)
    for layer in recorder.members(model):
        path = (*around, layer.name)
        inside = recorder.members(layer)
        # A table of words is among the weights of tf_keras without being a tensor.
        own = [] if inside else [weight for weight in getattr(layer, "weights", []) if hasattr(weight, "shape")]
        weights = [[weight.name.split("/")[-1].split(":")[0], list(weight.shape)] for weight in own]
        params = layer.count_params() if hasattr(layer, "count_params") else 0
        rows.append(["/".join(path), type(layer).__name__, weights, params, declared.get(id(layer))])
        if inside:
            rows += layers_of(layer, path)
    return rows


def declared_shapes(model):
    """By layer the output shapes of its first call in this model."""
    graph = getattr(model, "_functional", None) or model
    nodes = [node for level in graph._nodes_by_depth.values() for node in level]
    found = {}
    for layer in recorder.members(model):
        for node in layer._inbound_nodes:
            if any(node is own for own in nodes):
                found[id(layer)] = [list(tensor.shape) for tensor in tf.nest.flatten(node.output_tensors if is3 else node.outputs)]
                break
    return found


def probe(model, structure, shapes):
    specs = [tf.TensorSpec(shape, dtype_of(tensor)) for shape, tensor in zip(shapes, model.inputs)]
    trace = recorder.trace(model, tf.nest.pack_sequence_as(structure, specs) if structure is not None else specs[0])
    failed = trace.failure
    return {
        "inputs": shapes,
        "calls": [["/".join(call.path), flat(call.output)] for call in trace.calls],
        "failed": ["/".join(failed.path), failed.class_name, failed.message[:400]] if failed else None,
        "refusal": trace.refusal and trace.refusal[:400],
        "output": None if trace.error else flat(trace.output),
    }


def flat(shapes):
    """All shapes in a structure of lists and dicts, in the order in which Keras flattens it."""
    if isinstance(shapes, dict):
        return [shape for key in sorted(shapes) for shape in flat(shapes[key])]
    if isinstance(shapes, list) and all(isinstance(size, (int, type(None))) for size in shapes):
        return [shapes]
    return [shape for part in shapes or [] for shape in flat(part)]
