"""Runs the code of `layerscope head` under real Keras: heads.py GENERATION CASES SAID (called by heads.mjs).

Exit status 1 where code does not run, or gives another output or other parameters than was promised. Nothing is downloaded: the code
runs as it is but for `weights="imagenet"`, which becomes `weights=None`, as that changes neither shapes nor parameters of what is built.
"""
import json
import os
import sys

GENERATION, CASES, SAID = int(sys.argv[1]), sys.argv[2], sys.argv[3]
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
if GENERATION == 2:
    # tf.keras is Keras 2 then, as it was when `from tensorflow import keras` was written.
    os.environ["TF_USE_LEGACY_KERAS"] = "1"

import tensorflow as tf  # noqa: E402


def zeros(inputs):
    tensors = [tf.zeros(each["shape"], each["dtype"]) for each in inputs]
    return tensors[0] if len(tensors) == 1 else tensors


def run(code, case):
    """What Keras makes of the code: declared output with the probe's batch, actual output, parameters of the head."""
    names = {}
    exec(compile(code.replace('weights="imagenet"', "weights=None"), case["name"], "exec"), names)
    model, base = names["model"], names.get("base")
    own = [] if base is None or not hasattr(base, "layers") else list(base.layers)
    head = [layer for layer in model.layers if layer is not base and not any(layer is other for other in own)]
    parameters = 0 if model is base else sum(layer.count_params() for layer in head)
    features = base is None
    tensors = tf.zeros([case["inputs"][0]["shape"][0], *model.input_shape[1:]]) if features else zeros(case["inputs"])
    try:
        given = model(tensors)
    except tf.errors.InvalidArgumentError as error:
        if "NHWC" not in str(error) and "channels_last" not in str(error) and "NCHW" not in str(error):
            raise
        # This processor convolves channels that come last only; what is declared must do.
        shape = [tensors.shape[0], *model.output_shape[1:]]
    except tf.errors.UnimplementedError:
        shape = [tensors.shape[0], *model.output_shape[1:]]
    else:
        if isinstance(given, dict):
            (given,) = given.values()
        shape = given.shape.as_list()
    return {"code": code, "output": shape, "parameters": int(parameters)}


def main():
    with open(CASES, encoding="utf-8") as file:
        cases = [case for case in json.load(file) if case["kerasMajor"] == GENERATION]
    said, wrong, count = {}, [], 0
    for case in cases:
        os.chdir(case["home"])
        said[case["name"]] = {}
        for option in case["options"]:
            count += 1
            if option["code"] == "":
                continue
            try:
                answer = run(option["code"], case)
            except Exception as error:  # noqa: BLE001 - whatever it is, the code does not run
                wrong.append(f"{case['name']}, {option['name']}: {type(error).__name__}: {str(error)[:600]}")
                continue
            said[case["name"]][option["name"]] = answer
            promised = {key: option[key] for key in ("output", "parameters")}
            if {key: answer[key] for key in promised} != promised:
                wrong.append(f"{case['name']}, {option['name']}: promised {promised}, Keras says {answer['output']}, {answer['parameters']}")
    with open(SAID, "w", encoding="utf-8") as file:
        json.dump(said, file)
    for line in wrong:
        print(line)
    print(f"Keras {GENERATION}: {count - len(wrong)} of {count} heads are as promised.")
    sys.exit(1 if wrong else 0)


main()
