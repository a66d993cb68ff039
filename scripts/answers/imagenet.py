"""What weights="imagenet" changes: imagenet.py OUTPUT, one model a family, in both generations.

Writes test/answers/imagenet.json: for each model without its top the layers that only one of the two has, how many layers and
parameters each has, and the file of weights that Keras would fetch, by the side of the square named (`None`: none is). Nothing is fetched.
"""

import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "zoo"))
from applications import Applications

SIDES = {"MobileNet": [128, 160, 192, 96], "MobileNetV2": [96, 160, 256]}
MODELS = ["MobileNet", "MobileNetV2", "MobileNetV3Small", "EfficientNetB0", "EfficientNetV2B0", "VGG16", "ConvNeXtTiny", "ResNetRS50"]


def ask(generation):
    applications = Applications(generation)
    said = {}
    for name in [name for name in MODELS if name in applications.names]:
        files = {}
        for side in [*SIDES.get(name, []), None]:
            shape = {} if side is None else {"input_shape": (side, side, 3)}
            pretrained = applications.build(name, weights="imagenet", include_top=False, **shape)
            files[str(side)] = applications.fetched[-1][0]
        pretrained, plain = describe(pretrained), describe(applications.build(name, weights=None, include_top=False))
        said[name] = {
            "only_imagenet": [each for each in pretrained["names"] if each not in plain["names"]],
            "only_none": [each for each in plain["names"] if each not in pretrained["names"]],
            "layers": [plain["layers"], pretrained["layers"]],
            "parameters": [plain["parameters"], pretrained["parameters"]],
            "files": files,
        }
        print(generation, name, said[name]["only_imagenet"], file=sys.stderr, flush=True)
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
