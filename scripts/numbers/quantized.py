"""Writes what tensorflowjs's converter makes of a model's weights, quantized in all its ways, and what real Keras computes with them.

usage: quantized.py FILE       (FILE: test/numbers/quantized.json.gz; scripts/models/converter.py says how tensorflowjs is installed)

The weights are those of answer.py's formula; the converter's own reader brings the quantized ones back to floats, with which tf_keras
computes. A case: `files` (base64), `layers`: [name, mean, std], `outputs`, `weights`: by name the sum of its numbers, in double precision.
"""

import base64
import gzip
import json
import os
import sys
import tempfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
here = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.dirname(here), os.path.join(os.path.dirname(here), "models")]
import numpy
import tf_keras as keras
from converter import part
from recorder import Recorder

from answer import ramp, set_weights, spread

recorder = Recorder("2", describe=spread)
conversion = part("converters.keras_h5_conversion")
INPUT = (1, 8, 8, 3)
WHOLE = numpy.array([-7, 0, 2**30], "int32")
EXTRAS = [("flags", numpy.array([True, False, True])), ("words", numpy.array(["a", "", "größer"], object)), ("whole", WHOLE), ("empty", numpy.zeros((0, 3), "float32"))]


def model_built():
    layers = keras.layers
    x = inputs = layers.Input(INPUT[1:], name="image")
    x = layers.Normalization(name="normalization")(x)
    x = layers.Conv2D(8, 3, name="convolution")(x)
    x = layers.BatchNormalization(name="batch")(x)
    x = layers.SeparableConv2D(6, 3, activation="relu", name="separable")(x)
    x = layers.Reshape((16, 6), name="line")(x)
    x = layers.LSTM(5, name="memory")(x)
    model = keras.Model(inputs, layers.Dense(7, activation="softmax", name="classes")(x), name="small")
    set_weights(recorder, model)
    model.get_layer("classes").bias.assign(numpy.full(7, 0.25))  # one value: its range is none
    return model


def written(h5, quantization=None, shard_bytes=4 << 20, by_layer=False, extras=()):
    """The folder's files, and the weights that they stand for."""
    topology, groups = conversion.h5_merged_saved_model_to_tfjs_format(h5, split_by_layer=by_layer)
    for place, (name, data) in enumerate(extras):  # among the others, so that places after them are told
        groups[0].insert(2 * place + 1, {"name": name, "data": data})
    with tempfile.TemporaryDirectory() as folder:
        conversion.write_artifacts(topology, groups, folder, quantization, weight_shard_size_bytes=shard_bytes)
        manifest = json.load(open(f"{folder}/model.json"))["weightsManifest"]
        entries = part("read_weights").read_weights(manifest, folder, flatten=True)
        files = {name: base64.b64encode(open(f"{folder}/{name}", "rb").read()).decode() for name in sorted(os.listdir(folder))}
    return files, {entry["name"]: entry["data"] for entry in entries}


CASES = {
    "as floats": {},
    "in shards that cut weights": dict(shard_bytes=1000),
    "a group for each layer": dict(by_layer=True, shard_bytes=700),
    "with truths, words, whole numbers and nothing": dict(extras=EXTRAS, shard_bytes=601),
    "uint8": dict(quantization={"uint8": True}),
    "uint16": dict(quantization={"uint16": True}, shard_bytes=501),
    "float16": dict(quantization={"float16": True}, shard_bytes=501),
    "by pattern": dict(quantization={"uint8": "convolution/*", "float16": ["*/gamma", "*/beta"], "uint16": True}, by_layer=True, shard_bytes=303),
    "kernels only": dict(quantization={"uint8": "*kernel*"}, extras=EXTRAS),
}


def answer(model, h5, name, options):
    files, weights = written(h5, **options)
    sums = {key: float(numpy.sum(data, dtype="float64")) for key, data in weights.items() if data.dtype != object}
    for layer in model.layers:
        layer.set_weights([weights[weight.name.split(":")[0]] for weight in layer.weights])
        if hasattr(layer, "finalize_state"):
            layer.finalize_state()
    trace, output = recorder.run(model, ramp(INPUT, "float32"))
    layers = [["/".join(call.path), *call.output] for call in trace.calls if len(call.path) == 1 and call.output is not None]
    print(name, len(files), "files", numpy.asarray(output)[0, :3])
    return {"name": name, "files": files, "layers": layers, "outputs": [numpy.asarray(output, dtype="float64").ravel().tolist()], "weights": sums}


with tempfile.TemporaryDirectory() as folder:
    model = model_built()
    h5 = f"{folder}/small.h5"
    model.save(h5)
    answers = [answer(model, h5, name, options) for name, options in CASES.items()]
with open(sys.argv[1], "wb") as file:
    file.write(gzip.compress(json.dumps(answers, separators=(",", ":")).encode(), 9, mtime=0))
