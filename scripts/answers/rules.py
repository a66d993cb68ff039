"""Which arguments the functions of Keras Applications refuse: rules.py OUTPUT, for every model, in both generations.

Writes test/answers/arguments.json.gz (given as OUTPUT): the calls, once for all models, and for each generation and model a letter a
call: `-` taken, else the rule that refused it, by Keras's own message (RULES). What is asked is the function's own code; the layers
that it would build are exchanged for nothing, so nothing is built, and no file of weights is fetched or read.
"""

import gzip
import importlib
import itertools
import json
import os
import pkgutil
import subprocess
import sys

# A rule is told by words of its message; `?` would be one that nobody has met.
RULES = {
    "c": "input must have 3 channels",
    "t": "`input_shape` should be",
    "m": "Input size must be at least",
    "o": "should specify a static `input_shape`",
    "s": "argument must be static",
    "k": "`classes` should be 1000",
    "f": "activations are allowed",
    "a": "alpha ",
    "d": "depth multiplier must be 1",
    "w": "must equal ",
    "u": "unexpected keyword argument",
    "U": "Unknown argument(s)",
}

SQUARES = [1, 31, 32, 64, 70, 71, 74, 75, 96, 128, 160, 192, 224, 240, 260, 299, 300, 331, 380, 384, 456, 480, 528, 600]
SHAPES = [
    None,
    *([side, side, 3] for side in SQUARES),
    *([side, side, channels] for side in (64, 128, 224) for channels in (1, 2, 4)),
    [31, 64, 1],
    [64, 31, 3],
    [128, 160, 3],
    [208, 104, 3],
    [84, 112, 3],
    [None, None, 3],
    [None, None, 1],
    [None, 20, 3],
    [None, 224, 3],
]
TENSORS = [[128, 128, 3], [224, 224, 3], [224, 224, 1], [128, 160, 1], [20, 20, 3], [None, None, 3], [None, 20, 3]]
EITHER = (False, True)
WEIGHTS = ("imagenet", None)
OTHERS = [
    {"classes": 10},
    {"classes": 10, "classifier_activation": "sigmoid"},
    {"pooling": "avg"},
    {"classifier_activation": "sigmoid"},
    {"classifier_activation": None},
    *({"alpha": alpha} for alpha in (0.25, 0.35, 0.5, 0.75, 1.0, 1.3, 1.4, 2.0)),
    *({"alpha": alpha, "minimalistic": True} for alpha in (0.75, 1.0)),
    {"depth_multiplier": 2},
    {"depth_multiplier": 2, "alpha": 0.35},
    # Which rule comes first.
    {"input_shape": [20, 20, 1], "classes": 10},
    {"input_shape": [20, 20, 1], "alpha": 0.4},
    {"input_shape": [224, 224, 1], "classifier_activation": "sigmoid"},
]


def calls():
    common = [{"include_top": top, "weights": weights} for top, weights in itertools.product(EITHER, WEIGHTS)]
    for base in common:
        yield from ({**base, "input_shape": shape} for shape in SHAPES)
        yield from ({**base, "input_tensor": tensor} for tensor in TENSORS)
        yield from ({**base, "input_tensor": [224, 224, 3], "input_shape": shape} for shape in ([224, 224, 3], [224, 160, 3], [160, 224, 1]))
        yield from ({**base, **other} for other in OTHERS)


class Nothing:
    """Stands for a layer, for the function that makes it and for what such functions lie in: gives back the first tensor it is called with."""

    def __init__(self, is_tensor, real):
        self.is_tensor, self.real = is_tensor, real

    def __getattr__(self, name):
        return {"Input": self.real.Input, "Model": self.model}.get(name, self)

    def model(self, *arguments, **named):
        return self

    def __call__(self, *arguments, **named):
        flat = [each for value in (*arguments, *named.values()) for each in (value if isinstance(value, (list, tuple)) else [value])]
        return next((each for each in flat if self.is_tensor(each)), self)


def ask(generation):
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    keras = importlib.import_module("keras" if generation == "3" else "tf_keras")
    package = f"{keras.__name__}.src.applications"
    is_tensor = keras.src.backend.is_keras_tensor if generation == "2" else lambda value: isinstance(value, keras.KerasTensor)

    def is_symbolic(value):
        try:
            return is_tensor(value)
        except ValueError:  # Keras 2 refuses to say it of what is no tensor at all
            return False

    nothing = Nothing(is_symbolic, keras.layers)
    for found in pkgutil.iter_modules(importlib.import_module(package).__path__):
        if "test" in found.name or found.name == "imagenet_utils":
            continue
        module = importlib.import_module(f"{package}.{found.name}")
        for name in ("layers", "VersionAwareLayers", "training", "training_lib", "models", "Sequential", "sequential"):
            if hasattr(module, name):
                setattr(module, name, nothing)
        if hasattr(module, "Functional"):
            module.Functional = nothing.model
        for name, value in vars(module).copy().items():
            if isinstance(value, type) and issubclass(value, keras.layers.Layer):
                setattr(module, name, nothing)
        for helper in ("file_utils", "data_utils"):
            if hasattr(module, helper):
                getattr(module, helper).get_file = lambda *arguments, **named: "unused.h5"

    applications = keras.applications
    asked = list(calls())
    verdicts = {}
    for name in sorted(name for name in dir(applications) if name[0].isupper()):
        letters = ""
        for call in asked:
            named = {key: tuple(value) if isinstance(value, list) else value for key, value in call.items()}
            if call.get("input_tensor"):
                named["input_tensor"] = keras.Input(named["input_tensor"])
            try:
                getattr(applications, name)(**named)
                letters += "-"
            except (ValueError, TypeError) as refusal:
                letter = next((letter for letter, words in RULES.items() if words in str(refusal)), "?")
                if letter == "?":
                    print(f"{name} {call}: {type(refusal).__name__}: {refusal}", file=sys.stderr)
                letters += letter.lower()
        keras.backend.clear_session()
        verdicts[name] = letters
    return {"producer": f"keras {keras.__version__}", "calls": asked, "verdicts": verdicts}


def main():
    if sys.argv[1] == "--ask":
        json.dump(ask(sys.argv[2]), sys.stdout)
        return
    golden = {"calls": list(calls()), "verdicts": {}, "producers": {}}
    for generation in ("3", "2"):
        said = subprocess.run([sys.executable, __file__, "--ask", generation], check=True, stdout=subprocess.PIPE)
        said = json.loads(said.stdout.decode().splitlines()[-1])
        golden["verdicts"][generation] = said["verdicts"]
        golden["producers"][generation] = said["producer"]
    unknown = sum(letters.count("?") for models in golden["verdicts"].values() for letters in models.values())
    if unknown:
        sys.exit(f"{unknown} refusals follow no rule that RULES names.")
    with gzip.GzipFile(sys.argv[1], "wb", mtime=0) as file:
        file.write(json.dumps(golden, separators=(",", ":")).encode())


main()
