"""Writes media/zoo: the configs of Keras Applications as real Keras builds them, and what else is known of each model.

usage: generate.py 3|2|2.9 OUTDIR NAME,NAME,...|all

One file a model and generation: brotli-compressed lines of JSON, the names of its variants first, then a config a line:
`notop`, `notop-avg`, `notop-max`, `top` (the pretrained topology), and the same with `none-` before them where `weights=None`
builds another one. index.json: what else is known, per model and generation. No weight file is fetched.
Running it again with the versions of requirements.txt gives the same bytes; files that are there already are left alone.
"""

import fcntl
import importlib
import json
import os
import re
import sys

import brotli
from applications import Applications  # before TensorFlow: it sets what TensorFlow reads when it starts
import tensorflow as tf

generation, out_dir, names = sys.argv[1:4]
applications = Applications(generation)
build = applications.build
imagenet_utils = importlib.import_module(f"{applications.package}.imagenet_utils")

VARIANTS = {
    "notop": {"include_top": False},
    "notop-avg": {"include_top": False, "pooling": "avg"},
    "notop-max": {"include_top": False, "pooling": "max"},
    "top": {"include_top": True},
}


# With open sizes Keras leaves out layers for which the pretrained files of these have weights, and then fails to load them.
SIZED = {"NASNetLarge": (331, 331, 3), "NASNetMobile": (224, 224, 3)}


def build_pretrained(name, **arguments):
    """The topology that the pretrained weights belong to."""
    if name in SIZED:
        arguments["input_shape"] = SIZED[name]
    return build(name, weights="imagenet", **arguments)


def documented_minimum(name):
    """Height and width that the constructor names when it refuses an image of one pixel; None where it takes one."""
    try:
        build(name, weights=None, include_top=False, input_shape=(1, 1, 3))
    except ValueError as refusal:
        found = re.search(r"at least (\d+)x(\d+)", str(refusal))
        if found:
            return [int(side) for side in found.groups()]
        if "Negative dimension" not in str(refusal) and "Computed output size would be negative" not in str(refusal):
            raise
    return None


def takes_grayscale(model, size):
    try:
        tensor = tf.TensorSpec((1, *size, 1), tf.float32)
        tf.function(lambda x: model(x, training=False)).get_concrete_function(tensor)
        return True
    except Exception:
        return False


def normalizing_weights(config):
    """Mean and variance of a Normalization layer whose config leaves them to the weights.

    EfficientNet's weights hold ImageNet's mean and, in the place of the variance, its deviation: the numbers that
    `preprocess_input` of mode `torch` subtracts and divides by, which are recovered here from two pixels.
    """
    known = {}
    for layer in config["config"]["layers"]:
        if layer["class_name"] == "Normalization" and layer["config"]["mean"] is None:
            black, white = (
                imagenet_utils.preprocess_input(tf.fill((1, 1, 3), value), mode="torch").numpy().reshape(3).astype("float64")
                for value in (0.0, 255.0)
            )
            deviation = 1 / (white - black)
            known[f"{layer['name']}/mean"] = [round(float(n), 4) for n in -black * deviation]
            known[f"{layer['name']}/variance"] = [round(float(n), 4) for n in deviation]
    return known


def default_size(model, weight_file):
    """What the top is built for; MobileNetV3 leaves that open, and tells it in the name of its weights: `…_large_224_1.0_float.h5`."""
    declared = list(model.input_shape[1:3])
    return declared if all(declared) else 2 * [int(re.search(r"_(\d{3})_", weight_file[0])[1])]


# Whether `weights=None` builds another topology, by the module of the model: its code is the same for all models of the module.
depends_on_weights = {}


def none_differs(name, pretrained):
    key = name if name in SIZED else getattr(applications.keras.applications, name).__module__
    if key not in depends_on_weights:
        depends_on_weights[key] = json.loads(build(name, weights=None, include_top=False).to_json()) != pretrained
    return depends_on_weights[key]


def describe(name):
    """Configs per variant, and the facts for index.json."""
    configs, files, facts = {}, {}, {}
    for variant, arguments in VARIANTS.items():
        model = build_pretrained(name, **arguments)
        configs[variant] = json.loads(model.to_json())
        if "pooling" not in arguments:
            files[variant] = applications.fetched[-1] if applications.fetched else None
        if variant == "notop":
            facts["parameters"] = model.count_params()
            plain = model
        if variant == "top":
            facts["defaultSize"] = default_size(model, files["top"])
            facts["parametersWithTop"] = model.count_params()
        del model
    facts["takesGrayscale"] = takes_grayscale(plain, facts["defaultSize"])
    del plain  # the largest take 1.4 GB
    facts["documentedMinimum"] = documented_minimum(name)
    if none_differs(name, configs["notop"]):
        for variant, arguments in VARIANTS.items():
            configs[f"none-{variant}"] = json.loads(build(name, weights=None, **arguments).to_json())
    facts["weightFiles"] = files
    facts["knownWeights"] = normalizing_weights(configs["notop"])
    return configs, facts


def write_configs(name, configs):
    lines = [json.dumps(list(configs)), *(json.dumps(config, separators=(",", ":")) for config in configs.values())]
    packed = brotli.compress("\n".join(lines).encode(), quality=11, lgwin=24)
    with open(f"{out_dir}/{name}.{generation}.jsonl.br", "wb") as file:
        file.write(packed)
    return len(packed)


def is_done(name):
    """A run that was stopped goes on where it stopped; delete the folder to begin anew."""
    return os.path.exists(f"{out_dir}/{name}.{generation}.jsonl.br")


def update_index(name, facts):
    """The runs for the three generations may go on side by side, hence the lock."""
    with open(f"{out_dir}/index.json", "a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        index = json.loads(file.read() or '{"producers": {}, "models": {}}')
        index["producers"][generation] = f"keras {applications.keras.__version__}"
        index["models"].setdefault(name, {})[generation] = facts
        models = {key: json.dumps(value, sort_keys=True) for key, value in sorted(index["models"].items())}
        rows = ",\n".join(f"    {json.dumps(key)}: {value}" for key, value in models.items())
        producers = json.dumps(index["producers"], sort_keys=True)
        file.truncate(0)
        file.write(f'{{\n  "producers": {producers},\n  "models": {{\n{rows}\n  }}\n}}\n')


os.makedirs(out_dir, exist_ok=True)
for name in applications.names if names == "all" else names.split(","):
    if is_done(name):
        continue
    configs, facts = describe(name)
    update_index(name, facts)
    size = write_configs(name, configs)
    print(name, generation, *configs, size, "bytes", flush=True)
