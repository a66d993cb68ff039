"""Writes what real Keras computes with the classifiers inside the npm package nsfwjs, of a picture drawn by a formula.

usage: classifiers.py node_modules/nsfwjs FILE       (FILE: test/numbers/classifiers.json; tf_keras reads their configs of Keras 2.2)

The weights are read and brought back to floats by tensorflowjs's own Python: scripts/models/converter.py says how that is installed.
An answer: `layers`: [name, mean, std], `probabilities`.
"""

import base64
import json
import os
import subprocess
import sys
import tempfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
here = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.dirname(here), os.path.join(os.path.dirname(here), "models")]
import numpy
import tf_keras as keras
from converter import part
from recorder import Recorder

from answer import spread

package, path = sys.argv[1:3]


def unpacked(name):
    """A module of the package, which holds JSON or base64."""
    code = "const it = require(process.argv[1]); process.stdout.write(JSON.stringify(it.default ?? it))"
    return json.loads(subprocess.check_output(["node", "-e", code, os.path.abspath(f"{package}/dist/models/{name}.min.js")]))


def picture(side):
    """The same numbers as `drawPicture` of test/numbers/classifiers.ts."""
    y, x, channel = numpy.meshgrid(numpy.arange(side), numpy.arange(side), numpy.arange(3), indexing="ij")
    is_disc = (2 * x - side) ** 2 + (2 * y - side) ** 2 < side * side / 3
    return numpy.where(is_disc, 230 - channel * 60 + (x + y) % 20, (x * 3 + y * (channel + 1) + ((x * y) >> 5)) % 256)


def answer(name):
    described = unpacked(f"{name}/model")
    with tempfile.TemporaryDirectory() as folder:
        for shard in (shard for group in described["weightsManifest"] for shard in group["paths"]):
            with open(os.path.join(folder, shard), "wb") as file:
                file.write(base64.b64decode(unpacked(f"{name}/{shard}")))
        entries = part("read_weights").read_weights(described["weightsManifest"], folder, flatten=True)
    weights = {entry["name"]: entry["data"] for entry in entries}
    model = keras.models.model_from_json(json.dumps(described["modelTopology"]["model_config"]))
    for layer in model.layers:
        layer.set_weights([weights.pop(weight.name.split(":")[0]) for weight in layer.weights])
    assert not weights, list(weights)
    recorder = Recorder("2", describe=spread)
    pixels = picture(model.input_shape[1]).astype("float32")[None]
    trace, output = recorder.run(model, pixels / numpy.float32(255))
    layers = [["/".join(call.path), *call.output] for call in trace.calls if call.output is not None]
    print(name, len(layers), "layers", numpy.asarray(output)[0])
    return {"layers": layers, "probabilities": numpy.asarray(output, dtype="float64")[0].tolist()}


with open(path, "w") as file:
    json.dump({name: answer(name) for name in ("mobilenet_v2", "inception_v3")}, file, separators=(",", ":"))
    file.write("\n")
