"""Saves the models of test/models with weights that tell each other apart, and writes down which number each has in real Keras.

usage: weights.py 3|2 OUTDIR        (both generations into one OUTDIR, then pack.mjs OUTDIR; versions in scripts/zoo/requirements.txt)

Weight number i of a model is filled with i, its last number i + 0.5 (so that files stay small when they are packed). Writes
OUTDIR/NAME/G/ with model.json, model.h5, model.keras, model.weights.h5, for tf_keras weights.h5 (the older layout without layers' configs)
and tfjs/model.json with its shards, and golden.json: per file what Keras has after loading it, [path, [[shape, first, last], …]] a layer.
"""

import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
generation, out_dir = sys.argv[1:3]
here = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.dirname(here), os.path.join(os.path.dirname(here), "fixtures")]
import brotli
import numpy

if generation == "3":
    import keras
else:
    import tf_keras as keras
from recorder import Recorder
from tfjs_format import save_tfjs

recorder = Recorder(generation)
MOST_NUMBERS = 60_000


def unpacked(path):
    with open(path, "rb") as file:
        content = brotli.decompress(file.read())
    at = content.index(b"\n") + 1
    files = {}
    for name, size in json.loads(content[:at]):
        files[name] = content[at : at + size]
        at += size
    return files


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


archives = os.path.join(here, "../../test/models")
for archive in sorted(os.listdir(archives)):
    files = unpacked(f"{archives}/{archive}") if archive.endswith(".br") else {}
    config = files.get(f"{generation}/model.json")
    if config is None:
        continue
    try:
        make(archive[: -len(".br")], config.decode())
    except Exception as error:
        print(archive, "left out:", str(error).split("\n")[0][:100], flush=True)
