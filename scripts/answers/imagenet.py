"""What weights="imagenet" changes: imagenet.py OUTPUT, one model a family, in both generations.

Writes test/answers/imagenet.json: for each model and `include_top` the layers that only one of the two has, how many layers and
parameters each has, and the file of weights that Keras would fetch, by `input_shape` (`null`: none given). Nothing is fetched.
"""

import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "zoo"))
from applications import RESPELLED, Applications

SHAPES = {"MobileNet": [128, 160, 192, 224, 96, 256], "MobileNetV2": [96, 128, 160, 192, 224, 256]}
MODELS = ["MobileNet", "MobileNetV2", "MobileNetV3Small", "EfficientNetB0", "EfficientNetV2B0", "EfficientNetV2S", "NASNetMobile", "InceptionV3",
          "VGG16", "ResNet50", "ResNet50V2", "DenseNet121", "ConvNeXtTiny", "Xception", "InceptionResNetV2", "RegNetX002", "ResNetRS50"]


def ask(generation):
    applications = Applications(generation)
    said = {}
    for name in [name for name in MODELS if name in applications.names and (generation != "2.9" or name in RESPELLED)]:
        for top in (False, True):
            # With a size, as NASNet has other layers where none is given.
            named = {"include_top": top, "input_shape": (224, 224, 3) if "V2S" not in name else (384, 384, 3)}
            plain = describe(applications.build(name, weights=None, **named))
            pretrained = describe(applications.build(name, weights="imagenet", **named))
            files = {}
            for side in [None, *(SHAPES.get(name, []) if not top else [])]:
                shape = {} if side is None else {"input_shape": (side, side, 3)}
                applications.build(name, weights="imagenet", include_top=top, **shape)
                files[str(side)] = applications.fetched[-1][0]
            said[f"{name} {top}"] = {
                "only_imagenet": [each for each in pretrained["names"] if each not in plain["names"]],
                "only_none": [each for each in plain["names"] if each not in pretrained["names"]],
                "layers": [plain["layers"], pretrained["layers"]],
                "parameters": [plain["parameters"], pretrained["parameters"]],
                "files": files,
            }
        print(generation, name, said[f"{name} False"]["only_imagenet"], file=sys.stderr, flush=True)
    return said


def describe(model):
    return {"names": [layer.name for layer in model.layers], "layers": len(model.layers), "parameters": model.count_params()}


def main():
    if sys.argv[1] == "--ask":
        json.dump(ask(sys.argv[2]), sys.stdout)
        return
    golden = {}
    for generation in ("3", "2", "2.9"):
        said = subprocess.run([sys.executable, __file__, "--ask", generation], check=True, stdout=subprocess.PIPE)
        golden[generation] = json.loads(said.stdout.decode().splitlines()[-1])
    with open(sys.argv[1], "w") as file:
        json.dump(golden, file, indent=1)


main()
