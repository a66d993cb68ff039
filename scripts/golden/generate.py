"""Writes what real Keras says of its own applications: weights' shapes, parameters, and every layer's output shape per probe.

usage: generate.py 3|2|2.9 OUTDIR NAME,NAME,...|all      (about 25 minutes for all; then compact.mjs OUTDIR)

A file a model, with its top and without: gzipped JSON with
`config`: `model.to_json()` of the pretrained topology; `layers`: name, class, parameters, and each weight's name and shape;
`params`, `trainable`, `input`, `output`: the model's own;
`probes`: per tensor shape `input` the output shape of each layer, in running order, as tracing the model on that tensor gave
them; `door`: the message with which the model's input check refused it before any layer ran; `failed`: layer, class and message
of the layer that raised first; `output`: the model's.
"""

import gzip
import json
import os
import sys

scripts = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [scripts, os.path.join(scripts, "zoo")]
from applications import Applications  # before TensorFlow: it sets what TensorFlow reads when it starts
import tensorflow as tf
from recorder import Recorder

# Without a top; with one, the declared size, gray, and a larger size are asked.
PROBES = {
    "3": [[224, 224, 3], [128, 128, 1], [84, 112, 3], [75, 75, 3], [64, 64, 4], [32, 32, 3]],
    "2": [[224, 224, 3], [128, 128, 1], [84, 112, 3], [75, 75, 3], [64, 64, 4], [32, 32, 3]],
    "2.9": [[128, 128, 3], [128, 128, 1], [84, 112, 1], [224, 224, 3], [64, 64, 4]],
}
generation, out_dir, names = sys.argv[1:4]
applications = Applications(generation)
recorder = Recorder(generation)


def probe(model, shape):
    """What the layers of the model itself make of a tensor; nested models are one layer."""
    trace = recorder.trace(model, tf.TensorSpec(shape, tf.float32))
    own = {layer.name for layer in model.layers}
    failed = trace.failure
    return {
        "input": list(shape),
        "shapes": {call.path[0]: call.output for call in trace.calls if len(call.path) == 1 and call.path[0] in own},
        "door": trace.refusal,
        "failed": {"layer": failed.path[0], "cls": failed.class_name, "message": failed.message} if failed else None,
        "output": trace.output,
    }


def describe_layer(layer):
    weights = [[weight.name, list(weight.shape)] for weight in layer.weights]
    return {"name": layer.name, "cls": type(layer).__name__, "weights": weights, "params": layer.count_params()}


def describe(name, top):
    model = applications.build(name, weights="imagenet", include_top=top)
    height, width, channels = [224 if side is None else side for side in model.input_shape[1:]]
    with_top = [[height, width, channels], [height, width, 1], [height + 32, width + 32, 3]]
    return {
        "generation": generation,
        "version": applications.keras.__version__,
        "arch": name,
        "top": top,
        "model": model.name,
        "input": list(model.input_shape),
        "output": list(model.output_shape),
        "params": model.count_params(),
        "trainable": int(sum(tf.size(weight).numpy() for weight in model.trainable_weights)),
        "config": json.loads(model.to_json()),
        "layers": [describe_layer(layer) for layer in model.layers],
        "probes": [probe(model, (1, *size)) for size in (with_top if top else PROBES[generation])],
    }


os.makedirs(out_dir, exist_ok=True)
for name in applications.names if names == "all" else names.split(","):
    for top in (False, True):
        document = describe(name, top)
        with gzip.open(f"{out_dir}/{name}.{generation}.{'top' if top else 'notop'}.json.gz", "wt") as file:
            json.dump(document, file, separators=(",", ":"))
        print(name, "top" if top else "notop", len(document["layers"]), "layers", flush=True)
