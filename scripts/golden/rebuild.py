"""Writes what real Keras says when the input of a Keras Application is declared anew: `clone_model` with a new Input.

usage: rebuild.py 3|2|2.9 FILE        (a minute; adds its generation's answers to FILE, test/golden/rebuild.json)

An answer: `spec` (the zoo's), `input` (height, width, channels), `refused` (message with which cloning failed, else null),
`misfits`: [layer, weight, pretrained shape, needed shape], `params`: the clone's, `fails`: whether the clone refuses its own tensor.
"""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "zoo"))
from applications import Applications  # before TensorFlow: it sets what TensorFlow reads when it starts
import tensorflow as tf

# Name, with its top, the new input. Stems of every kind, plain nets, and classifiers whose Dense is tied to a size.
CASES = {
    "2.9": [["EfficientNetB5", False, [128, 128, 1]], ["EfficientNetB0", True, [200, 180, 3]]],
    "2": [
        ["EfficientNetB5", False, [128, 128, 1]],
        ["EfficientNetV2B2", False, [128, 128, 1]],
        ["InceptionV3", False, [128, 128, 1]],
        ["InceptionV3", True, [224, 224, 3]],
        ["InceptionV3", False, [128, 128, 4]],
        ["MobileNetV2", False, [96, 96, 1]],
        ["VGG16", False, [64, 64, 1]],
        ["VGG16", True, [200, 200, 3]],
        ["ConvNeXtTiny", False, [64, 64, 1]],
        ["ResNetRS50", False, [96, 96, 1]],
        ["RegNetX002", False, [64, 64, 4]],
        ["DenseNet121", False, [64, 64, 1]],
    ],
}
CASES["3"] = [case for case in CASES["2"] if case[0] not in ("ResNetRS50", "RegNetX002")]

generation, path = sys.argv[1:3]
applications = Applications(generation)
keras = applications.keras


def plain(name):
    """`conv1/conv/kernel:0` as Keras 3 writes it, and as the layer calls it: `kernel`."""
    return name.split("/")[-1].split(":")[0]


def all_layers(model, prefix=""):
    for layer in model.layers:
        yield prefix + layer.name, layer
        if hasattr(layer, "layers"):
            yield from all_layers(layer, f"{prefix}{layer.name}/")


def answer(name, top, size):
    model = applications.build(name, weights="imagenet", include_top=top)
    spec = f"{name}?keras={generation}" + ("&include_top=true" if top else "")
    told = {"spec": spec, "input": size, "refused": None, "misfits": [], "params": None, "fails": None}
    try:
        clone = keras.models.clone_model(model, input_tensors=keras.Input(shape=tuple(size)))
    except Exception as error:
        return {**told, "refused": str(error)[:300]}
    cloned = dict(all_layers(clone))
    for path, layer in all_layers(model):
        if hasattr(layer, "layers") or path not in cloned:
            continue
        for old, new in zip(layer.weights, cloned[path].weights, strict=True):
            if tuple(old.shape) != tuple(new.shape):
                told["misfits"].append([path, plain(old.name), list(old.shape), list(new.shape)])
    try:
        tf.function(lambda x: clone(x, training=False)).get_concrete_function(tf.TensorSpec((1, *size), tf.float32))
        fails = False
    except Exception:
        fails = True
    return {**told, "params": clone.count_params(), "fails": fails}


answers = json.load(open(path)) if os.path.exists(path) else {}
answers[generation] = [answer(*case) for case in CASES[generation]]
with open(path, "w") as file:
    json.dump(dict(sorted(answers.items())), file, indent=1)
    file.write("\n")
