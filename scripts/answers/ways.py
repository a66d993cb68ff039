"""Runs the code of what may be done about a tensor under real Keras: ways.py GENERATION CASES SAID (called by ways.mjs).

Exit status 1 where code does not run, or gives another output, other parameters or other numbers than was promised. Nothing is
downloaded: `weights="imagenet"` becomes `weights=None`. Weights are drawn at random, those of files too, which hold zeros; an application
is made once for all that is asked of it.
"""
import functools
import json
import os
import sys

GENERATION, CASES, SAID = int(sys.argv[1]), sys.argv[2], sys.argv[3]
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
if GENERATION == 2:
    # tf.keras is Keras 2 then, as it was when `from tensorflow import keras` was written.
    os.environ["TF_USE_LEGACY_KERAS"] = "1"

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

if GENERATION == 2:
    import tf_keras as keras  # noqa: E402
else:
    import keras  # noqa: E402

CHANCE = np.random.default_rng(7)
# Sums of floats in another order.
TOLERANCE = 1e-3


def drawn(model):
    """Small numbers for all weights; positive, as some are variances."""
    for layer in model.layers:
        layer.set_weights([CHANCE.uniform(0.01, 0.1, weight.shape).astype(weight.dtype) for weight in layer.get_weights()])
    return model


def without_download(application):
    @functools.lru_cache(maxsize=1)
    def made(**options):
        return application(**options)

    return lambda **options: made(**{**options, "weights": None})


def loading(load):
    return lambda *args: drawn(load(*args))


def replace_loaders():
    for name, application in list(vars(keras.applications).items()):
        if callable(application) and name[0].isupper():
            wrapped = without_download(application)
            setattr(keras.applications, name, wrapped)
            setattr(tf.keras.applications, name, wrapped)
    keras.models.load_model = loading(keras.models.load_model)
    keras.models.model_from_json = loading(keras.models.model_from_json)


def only(outputs):
    return next(iter(outputs.values())) if isinstance(outputs, dict) else outputs


def compared(model, base, shape, as_base):
    """Largest difference from what the original gives, by its largest number."""
    count = base.input_shape[-1]
    tensor = CHANCE.normal(size=shape).astype("float32")
    if as_base == "repeated":
        tensor = np.repeat(tensor[..., :1], shape[-1], axis=-1)
        theirs = np.repeat(tensor[..., :1], count, axis=-1)
    elif as_base == "same":
        theirs = tensor
    else:
        theirs = tensor[..., :count]
    ours, expected = np.array(model(tensor)), np.array(base(theirs))
    if not np.abs(expected).max() > 0 or np.ptp(expected) == 0:
        raise ValueError("the original gives the same number everywhere, which tells nothing")
    return np.abs(ours - expected).max() / np.abs(expected).max()


def run(way, case):
    names = {}
    exec(compile(way["code"], case["name"], "exec"), names)
    [shape, *_] = case["inputs"]
    model = names.get("model")
    if model is not None:
        outputs = model(tf.zeros(shape))
    else:
        outputs = names["outputs"] if "outputs" in names else names["x"]
    answer = {"code": way["code"], "output": only(outputs).shape.as_list(), "parameters": None, "asBase": None}
    if way["parameters"] is not None:
        answer["parameters"] = int(model.count_params())
    if way["asBase"] is not None:
        difference = compared(model, names["base"], shape, way["asBase"])
        answer["asBase"] = way["asBase"] if difference < TOLERANCE else f"not {way['asBase']}: differs by {difference:.2g}"
    return answer


def main():
    replace_loaders()
    with open(CASES, encoding="utf-8") as file:
        cases = [case for case in json.load(file) if case["kerasMajor"] == GENERATION]
    said, wrong, count = {}, [], 0
    for case in sorted(cases, key=lambda case: case["model"]):
        os.chdir(case["home"])
        said[case["name"]] = {}
        for title, way in case["ways"].items():
            count += 1
            try:
                answer = run(way, case)
            except Exception as error:  # noqa: BLE001 - whatever it is, the code does not run
                wrong.append(f"{case['name']}, {title}: {type(error).__name__}: {str(error)[:600]}\n{way['code']}")
                continue
            said[case["name"]][title] = answer
            wrong += [
                f"{case['name']}, {title}: {key} promised {way[key]}, Keras says {value}" for key, value in answer.items() if way[key] != value
            ]
    with open(SAID, "w", encoding="utf-8") as file:
        json.dump({case["name"]: said[case["name"]] for case in cases}, file)
    for line in wrong:
        print(line)
    print(f"Keras {GENERATION}: {count} ways, {len(wrong)} of what is promised is not so.")
    sys.exit(1 if wrong else 0)


main()
