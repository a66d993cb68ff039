"""Makes SavedModels and frozen graphs with real TensorFlow, and asks it what comes of them; one archive a model in test/graphs/saved.

usage: python scripts/graphs/make.py [NAME…]     (versions in scripts/zoo/requirements.txt; Keras 2 is tf_keras)

An archive is read like those of test/models (scripts/archives.py). In it the files as TensorFlow wrote them, and golden.json: a probe each:
`signature`, `inputs` (shapes by name), `error` (`node`, `message`) or null, `outputs` (shape and first 16 numbers by name) and `nodes`
(name, operation, shapes, mean and deviation; functions written out as TensorFlow does; null where nobody can ask them).
"""

import json
import os
import sys
import tempfile

os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, here)

import brotli
import tensorflow as tf

tf.get_logger().setLevel("ERROR")

import graphs1
import keras_models
import modules
from record import answers

FOLDER = os.path.join(here, "../../test/graphs/saved")
# Names of temporary files and times that say nothing of the model.
LEFT_OUT = {"fingerprint.pb"}


def all_models():
    """What saves each model in a folder, and its probes."""
    for name, (_, probes) in keras_models.MODELS.items():
        yield f"{name}.keras2", lambda name=name: keras_models.keras2(name), {"serving_default": probes}
        yield f"{name}.keras3", lambda name=name: keras_models.keras3(name), {"serving_default": probes}
    for name, (_, probes) in modules.MODULES.items():
        yield name, lambda name=name: modules.module(name), probes
    for name, save in graphs1.GRAPHS.items():
        yield name, lambda save=save: save, {"serving_default": graphs1.PROBES}


def packed(folder, golden):
    paths = sorted(os.path.join(at, file) for at, _, files in os.walk(folder) for file in files if file not in LEFT_OUT)
    contents = [open(path, "rb").read() for path in paths] + [json.dumps(golden, separators=(",", ":")).encode()]
    names = [os.path.relpath(path, folder) for path in paths] + ["golden.json"]
    head = json.dumps([[name, len(content)] for name, content in zip(names, contents)], separators=(",", ":"))
    return brotli.compress(b"\n".join([head.encode(), b"".join(contents)]), lgwin=24)


if __name__ == "__main__":
    os.makedirs(FOLDER, exist_ok=True)
    for name, make, probes in all_models():
        if len(sys.argv) > 1 and name not in sys.argv[1:]:
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, name)
            make()(path)
            golden = {"tensorflow": tf.__version__, "probes": list(answers(path, probes))}
            archive = packed(path, golden)
        with open(os.path.join(FOLDER, f"{name}.br"), "wb") as file:
            file.write(archive)
        failing = sum(probe["error"] is not None for probe in golden["probes"])
        print(f"{name}: {len(golden['probes'])} probes, {failing} fail, {len((golden['probes'][0]['nodes'] or []))} nodes, {len(archive)} bytes", flush=True)
