"""Saves the models of test/models with weights that tell each other apart, and writes down which number each has in real Keras.

usage: weights.py 3|2 OUTDIR [NAME …]       (2 first: 3 loads its zoo files; versions in scripts/zoo/requirements.txt)
then:  pack.mjs with the folder around OUTDIR, which is called `weights`, and test/numbers

Weight number i of a model is filled with i, its last number i + 0.5 (so that files stay small when they are packed). Writes
OUTDIR/NAME/G/ with model.json, model.h5, model.keras, model.weights.h5, for tf_keras weights.h5 (the older layout without layers' configs)
and tfjs/model.json with its shards, and golden.json (of Keras Applications only notop.h5, as Keras keeps it in ~/.keras/models): per file what Keras has after loading it, [path, [[shape, first, last], …]] a layer.
"""

import json
import os
import shutil
import sys

generation, out_dir, *wanted = sys.argv[1:]
here = os.path.dirname(os.path.abspath(__file__))
scripts = os.path.dirname(here)
sys.path[:0] = [scripts, os.path.join(scripts, "fixtures"), os.path.join(scripts, "zoo")]
from applications import Applications  # before TensorFlow: it sets what TensorFlow reads when it starts

import numpy

if generation == "3":
    import keras
else:
    import tf_keras as keras
load_weights = keras.Model.load_weights
applications = Applications(generation)
keras.Model.load_weights = load_weights
from archives import FOLDER, unpacked
from recorder import Recorder
from tfjs_format import save_tfjs

recorder = Recorder(generation)
MOST_NUMBERS = 60_000
ZOO = ["MobileNetV2", "EfficientNetB0"]


def told_apart(weights):
    numbers = []
    for index, weight in enumerate(weights):
        filled = numpy.full(weight.shape, index + 1, dtype="float64")
        if filled.size:
            filled.flat[-1] += 0.5
        numbers.append(filled.astype(weight.dtype))
    return numbers


def told(model, around=()):
    layers = []
    for layer in recorder.members(model):
        where = (*around, layer.name)
        if recorder.members(layer):
            layers += told(layer, where)
        elif getattr(layer, "weights", None):
            numbers = [numpy.asarray(weight.numpy(), dtype="float64") for weight in layer.weights]
            layers.append(["/".join(where), [[list(n.shape), *map(float, n.flat[[0, -1]] if n.size else [])] for n in numbers]])
    return layers


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


def fresh(config):
    keras.backend.clear_session()
    return keras.models.model_from_json(config)


def loaded(path, config):
    if path.endswith((".keras", "model.h5")):
        keras.backend.clear_session()
        return keras.models.load_model(path, safe_mode=False, compile=False)
    model = fresh(config)
    model.load_weights(path)
    return model


def make(name, config):
    model = fresh(config)
    if not model.get_weights() or model.count_params() > MOST_NUMBERS or recorder.members(model) is None:
        return
    model.set_weights(told_apart(model.get_weights()))
    folder = f"{out_dir}/{name}/{generation}"
    os.makedirs(folder, exist_ok=True)
    write(f"{folder}/model.json", config)
    golden = {}
    writers = {"model.h5": model.save, "model.keras": model.save, "model.weights.h5": model.save_weights}
    if generation == "2":
        writers["weights.h5"] = model.save_weights
    for file, save in writers.items():
        try:
            save(f"{folder}/{file}")
            golden[file] = told(loaded(f"{folder}/{file}", config))
        except Exception as error:
            print("  ", file, "left out:", str(error).split("\n")[0][:100])
            if os.path.exists(f"{folder}/{file}"):
                os.remove(f"{folder}/{file}")
    if generation == "2":
        save_tfjs(model, f"{folder}/tfjs", shard_bytes=4 << 20)
        golden["tfjs/model.json"] = told(model)
    write(f"{folder}/golden.json", json.dumps(golden, separators=(",", ":")))
    print(name, {file: len(layers) for file, layers in golden.items()}, flush=True)


def make_application(name):
    """As they were saved: by tf_keras, and loaded by both."""
    path = f"{out_dir}/{name}/{generation}/notop.h5"
    os.makedirs(os.path.dirname(path), exist_ok=True)
    keras.Model.load_weights = lambda *_, **__: None
    model = applications.build(name, weights="imagenet", include_top=False)
    keras.Model.load_weights = load_weights
    if generation == "2":
        model.set_weights(told_apart(model.get_weights()))
        model.save_weights(path)
    else:
        shutil.copy(path.replace("/3/", "/2/"), path)
    model.load_weights(path)
    write(os.path.join(os.path.dirname(path), "golden.json"), json.dumps({"notop.h5": told(model)}, separators=(",", ":")))
    print(name, flush=True)


for name in ZOO:
    if not wanted or name in wanted:
        make_application(name)
for archive in sorted(os.listdir(FOLDER)):
    files = unpacked(archive[:-3]) if archive.endswith(".br") else {}
    config = files.get(f"{generation}/model.json")
    if config is None or (wanted and archive[: -len(".br")] not in wanted):
        continue
    try:
        make(archive[: -len(".br")], config.decode())
    except Exception as error:
        print(archive, "left out:", str(error).split("\n")[0][:100], flush=True)
