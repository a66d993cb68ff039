"""Writes what real Keras computes: for models with weights by a formula and the fill `ramp`, mean and deviation of every layer and the outputs.

usage: make.py 3|2 FILE        (adds its generation's answers to FILE, test/numbers/numbers.json.gz; versions in scripts/zoo/requirements.txt)

An answer: `model` (a zoo spec, or an archive of test/models), `inputs` (a shape each, batch in front), `layers`: [path, mean, std], `outputs`.
"""

import gzip
import json
import os
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.dirname(here), os.path.join(os.path.dirname(here), "zoo")]
generation, path = sys.argv[1:3]
from applications import Applications  # before TensorFlow: it sets what TensorFlow reads when it starts

applications = Applications(generation)
keras = applications.keras
from answer import told
from archives import unpacked

ZOO = {
    "3": [["EfficientNetB0", [1, 96, 96, 3]], ["EfficientNetB0", [1, 64, 64, 1]], ["MobileNetV2", [1, 96, 128, 3]], ["ConvNeXtTiny", [1, 64, 64, 3]]],
    "2": [["InceptionV3", [1, 139, 139, 3]], ["MobileNetV3Small", [1, 96, 96, 3]], ["ResNet50V2", [1, 64, 64, 3]]],
}
ARCHIVES = [
    "attention-unet", "autoencoder-convolutional", "densenet-like", "frame-prediction", "masked-series", "recurrent-cells",
    "retinanet-like", "sentiment-lstm", "seq2seq-with-attention", "shared-encoder", "speech-recognition", "super-resolution",
    "transformer-encoder", "transformer-masked", "unet", "vision-transformer", "wavenet-like", "yolo-like",
]


def answers():
    for name, shape in ZOO[generation]:
        model = applications.build(name, weights="imagenet", include_top=False)
        yield told(f"{name}?keras={generation}", model, [shape], generation)
        keras.backend.clear_session()
    for name in ARCHIVES:
        files = unpacked(name)
        if f"{generation}/model.json" not in files:
            continue
        model = keras.models.model_from_json(files[f"{generation}/model.json"].decode())
        probes = json.loads(files[f"{generation}/golden.json"])[0]["says"]["probes"]
        shapes = next(probe["inputs"] for probe in probes if probe.get("error") is None)
        yield told(name, model, shapes, generation)
        keras.backend.clear_session()


kept = json.loads(gzip.open(path).read()) if os.path.exists(path) else {}
kept[generation] = list(answers())
with open(path, "wb") as file:
    file.write(gzip.compress(json.dumps(dict(sorted(kept.items())), separators=(",", ":")).encode(), mtime=0))
