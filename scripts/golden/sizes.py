"""Asks real Keras which sides of a square image its own applications take, and which numbers of channels.

usage: sizes.py 3|2 test/golden/sizes.json [NAME,NAME,...]      (about 8 minutes each; what else the file has stays)

By model: `fails`: the layer that raises first, for each side below the smallest that runs; `minimum`: that one; `above`: what some
larger sides do, null where they run; `channels`: the same for 1 to 4 channels at the default size, `(input)` where the input check
refused the tensor. With its top, `rebuilt`: for some sides whether the model cloned with an input of that side has weights of the
pretrained shapes (`false` also where it cannot be cloned).
"""

import json
import os
import sys

scripts = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [scripts, os.path.join(scripts, "zoo")]
from applications import Applications  # before TensorFlow: it sets what TensorFlow reads when it starts
import tensorflow as tf
from recorder import Recorder

MODELS = {
    "3": ["VGG16", "MobileNet", "MobileNetV2", "MobileNetV3Small", "ResNet50", "ResNet50V2", "Xception", "InceptionV3", "EfficientNetB0",
          "EfficientNetV2B0", "ConvNeXtTiny", "DenseNet121", "InceptionResNetV2", "NASNetMobile"],
    "2": ["VGG19", "MobileNetV2", "MobileNetV3Large", "ResNet50V2", "Xception", "InceptionV3", "EfficientNetB0", "ConvNeXtTiny",
          "RegNetX002", "ResNetRS50", "DenseNet121", "NASNetMobile"],
}
FARTHER = [1, 2, 3, 14, 15, 16, 17, 32]
WITH_TOP = {"VGG16": [32, 192, 223, 224, 225, 240, 255, 256], "InceptionV3": [74, 75, 76, 224, 299, 300], "MobileNetV2": [30, 31, 224, 500]}
LARGEST = 299

generation, path = sys.argv[1:3]
names = sys.argv[3].split(",") if len(sys.argv) > 3 else None
applications = Applications(generation)
recorder = Recorder(generation)


def first_failure(model, shape):
    """Name of the first layer that cannot run; None where all do."""
    trace = recorder.trace(model, tf.TensorSpec((1, *shape), tf.float32))
    if trace.refusal:
        return "(input)"
    return "/".join(trace.failure.path) if trace.failure else None


def sizes(name):
    declared = {"input_shape": (224, 224, 3)} if name.startswith("NASNet") else {}  # as the zoo has it
    model = applications.build(name, weights="imagenet", include_top=False, **declared)
    channels = [first_failure(model, (224, 224, count)) for count in range(1, 5)]
    if None not in model.input_shape[1:3]:  # it would refuse all other sizes before any layer runs
        model = applications.keras.models.clone_model(model, input_tensors=applications.keras.Input((None, None, 3)))
    fails = []
    for side in range(1, LARGEST + 1):
        failed = first_failure(model, (side, side, 3))
        if failed is None:
            break
        fails.append(failed)
    minimum = len(fails) + 1
    above = {side: first_failure(model, (side, side, 3)) for side in (minimum + more for more in FARTHER)}
    return {"fails": fails, "minimum": minimum, "above": above, "channels": channels}


def rebuilt(name, sides):
    """Of the model with its top, its input declared anew."""
    pretrained = applications.build(name, weights="imagenet", include_top=True)
    shapes = [tuple(weight.shape) for weight in pretrained.weights]

    def fits(side):
        try:
            model = applications.keras.models.clone_model(pretrained, input_tensors=applications.keras.Input((side, side, 3)))
        except ValueError:
            return False
        return [tuple(weight.shape) for weight in model.weights] == shapes

    return {side: fits(side) for side in sides}


known = json.load(open(path)) if os.path.exists(path) else {}
for name in names or MODELS[generation]:
    answer = sizes(name)
    if name in WITH_TOP and generation == "3":
        answer["rebuilt"] = rebuilt(name, WITH_TOP[name])
    known[f"{name}?keras={generation}"] = answer
    print(name, answer["minimum"], answer["channels"], flush=True)
    with open(path, "w") as file:
        file.write("{\n" + ",\n".join(f"  {json.dumps(key)}: {json.dumps(known[key])}" for key in sorted(known)) + "\n}\n")
