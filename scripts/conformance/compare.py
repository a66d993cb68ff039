"""Holds what we say of random models against real Keras: declared and actual shapes, weights, input check, the layer that fails.

usage: compare.py 3|2 ANSWERS.jsonl OUTDIR         (what scripts/conformance/answers.ts wrote; 3: Keras 3, 2: tf_keras)

Prints every difference with the layer that it shows at, and leaves the model with our answers in OUTDIR. Exit 1 at any difference.
"""

import collections
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
generation, path, out_dir = sys.argv[1:4]
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import tensorflow as tf

if generation == "3":
    import keras
else:
    import tf_keras as keras
from recorder import Recorder, plain

tf.get_logger().setLevel("ERROR")
recorder = Recorder(generation)
counts = collections.Counter()


def shapes_in(value):
    """The shapes in a structure of them, flat."""
    if isinstance(value, dict):
        return [shape for key in sorted(value) for shape in shapes_in(value[key])]
    if value is None or all(size is None or isinstance(size, int) for size in value):
        return [value]
    return [shape for part in value for shape in shapes_in(part)]


def agree(ours, theirs):
    """An axis that Keras's trace leaves open says nothing."""
    if len(ours) != len(theirs):
        return False
    return all(
        b is None or (len(a) == len(b) and all(y is None or x == y for x, y in zip(a, b))) for a, b in zip(ours, theirs)
    )


def every_layer(model):
    for layer in recorder.members(model):
        yield layer
        if recorder.members(layer) is not None:
            yield from every_layer(layer)


def declared_by(layer):
    nodes = layer._inbound_nodes
    outputs = nodes[0].output_tensors if generation == "3" else nodes[0].outputs
    return [list(tensor.shape) for tensor in tf.nest.flatten(outputs)]


def weights_of(layer):
    return [[weight.name.split("/")[-1].split(":")[0], list(weight.shape)] for weight in getattr(layer, "weights", [])]


def built_differences(model, ours):
    if model.count_params() != ours["parameters"]:
        yield f"parameters: {ours['parameters']} ours, {model.count_params()} Keras's"
    for layer in every_layer(model):
        own = ours["layers"].get(layer.name)
        if own is None or own["weights"] is None:
            continue
        counts["layers"] += 1
        what = f"{layer.name} ({own['className']})"
        if own["weights"] != weights_of(layer):
            yield f"{what} weights: {own['weights']} ours, {weights_of(layer)} Keras's"
        if own["declared"] is None:
            counts["declared unknown"] += 1
        elif own["declared"] != declared_by(layer):
            yield f"{what} declares {own['declared']} with us, {declared_by(layer)} in Keras"


def probe_differences(model, ours, probe):
    counts["probes"] += 1
    specs = [tf.TensorSpec(shape, given["dtype"]) for shape, given in zip(probe["inputs"], ours["inputs"])]
    trace = recorder.trace(model, specs[0] if ours["isSequential"] else specs)
    if probe["failed"] and not trace.error and refuses(model, specs, ours):
        # Some of TensorFlow's kernels refuse what their shape functions let pass.
        counts["refused by a kernel alone"] += 1
        return
    at = f"at {json.dumps(probe['inputs'])}: "
    if (trace.refusal is None) != (probe["gate"] is None):
        yield at + f"input check: {probe['gate'] or 'open'} with us, {(trace.refusal or 'open')[:300]} in Keras"
        return
    if trace.refusal is not None:
        counts["refused at the input"] += 1
        return
    theirs = collections.defaultdict(list)
    for call in trace.calls:
        theirs[call.path[-1]].append(shapes_in(call.output))
    for name, calls in probe["calls"].items():
        if name in probe["unknown"] or (probe["unknown"] and trace.failure and name not in theirs):
            counts["unknown"] += 1
            continue
        counts["calls"] += len(calls)
        found, wanted = sorted(calls, key=str), sorted(theirs[name], key=str)
        if len(found) != len(wanted) or not all(agree(a, b) for a, b in zip(found, wanted)):
            yield at + f"{name} ({ours['layers'][name]['className']}): {found} ours, {wanted} Keras's"
    failed = trace.failure.path[-1] if trace.failure else None
    counts["failures"] += failed is not None
    if failed != probe["failed"] and not probe["unknown"]:
        message = trace.failure.message[-400:] if trace.failure else None
        yield at + f"fails at {probe['failed']} ({probe['message']}) with us, at {failed} ({message}) in Keras"


def refuses(model, specs, ours):
    """Whether the model fails on numbers."""
    zeros = [tf.zeros(spec.shape, spec.dtype) for spec in specs]
    try:
        model(zeros[0] if ours["isSequential"] else zeros, training=False)
    except Exception:
        return True
    return False


def differences(ours):
    counts["models"] += 1
    keras.backend.clear_session()
    try:
        model = keras.models.model_from_json(json.dumps(ours["config"]))
    except Exception as error:
        counts["not built"] += 1
        if ours["flaw"] is None:
            yield f"Keras does not build it: {plain(str(error))[-500:]}"
        return
    if ours["flaw"] is not None:
        yield f"Keras builds it, we do not: {ours['flaw']}"
        return
    yield from built_differences(model, ours)
    for probe in ours["probes"]:
        yield from probe_differences(model, ours, probe)


bad = 0
with open(path) as file:
    for number, line in enumerate(file):
        ours = json.loads(line)
        found = list(differences(ours))
        if not found:
            continue
        bad += 1
        left = os.path.join(out_dir, f"keras{generation}-{number}.json")
        with open(left, "w") as file_of_model:
            json.dump({"differences": found, **ours}, file_of_model, indent=1)
        named = {name for name in ours["layers"] if any(name in line for line in found[:1])}
        print(f"\nmodel {number} ({left})")
        for difference in found[:4]:
            print("  " + difference.replace("\n", " "))
        for layer in ours["config"]["config"]["layers"]:
            if layer["config"]["name"] in named:
                print("  " + json.dumps({"class_name": layer["class_name"], "config": layer["config"]})[:600])
print(f"Keras {generation} ({keras.__version__}): " + ", ".join(f"{count} {what}" for what, count in counts.items()) + f"; {bad} models differ")
sys.exit(1 if bad else 0)
