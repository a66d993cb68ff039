"""What all files of models use: Keras of the generation asked for, and the list into which they put what they make."""

import os
import sys
from dataclasses import dataclass, field

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["TF_USE_LEGACY_KERAS"] = "1"  # parts of tf_keras ask for tf.keras
generation = sys.argv[1] if len(sys.argv) > 1 else ""
if generation not in ("3", "2"):
    sys.exit("usage: make.py 3|2 OUTDIR [NAME …]")
is3 = generation == "3"
if is3:
    import keras
else:
    import tf_keras as keras
import tensorflow as tf  # noqa: F401, after the environment is set

layers = keras.layers
Input, Model, Sequential = keras.Input, keras.Model, keras.Sequential
register = keras.saving.register_keras_serializable("Models")


@dataclass
class Entry:
    """A model and what is asked of it. `probes`: per probe the shapes of all inputs, in the order of `model.inputs`."""

    make: callable
    probes: list
    unknown: bool = False
    refused: str | None = None
    files: tuple = ("model.h5", "model.keras", "model.json", "tfjs")


MODELS = {}
# Tokens as people get them right and wrong: a sentence, a batch, one word, an axis more, an axis less.
TOKENS = ((1, 12), (3, 20), (2, 1), (2, 12, 1), (12,), (2, 12, 3))


def model(*probes, only=None, **flags):
    """Adds a model. A probe is a shape, or a list of shapes for several inputs. `only`: the generation that can build it.

    `unknown`: holds layers whose Python code nobody has, so that other layers may be unknown too. `refused`: why nothing can be sent
    through the saved model: it is `subclassed`, or was `unbuilt`. `files`: what it is saved as, where not as everything.
    """

    def add(make):
        name = make.__name__.replace("_", "-")
        if name in MODELS:
            raise ValueError(f"two models are called {name}")
        if only is None or str(only) == generation:
            MODELS[name] = Entry(make, [listed(probe) for probe in probes], **flags)
        return make

    return add


def listed(probe):
    shapes = probe if isinstance(probe, list) else [probe]
    return [list(shape) for shape in shapes]


def around(shape, *more):
    """A shape (without batch) as people get it right and wrong: alone and in a batch, gray, with a channel too many, without its last axis."""
    *sides, channels = shape
    usual = [(1, *shape), (3, *shape), (1, *sides, 1), (1, *sides, channels + 1), (1, *sides)]
    return [probe for index, probe in enumerate([*usual, *more]) if probe not in usual[:index]]
