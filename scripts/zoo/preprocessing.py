"""Asks real Keras, of both generations, what each application's `preprocess_input` does to pixels.

    python scripts/zoo/preprocessing.py

Writes media/zoo/preprocessing.json (application: `tf`, `caffe`, `torch`, or `none` where the model rescales by itself) and
test/images/preprocessing.json (what came of some pixels, for each application and generation). Needs keras and tf_keras.
"""

import importlib
import json
import os
import pathlib
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODES = ["tf", "caffe", "torch"]
PIXELS = np.array([[0, 0, 0], [255, 255, 255], [1, 2, 3], [200, 100, 50], [17, 128, 254]], "float32")


def asked(package):
    """Per application its mode and what it makes of the pixels."""
    keras = importlib.import_module(package)
    imagenet = importlib.import_module(f"{package}.src.applications.imagenet_utils")
    alike = {mode: imagenet.preprocess_input(PIXELS.copy()[None], mode=mode)[0] for mode in MODES}
    alike["none"] = PIXELS
    for name in filter(lambda name: name[0].isupper(), dir(keras.applications)):
        module = sys.modules[getattr(keras.applications, name).__module__]
        numbers = np.asarray(module.preprocess_input(PIXELS.copy()[None]))[0]
        [mode] = [mode for mode, same in alike.items() if np.array_equal(same, numbers)]
        yield name, mode, numbers


def main():
    modes, numbers = {}, {}
    for generation, package in [("3", "keras"), ("2", "tf_keras")]:
        for name, mode, came in asked(package):
            assert modes.setdefault(name, mode) == mode, f"{name} does something else in {package}"
            numbers[f"{name} {generation}"] = [[float(value) for value in pixel] for pixel in came]
    rows = ",\n".join(f'  "{name}": "{modes[name]}"' for name in sorted(modes))
    (ROOT / "media/zoo/preprocessing.json").write_text(f"{{\n{rows}\n}}\n")
    lines = ",\n".join(f"    {json.dumps(name)}: {json.dumps(rows)}" for name, rows in sorted(numbers.items()))
    pixels = json.dumps(PIXELS.tolist())
    (ROOT / "test/images/preprocessing.json").write_text(f'{{\n  "pixels": {pixels},\n  "came": {{\n{lines}\n  }}\n}}\n')


if __name__ == "__main__":
    main()
