"""Writes what real Keras says when the inputs of the models in test/models are declared anew: `clone_model` with new Inputs.

usage: rebuild.py 3|2 FILE [NAME …]        (a few minutes; adds its generation's answers to FILE, test/models/rebuild.json.gz)

An answer: `model` (archive), `inputs` (a shape each, batch in front), `refused` (message with which cloning failed, else null),
`misfits`: [layer, weight, pretrained shape, needed shape], `params`: the clone's, `declared`: [layer, output shapes] of the clone's own
layers, `fails`: whether the clone refuses its own tensor.
"""

import gzip
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
import tensorflow as tf

generation, path = sys.argv[1:3]
ONLY = sys.argv[3:]
MOST_PROBES = 5  # of a model: declared, in a batch, gray, a channel too many, without its last axis, where they are like that
if generation == "3":
    import keras
else:
    import tf_keras as keras
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from archives import FOLDER, unpacked


def plain(name):
    return name.split("/")[-1].split(":")[0]


def is_model(layer):
    return isinstance(layer, (keras.Model,)) and hasattr(layer, "layers")


def all_layers(model, prefix=""):
    for layer in model.layers:
        yield prefix + layer.name, layer
        if is_model(layer):
            yield from all_layers(layer, f"{prefix}{layer.name}/")


def declared_of(model):
    """Output shapes of each layer's first call in this model."""
    graph = getattr(model, "_functional", None) or model
    nodes = {id(node): node for level in graph._nodes_by_depth.values() for node in level}
    for layer in model.layers:
        node = next((own for own in layer._inbound_nodes if id(own) in nodes), None)
        if node:
            outputs = node.output_tensors if generation == "3" else node.outputs
            yield [layer.name, [list(tensor.shape) for tensor in tf.nest.flatten(outputs)]]


def dtype_of(tensor):
    return tensor.dtype if isinstance(tensor.dtype, str) else tensor.dtype.name


def redeclared(shape, tensor):
    """An Input of another shape; its batch is open, or the probe's where it was declared."""
    batch = None if tensor.shape[0] is None else shape[0]
    return keras.Input(batch_shape=(batch, *shape[1:]), dtype=dtype_of(tensor))


def answer(name, model, shapes):
    told = {"model": name, "inputs": shapes, "refused": None, "misfits": [], "params": None, "declared": [], "fails": None}
    inputs = [redeclared(shape, tensor) for shape, tensor in zip(shapes, model.inputs)]
    structure = getattr(model, "_inputs_struct" if generation == "3" else "_nested_inputs", None)
    packed = tf.nest.pack_sequence_as(structure, inputs) if isinstance(structure, (dict, list, tuple)) else inputs[0]
    try:
        clone = keras.models.clone_model(model, input_tensors=packed if generation == "3" or len(inputs) == 1 else inputs)
    except Exception as error:
        return {**told, "refused": str(error)[:200]}
    cloned = dict(all_layers(clone))
    for where, layer in all_layers(model):
        if is_model(layer) or where not in cloned:
            continue
        for old, new in zip(layer.weights, cloned[where].weights, strict=True):
            if tuple(old.shape) != tuple(new.shape):
                told["misfits"].append([where, plain(old.name), list(old.shape), list(new.shape)])
    specs = [tf.TensorSpec(shape, dtype_of(tensor)) for shape, tensor in zip(shapes, model.inputs)]
    try:
        structured = getattr(clone, "_inputs_struct" if generation == "3" else "_nested_inputs", None)
        given = tf.nest.pack_sequence_as(structured, specs) if isinstance(structured, (dict, list, tuple)) else specs[0]
        tf.function(lambda x: clone(x, training=False)).get_concrete_function(given)
        fails = False
    except Exception:
        fails = True
    return {**told, "params": clone.count_params(), "declared": list(declared_of(clone)), "fails": fails}


def answers():
    for name in sorted(os.listdir(FOLDER)):
        if ONLY and name[:-3] not in ONLY:
            continue
        files = unpacked(name[:-3]) if name.endswith(".br") else {}
        if f"{generation}/model.json" not in files:
            continue
        groups = json.loads(files[f"{generation}/golden.json"])
        group = next((one for one in groups if "model.json" in one["files"]), None)
        if not group or "says" not in group or group["unknown"]:
            continue
        for probe in group["says"]["probes"][:MOST_PROBES]:
            keras.backend.clear_session()
            try:
                model = keras.models.model_from_json(files[f"{generation}/model.json"].decode())
            except Exception as error:
                print(name, "is not loaded:", str(error)[:100])
                break
            told = answer(name[:-3], model, probe["inputs"])
            print(name, probe["inputs"], told["refused"] or f"{len(told['misfits'])} misfits, {'fails' if told['fails'] else 'runs'}", flush=True)
            yield told


kept = json.loads(gzip.open(path).read()) if os.path.exists(path) else {}
old = [told for told in kept.get(generation, []) if ONLY and told["model"] not in ONLY]
kept[generation] = sorted(old + list(answers()), key=lambda told: told["model"])
with open(path, "wb") as file:
    file.write(gzip.compress(json.dumps(dict(sorted(kept.items())), separators=(",", ":")).encode(), mtime=0))
