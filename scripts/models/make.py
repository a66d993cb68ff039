"""Saves models that people build, with real Keras, each with what Keras says of it.

usage: make.py 3|2 OUTDIR [NAME …]      (3: Keras 3, 2: tf_keras; versions in scripts/zoo/requirements.txt; then pack.mjs OUTDIR)

Writes OUTDIR/NAME/G/ with model.h5, model.keras, model.json and, converted from the .h5, tfjs/model.json with its shards (not every model in every
format), and golden.json: see test/models/README.md. Each file is loaded again, and the loaded model is what Keras is asked of.
"""

import json
import os
import sys
import traceback

from common import MODELS, Entry, generation, keras  # before TensorFlow: it sets what TensorFlow reads when it starts

import kinds  # noqa: F401
import numpy
from converter import h5_to_tfjs
from describe import describe

out_dir, wanted = sys.argv[2], sys.argv[3:]
# Weights of more numbers are saved as zeros, so that files stay small; the smaller ones may hold statistics that matter.
LARGEST_KEPT = 16


def zero_weights(model):
    model.set_weights([w if w.size <= LARGEST_KEPT else numpy.zeros_like(w) for w in model.get_weights()])


def save(model, entry, folder):
    """The names of the files that could be written."""
    writers = {
        "model.h5": lambda path: model.save(path),
        "model.keras": lambda path: model.save(path),
        "model.json": lambda path: write(path, model.to_json()),
        "tfjs": lambda path: h5_to_tfjs(f"{folder}/model.h5", path),
    }
    saved = []
    for name in entry.files:
        if name == "tfjs" and "model.h5" not in saved:
            continue
        try:
            writers[name](f"{folder}/{name}")
            saved.append(name)
        except (Exception, SystemExit) as error:  # the converter ends the process where it finds nothing to convert
            print("   not saved as", name, "because", str(error).split("\n")[0][:150])
            if name != "tfjs" and os.path.exists(f"{folder}/{name}"):
                os.remove(f"{folder}/{name}")
    return saved


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


def load(path):
    if path.endswith(".json"):
        with open(path) as file:
            return keras.models.model_from_json(file.read())
    return keras.models.load_model(path, safe_mode=False, compile=False)


def without_messages(said):
    cut = lambda probe: {**probe, "failed": probe["failed"] and probe["failed"][:2], "refusal": probe["refusal"] is None}
    return {**said, "probes": [cut(probe) for probe in said["probes"]]}


def answers(model, entry, folder, saved):
    """What Keras says, once for all files of which it says the same."""
    found = []
    for name in saved:
        keras.backend.clear_session()
        note = None
        try:
            said = describe(load(f"{folder}/{'model.h5' if name == 'tfjs' else name}"), entry.probes)
        except Exception as error:
            note = f"{type(error).__name__}: {str(error)[:200]}"
            said = describe(model, entry.probes)
        same = next((known for known in found if without_messages(known["says"]) == without_messages(said)), None)
        if not same:
            same = {"files": [], "unloadable": {}, "unknown": entry.unknown, "says": said}
            found.append(same)
        same["files"].append("tfjs/model.json" if name == "tfjs" else name)
        if note:
            same["unloadable"][name] = note
    return found


def make(name, entry: Entry):
    folder = f"{out_dir}/{name}/{generation}"
    os.makedirs(folder, exist_ok=True)
    keras.backend.clear_session()
    model = entry.make()
    if entry.refused != "unbuilt":
        zero_weights(model)
    saved = save(model, entry, folder)
    golden = [{"files": saved, "refused": entry.refused}] if entry.refused else answers(model, entry, folder, saved)
    write(f"{folder}/golden.json", json.dumps(golden, separators=(",", ":")))
    for group in golden:
        for probe in group.get("says", {}).get("probes", []):
            failed = (probe["failed"] or [probe["refusal"] and "(input)"])[0]
            print("  ", group["files"], probe["inputs"], "→", probe["output"] if failed is None else f"fails at {failed}")
        if group.get("unloadable"):
            print("   not loaded:", group["unloadable"])


left_out = []
for name, entry in MODELS.items():
    if wanted and name not in wanted:
        continue
    print(name, generation, flush=True)
    try:
        make(name, entry)
    except Exception:
        left_out.append(name)
        traceback.print_exc()
if left_out:
    sys.exit(f"could not be made: {', '.join(left_out)}")
