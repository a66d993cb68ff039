"""Writes the public names of all layers and operations of both Kerases, for docs/layers.md and the test that each has a row or a reason.

usage: names.py FILE.json      (keras 3.15.1 and tf_keras 2.21)

{"layers": {"2": {class: [its public names]}, "3": ...}, "operations": [names of keras.ops, and of its modules `image`, `linalg`, `nn`, `numpy`]}
"""

import inspect
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
import keras
import tf_keras


def public_layers(kind, *modules):
    """All classes of layers in these modules: class name -> its public names, the shortest first."""
    found = {}
    for module in modules:
        for name, value in vars(module).items():
            if inspect.isclass(value) and issubclass(value, kind) and not name.startswith("_"):
                found.setdefault(value.__name__, set()).add(name)
    return {name: sorted(names, key=lambda one: (one != name, one)) for name, names in sorted(found.items())}


experimental = tf_keras.layers.experimental
layers = {
    "2": public_layers(tf_keras.layers.Layer, tf_keras.layers, experimental, experimental.preprocessing),
    "3": public_layers(keras.layers.Layer, keras.layers),
}
operations = sorted(name for name, value in vars(keras.ops).items() if inspect.isroutine(value) and not name.startswith("_"))
inner = {
    f"{module}.{name}"
    for module in ("image", "linalg", "nn", "numpy")
    for name, value in vars(getattr(keras.ops, module)).items()
    if inspect.isroutine(value) and not name.startswith("_") and name not in operations
}
with open(sys.argv[1], "w") as file:
    versions = {"2": tf_keras.__version__, "3": keras.__version__}
    json.dump({"versions": versions, "layers": layers, "operations": operations + sorted(inner)}, file, indent=1)
    file.write("\n")
