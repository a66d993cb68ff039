"""Writes what the layers of both generations of Keras take: python scripts/answers/signatures.py > src/layers/written/signatures.json

Of each public class its arguments in their order, a text for one that must be given, a pair with the default for others; beside the
layers what stands in their arguments: initializers, regularizers, constraints, and the names of activations. Needs the versions of
scripts/zoo/requirements.txt.
"""
import inspect
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras  # noqa: E402
import tf_keras  # noqa: E402

OBJECTS = ("initializers", "regularizers", "constraints")
# They wrap programs, not layers, or are there to be inherited from.
NO_LAYERS = {"Layer", "Wrapper", "InputLayer", "TFSMLayer", "TorchModuleWrapper", "JaxLayer", "FlaxLayer", "Lambda", "AbstractRNNCell"}
BASES = {"Initializer", "Regularizer", "Constraint"}


def is_json(value):
    try:
        json.dumps(value)
    except TypeError:
        return False
    return True


def arguments(made):
    """Those that go by their place, then those that go by name only."""
    kinds = {"args": inspect.Parameter.POSITIONAL_OR_KEYWORD, "named": inspect.Parameter.KEYWORD_ONLY}
    found = {}
    parameters = inspect.signature(made).parameters.values()
    for name, kind in kinds.items():
        found[name] = [
            each.name if each.default is inspect.Parameter.empty else [each.name, each.default if is_json(each.default) else None]
            for each in parameters
            if each.kind is kind and each.name != "self"
        ]
    return {name: each for name, each in found.items() if each or name == "args"}


def several(layer):
    """Whether it is called with more than one tensor."""
    bases = {base.__name__ for base in layer.__mro__}
    if bases & {"Merge", "_Merge", "Attention", "BaseDenseAttention"}:
        return True
    call = list(inspect.signature(layer.call).parameters.values())[1:]
    needed = [each for each in call if each.default is inspect.Parameter.empty and each.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD]
    return len(needed) > 1


def layers(library):
    found, aliases = {}, {}
    public = {name: made for name, made in vars(library.layers).items() if inspect.isclass(made) and issubclass(made, library.layers.Layer)}
    for name, made in sorted(public.items()):
        if made.__name__ in NO_LAYERS:
            continue
        if made.__name__ != name and made.__name__ in public:
            aliases[name] = made.__name__
            continue
        found[name] = {**arguments(made.__init__), **({"several": True} if several(made) else {})}
    return found, aliases


def objects(module):
    found = {}
    classes = {name: made for name, made in vars(module).items() if inspect.isclass(made) and name not in BASES}
    own = {made.__name__: made for made in classes.values()}
    for name, made in sorted(own.items()):
        found[name] = arguments(made.__init__)
    aliases = {name: made.__name__ for name, made in sorted(classes.items()) if name != made.__name__}
    if "l1_l2" in vars(module):
        aliases["l1_l2"] = "L1L2"
    return found, aliases


def texts(module, names):
    """Those that are understood as a text."""
    found = []
    for name in sorted(names):
        try:
            module.get(name)
        except Exception:  # noqa: BLE001 - then it is not
            continue
        found.append(name)
    return found


def activations(library):
    names = {name for module in (keras.activations, tf_keras.activations) for name in vars(module) if not name.startswith("_")}
    more = {"relu6", "leaky_relu", "hard_silu", "hard_swish", "log_softmax", "exp", "glu", "threshold", "sparsemax", "log_sigmoid"}
    return [name for name in texts(library.activations, names | more) if name not in ("get", "serialize", "deserialize")]


def generation(library):
    made, aliases = layers(library)
    document = {"layers": {"classes": made, "aliases": aliases}}
    for name in OBJECTS:
        module = getattr(library, name)
        made, aliases = objects(module)
        more = {"normal", "uniform", "one", "zero"} if name == "initializers" else set()
        document[name] = {"classes": made, "aliases": aliases, "texts": texts(module, {*made, *aliases} | more)}
    document["activations"] = activations(library)
    return document


def main():
    document = {"2": generation(tf_keras), "3": generation(keras)}
    sys.stdout.write(written(document) + "\n")


def written(document):
    """A line a class."""
    parts = []
    for major, groups in document.items():
        rows = []
        for group, held in groups.items():
            if isinstance(held, list):
                rows.append(f"  {json.dumps(group)}: {json.dumps(held)}")
                continue
            classes = ",\n".join(f"    {json.dumps(name)}: {json.dumps(made)}" for name, made in held["classes"].items())
            rest = "".join(f",\n   {json.dumps(name)}: {json.dumps(each)}" for name, each in held.items() if name != "classes")
            rows.append(f'  {json.dumps(group)}: {{\n   "classes": {{\n{classes}\n   }}{rest}\n  }}')
        parts.append(f" {json.dumps(major)}: {{\n" + ",\n".join(rows) + "\n }")
    return "{\n" + ",\n".join(parts) + "\n}"


main()
