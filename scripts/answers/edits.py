"""Runs the code of what-if edits under real Keras: edits.py GENERATION CASES SAID (called by edits.mjs).

Exit status 1 where code does not run, or gives another output or other parameters than was promised, as a whole or at an appended layer.
Nothing is downloaded: models with `weights="imagenet"` are built as with these weights, and keep the numbers that they start with.
"""
import json
import os
import sys

GENERATION, CASES, SAID = int(sys.argv[1]), sys.argv[2], sys.argv[3]
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
if GENERATION == 2:
    # tf.keras is Keras 2 then, as it was when `from tensorflow import keras` was written.
    os.environ["TF_USE_LEGACY_KERAS"] = "1"

sys.path.insert(0, os.path.abspath("scripts/zoo"))

import tensorflow as tf  # noqa: E402
from applications import Applications  # noqa: E402

Applications(str(GENERATION))


def batch(declared, shape):
    return [shape[0] if axis == 0 else size for axis, size in enumerate(declared)]


def run(case):
    names = {}
    exec(compile(case["code"], case["name"], "exec"), names)
    model = names["model"]
    shape = case["input"] if "base" in names else batch(model.input_shape, case["input"])
    tensor = tf.zeros(shape)
    if GENERATION == 3:
        model.trainable = False
    given = model([tensor] * len(model.inputs) if len(model.inputs) > 1 else tensor)
    behind = model.layers[-len(case["appended"]) :] if case["appended"] else []
    return {
        "code": case["code"],
        "output": given.shape.as_list(),
        "parameters": None if case["parameters"] is None else int(model.count_params()),
        "appended": [[int(layer.count_params()), batch(layer.output.shape, case["input"])] for layer in behind],
    }


def main():
    with open(CASES, encoding="utf-8") as file:
        cases = [case for case in json.load(file) if case["kerasMajor"] == GENERATION]
    said, wrong = {}, []
    for case in cases:
        os.chdir(case["home"])
        try:
            answer = run(case)
        except Exception as error:  # noqa: BLE001 - whatever it is, the code does not run
            wrong.append(f"{case['name']}: {type(error).__name__}: {str(error)[:600]}\n{case['code']}")
            continue
        said[case["name"]] = answer
        for key, value in answer.items():
            if case[key] != value:
                wrong.append(f"{case['name']}: {key} promised {case[key]}, Keras says {value}")
    with open(SAID, "w", encoding="utf-8") as file:
        json.dump(said, file)
    for line in wrong:
        print(line)
    print(f"Keras {GENERATION}: {len(cases)} edits, {len(wrong)} of what is promised is not so.")
    sys.exit(1 if wrong else 0)


main()
