"""The converter of tensorflowjs itself, of which only the part for Keras's .h5 files is loaded.

The package asks for versions of TensorFlow and of others that are not the ones beside it here, so it is installed without what it asks for:
`pip install --no-deps tensorflowjs==4.22.0 six`
"""

import importlib
import importlib.util
import os
import sys
import types


def h5_to_tfjs(h5_path, folder, shard_bytes=4 << 20):
    """As `tensorflowjs_converter --input_format=keras`: model.json and its shards in `folder`."""
    conversion = part("converters.keras_h5_conversion")
    os.makedirs(folder, exist_ok=True)
    topology, groups = conversion.h5_merged_saved_model_to_tfjs_format(h5_path)
    conversion.write_artifacts(topology, groups, folder, None, weight_shard_size_bytes=shard_bytes)


def part(name):
    """A module of tensorflowjs, or of its converters."""
    if "tensorflowjs" not in sys.modules:
        root = os.path.dirname(importlib.util.find_spec("tensorflowjs").origin)
        for package, path in (("tensorflowjs", root), ("tensorflowjs.converters", f"{root}/converters")):
            module = types.ModuleType(package)  # its own __init__ imports all converters
            module.__path__ = [path]
            sys.modules[package] = module
    return importlib.import_module(f"tensorflowjs.{name}")
