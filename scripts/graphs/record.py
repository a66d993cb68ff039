"""What TensorFlow makes of a SavedModel or a frozen graph: outputs, and the tensors between, of probes of several sizes."""

import functools
import os
import re

import numpy as np
import tensorflow as tf
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

v1 = tf.compat.v1
MOST_VALUES = 16


def ramp(shape, dtype):
    """The probe's fill `ramp`."""
    index = np.arange(int(np.prod(shape)))
    if dtype == tf.string:
        return np.array([f"the shape {i}" for i in index], dtype=object).reshape(shape)
    whole = dtype.is_integer or dtype.is_bool
    return (index % 10 if whole else index % 256 / 255).reshape(shape).astype(dtype.as_numpy_dtype)


def answers(path, probes):
    """`probes`: by signature, shapes by the order of its inputs in the alphabet. Yields what came of each."""
    if os.path.exists(os.path.join(path, "frozen.pb")):
        yield from of_graph("", *frozen_file(path), probes["serving_default"])
        return
    for signature, shapes in probes.items():
        yield from of_graph(signature, *served(path, signature), shapes)


def served(path, signature):
    """Graph, inputs and outputs (names of tensors by their keys in the signature)."""
    if not is_version_1(path):
        function = loaded(path).signatures[signature]
        try:
            frozen = convert_variables_to_constants_v2(function, lower_control_flow=False, aggressive_inlining=True)
        except Exception:  # noqa: BLE001: what cannot be frozen is asked as it is
            return None, dict(sorted(function.structured_input_signature[1].items())), function
        if any(tensor.dtype == tf.resource for tensor in frozen.inputs):  # a table of words
            return None, dict(sorted(function.structured_input_signature[1].items())), function
        keys = list(function.structured_outputs)
        # An input is called as its argument is.
        inputs = {tensor.op.name: tensor.name for tensor in frozen.inputs}
        return frozen.graph.as_graph_def(), dict(sorted(inputs.items())), dict(zip(sorted(keys), (tensor.name for tensor in frozen.outputs)))
    with tf.Graph().as_default(), v1.Session() as session:
        info = v1.saved_model.load(session, ["serve"], path).signature_def[signature]
        outputs = {key: tensor.name for key, tensor in info.outputs.items()}
        names = [name.split(":")[0] for name in outputs.values()]
        graph_def = v1.graph_util.convert_variables_to_constants(session, session.graph.as_graph_def(), names)
    return graph_def, {key: tensor.name for key, tensor in info.inputs.items()}, outputs


@functools.lru_cache(1)
def loaded(path):
    """Kept: variables go with what they were loaded into."""
    return tf.saved_model.load(path)


def is_version_1(path):
    with open(os.path.join(path, "saved_model.pb"), "rb") as file:
        return b"object_graph_proto" not in file.read() and not os.path.exists(os.path.join(path, "fingerprint.pb"))


def frozen_file(path):
    graph_def = v1.GraphDef()
    with open(os.path.join(path, "frozen.pb"), "rb") as file:
        graph_def.ParseFromString(file.read())
    read = {name.lstrip("^").split(":")[0] for node in graph_def.node for name in node.input}
    inputs = {node.name: f"{node.name}:0" for node in graph_def.node if node.op == "Placeholder"}
    outputs = {node.name: f"{node.name}:0" for node in graph_def.node if node.name not in read}
    return graph_def, inputs, outputs


def of_graph(signature, graph_def, inputs, outputs, probes):
    if graph_def is None:
        for shapes in probes:
            given = {key: tf.constant(ramp(shape, spec.dtype)) for (key, spec), shape in zip(inputs.items(), shapes)}
            yield {"signature": signature, "inputs": dict(zip(inputs, shapes)), "error": None, **told(outputs(**given)), "nodes": None}
        return
    for node in graph_def.node:
        # Sizes are compared by the operations, not by what was declared.
        node.attr.pop("_output_shapes", None)
        if node.op == "Placeholder":
            node.attr["shape"].shape.Clear()
            node.attr["shape"].shape.unknown_rank = True
    with tf.Graph().as_default() as graph:
        v1.import_graph_def(graph_def, name="")
        config = v1.ConfigProto()
        config.graph_options.rewrite_options.disable_meta_optimizer = True
        with v1.Session(config=config) as session:
            for shapes in probes:
                given = {name: ramp(shape, graph.get_tensor_by_name(name).dtype) for name, shape in zip(inputs.values(), shapes)}
                probe = {"signature": signature, "inputs": dict(zip(inputs, shapes))}
                try:
                    values = session.run(outputs, given)
                except tf.errors.OpError as error:
                    yield {**probe, "error": reason(error), "outputs": None, "nodes": None}
                    continue
                yield {**probe, "error": None, **told(values), "nodes": nodes(session, graph, given, outputs)}


def told(values):
    arrays = {key: np.asarray(value) for key, value in values.items()}
    return {"outputs": {key: [list(array.shape), first(array)] for key, array in arrays.items()}}


def first(array):
    if array.dtype.kind not in "fiub" and array.dtype.name != "bfloat16":
        return None
    return [rounded(value) for value in array.reshape(-1)[:MOST_VALUES].astype("float64")]


def rounded(value):
    return float(f"{value:.7g}") if np.isfinite(value) else None


def reason(error):
    lines = [line.strip() for line in error.message.split("\n")]
    named = re.search(r"[Dd]etected at node '?([^' ]+)'? defined at", error.message) or re.search(r"{{node ([^}]+)}}", error.message)
    told = [line for line in lines if line and not re.match(r"Graph execution error|Detected at node|Node: |[0-9]+ root error|<stack traces|File |\[\[{{node", line)]
    return {"node": named.group(1) if named else None, "message": (told or lines)[0][:300]}


def nodes(session, graph, given, outputs):
    """`[name, operation, shapes, mean, deviation]` of each node that the outputs need; a null for what is no tensor of numbers or texts."""
    needed, waiting = [], [graph.get_tensor_by_name(name).op for name in outputs.values()]
    seen = set(waiting)
    while waiting:
        op = waiting.pop()
        needed.append(op)
        for tensor in op.inputs:
            if tensor.op not in seen:
                seen.add(tensor.op)
                waiting.append(tensor.op)
    order = {op: index for index, op in enumerate(graph.get_operations())}
    needed.sort(key=order.get)
    fetched = {tensor.name: tensor for op in needed for tensor in op.outputs if tensor.dtype not in (tf.variant, tf.resource) and not tensor.dtype._is_ref_dtype}
    live = {}
    try:
        live = session.run(fetched, given)
    except Exception:  # what a choice leaves out cannot be fetched: one after the other
        for name, tensor in fetched.items():
            try:
                live[name] = session.run(tensor, given)
            except Exception:
                pass
    return [[op.name, op.type, [shape_of(live.get(tensor.name)) for tensor in op.outputs], *numbers_of(live, op)] for op in needed]


def shape_of(value):
    return None if value is None else list(np.asarray(value).shape)


def numbers_of(live, op):
    value = live.get(op.outputs[0].name) if op.outputs else None
    array = np.asarray(value) if value is not None else np.zeros(0)
    if array.size == 0 or array.dtype.kind not in "fiub":
        return [None, None]
    array = array.astype("float64")
    return [rounded(array.mean()), rounded(array.std())]
