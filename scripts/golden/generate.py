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
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "zoo"))
from applications import Applications  # before TensorFlow: it sets what TensorFlow reads when it starts
import tensorflow as tf

# Without a top; with one, the declared size, gray, and a larger size are asked.
PROBES = {
    "3": [[224, 224, 3], [128, 128, 1], [84, 112, 3], [75, 75, 3], [64, 64, 4], [32, 32, 3]],
    "2": [[224, 224, 3], [128, 128, 1], [84, 112, 3], [75, 75, 3], [64, 64, 4], [32, 32, 3]],
    "2.9": [[128, 128, 3], [128, 128, 1], [84, 112, 1], [224, 224, 3], [64, 64, 4]],
}
generation, out_dir, names = sys.argv[1:4]
applications = Applications(generation)
if generation == "3":
    from keras.src.layers.layer import Layer
    from keras.src.ops.operation import Operation

    recorded_classes = [Operation, Layer]
else:
    from tf_keras.src.engine.base_layer import Layer

    recorded_classes = [Layer]

seen = None  # while tracing: [(layer name, class name, output shape or None, message or None)]


def shape_of(value):
    if isinstance(value, (list, tuple)):
        return [shape_of(part) for part in value]
    if isinstance(value, dict):
        return {key: shape_of(part) for key, part in value.items()}
    return list(value.shape) if getattr(value, "shape", None) is not None else None


def recording(call, outermost):
    """`Layer.__call__` of Keras 3 calls `Operation.__call__`: a success is noted by the inner one, a failure by the first to see it."""

    def recorded(self, *args, **kwargs):
        if seen is None:
            return call(self, *args, **kwargs)
        before = len(seen)
        try:
            result = call(self, *args, **kwargs)
        except Exception as error:
            if len(seen) == before or not outermost:
                seen.append((self.name, type(self).__name__, None, str(error)))
            raise
        if not outermost or len(recorded_classes) == 1:
            seen.append((self.name, type(self).__name__, shape_of(result), None))
        return result

    return recorded


for position, recorded_class in enumerate(recorded_classes):
    recorded_class.__call__ = recording(recorded_class.__call__, outermost=position == len(recorded_classes) - 1)


def plain(message):
    """The last ValueError of a traceback in colours."""
    message = re.sub(r"\x1b\[[0-9;]*m", "", message).strip()
    at = message.rfind("ValueError: ")
    return message[at + 12 :] if at >= 0 and "in user code" in message else message


def probe(model, shape):
    """Traces the model as tf.function does: static shapes, no arithmetic."""
    global seen
    seen, error = [], None
    try:
        tf.function(lambda x: model(x, training=False)).get_concrete_function(tf.TensorSpec(shape, tf.float32))
    except Exception as raised:
        error = plain(str(raised))
    noted, seen = seen, None
    own = {layer.name for layer in model.layers}
    shapes = {name: output for name, _, output, message in noted if message is None and name in own}
    failures = [{"layer": n, "cls": c, "message": plain(m)} for n, c, _, m in noted if m is not None and n in own]
    return {
        "input": list(shape),
        "shapes": shapes,
        "door": error if error and not shapes and not failures else None,
        "failed": failures[0] if failures else None,
        "output": noted[-1][2] if not error and noted else None,
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
