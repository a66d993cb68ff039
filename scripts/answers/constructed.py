"""What comes of calls that the functions of Keras Applications take: constructed.py OUTPUT, one model a family, in both generations.

Writes test/answers/constructed.json: for each model and call what it gives (`output`, of a tensor of the size asked for, and
`parameters`), or where it ends (`fails`: `build`, `weights` or `run`, with the layer that Keras names). Each is built for real and loads a file
of weights for real; the file is not the pretrained one, which is not fetched, but one of the same layers, written by the model that
the function builds for its default size.
"""

import importlib
import json
import os
import pkgutil
import re
import subprocess
import sys
import tempfile

BOTH = ["MobileNet", "MobileNetV2", "MobileNetV3Small", "EfficientNetB0", "EfficientNetV2B0", "NASNetMobile", "InceptionV3", "VGG16",
        "ResNet50", "ResNet50V2", "DenseNet121", "ConvNeXtTiny", "Xception", "InceptionResNetV2"]
MODELS = {"3": BOTH, "2": [*BOTH, "RegNetX002", "RegNetY002", "ResNetRS50"]}

# `tensor`: what the model is fed with, where it does not follow from the call.
CALLS = [
    {"include_top": False, "weights": "imagenet", "tensor": [208, 104, 3]},
    {"include_top": False, "weights": "imagenet", "input_shape": [208, 104, 3]},
    {"include_top": False, "weights": "imagenet", "input_shape": [129, 161, 3]},
    {"include_top": False, "weights": "imagenet", "input_tensor": [208, 104, 1]},
    {"include_top": False, "weights": "imagenet", "input_shape": [208, 104, 1]},
    {"include_top": True, "weights": "imagenet", "input_tensor": [208, 104, 3]},
    {"include_top": False, "weights": "imagenet", "input_tensor": [20, 20, 3]},
    {"include_top": False, "weights": None, "input_shape": [128, 96, 4]},
    {"include_top": True, "weights": None, "input_shape": [96, 96, 1]},
]


def ask(generation):
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    keras = importlib.import_module("keras" if generation == "3" else "tf_keras")
    import h5py
    import tensorflow as tf

    package = f"{keras.__name__}.src.applications"
    file = {"path": None}
    for found in pkgutil.iter_modules(importlib.import_module(package).__path__):
        module = importlib.import_module(f"{package}.{found.name}") if "test" not in found.name else None
        for helper in ("file_utils", "data_utils"):
            if hasattr(module, helper):
                getattr(module, helper).get_file = lambda *arguments, **named: file["path"]
    load = keras.Model.load_weights

    class Loading(Exception):
        pass

    def loading(model, path, *arguments, **named):
        try:
            return path and load(model, path, *arguments, **named)
        except Exception as error:
            raise Loading(str(error)) from error

    keras.Model.load_weights = loading

    def save(model, path):
        if generation == "2":
            model.save_weights(path)
            return
        legacy = importlib.import_module("keras.src.legacy.saving.legacy_h5_format")
        with h5py.File(path, "w") as opened:
            legacy.save_weights_to_hdf5_group(opened, model)

    sizes = json.load(open("media/zoo/index.json"))["models"]

    def outcome(name, call):
        tensor = call.get("tensor") or call.get("input_shape") or call["input_tensor"]
        named = {key: tuple(value) if isinstance(value, list) else value for key, value in call.items() if key != "tensor"}
        if "input_tensor" in named:
            named["input_tensor"] = keras.Input(named["input_tensor"])
        try:
            model = getattr(keras.applications, name)(**named)
        except Loading as error:
            return {"fails": "weights", "message": plain(error)}
        except Exception as error:
            return {"fails": "build", "message": plain(error)}
        try:
            traced = tf.function(lambda x: model(x, training=False)).get_concrete_function(tf.TensorSpec((1, *tensor), tf.float32))
        except Exception as error:
            return {"fails": "run", "message": plain(error)}
        return {"output": traced.output_shapes.as_list(), "parameters": model.count_params()}

    said = {}
    for name in MODELS[generation]:
        size = sizes[name][generation]["defaultSize"]
        written = {}
        for top in (False, True):
            keras.backend.clear_session()
            file["path"] = None
            model = getattr(keras.applications, name)(weights="imagenet", include_top=top, input_shape=(*size, 3))
            written[top] = os.path.join(tempfile.gettempdir(), f"constructed-{os.getpid()}-{top}.h5")
            save(model, written[top])
        said[name] = []
        for call in CALLS:
            keras.backend.clear_session()
            file["path"] = written[call["include_top"]]
            said[name].append(outcome(name, call))
        for path in written.values():
            os.remove(path)
        print(name, [each.get("output") or each["fails"] for each in said[name]], file=sys.stderr, flush=True)
    return {"producer": f"keras {keras.__version__}", "outcomes": said}


def plain(error):
    """The beginning of what it says: without colours, and without the folders of this machine."""
    return re.sub(r"\s+", " ", re.sub(r"\x1b\[[0-9;]*m|(?:/[\w.@+-]+)+/(?=[\w.@+-]+)", "", str(error)))[:160]


def main():
    if sys.argv[1] == "--ask":
        json.dump(ask(sys.argv[2]), sys.stdout)
        return
    golden = {"calls": CALLS, "producers": {}, "outcomes": {}}
    for generation in ("3", "2"):
        said = subprocess.run([sys.executable, __file__, "--ask", generation], check=True, stdout=subprocess.PIPE)
        said = json.loads(said.stdout.decode().splitlines()[-1])
        golden["outcomes"][generation] = said["outcomes"]
        golden["producers"][generation] = said["producer"]
    with open(sys.argv[1], "w") as file:
        json.dump(golden, file, indent=1)


main()
