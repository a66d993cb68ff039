"""Reads the archives of test/models, which scripts/models/pack.mjs writes."""

import json
import os

import brotli

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../test/models")


def unpacked(name):
    """The files of a model by their paths in its archive (`3/model.json`)."""
    with open(os.path.join(FOLDER, f"{name}.br"), "rb") as file:
        content = brotli.decompress(file.read())
    at = content.index(b"\n") + 1
    files = {}
    for path, size in json.loads(content[:at]):
        files[path] = content[at : at + size]
        at += size
    return files
