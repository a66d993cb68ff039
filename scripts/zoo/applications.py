"""Real Keras, set up so that `weights='imagenet'` builds the pretrained topology without its weights and without the network."""

import gc
import importlib
import os
import pkgutil
import types

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

# Only these are spelled otherwise by TensorFlow 2.11 and earlier.
RESPELLED = [f"EfficientNetB{n}" for n in range(8)]


class Applications:
    """The Keras Applications of one generation: `3`, `2` (the last tf_keras) or `2.9` (its older EfficientNet spelling)."""

    def __init__(self, generation):
        self.keras = importlib.import_module("keras" if generation == "3" else "tf_keras")
        self.package = f"{self.keras.__name__}.src.applications"
        self.fetched = []  # (file name, hash) of each weight file that Keras would have fetched
        self.names = [name for name in dir(self.keras.applications) if name[0].isupper()]
        self._keep_from_fetching()
        if generation == "2.9":
            self.names = RESPELLED
            respell_efficientnet()

    def build(self, name, **arguments):
        """A model with the default names of the first model of a process."""
        self.keras.backend.clear_session()
        gc.collect()
        self.fetched.clear()
        return getattr(self.keras.applications, name)(**arguments)

    def _keep_from_fetching(self):
        for module in pkgutil.iter_modules(importlib.import_module(self.package).__path__):
            if "test" in module.name:
                continue
            loaded = importlib.import_module(f"{self.package}.{module.name}")
            for helper in ("file_utils", "data_utils"):
                if hasattr(loaded, helper):
                    getattr(loaded, helper).get_file = self._remember_file
        self.keras.Model.load_weights = lambda model, *args, **kwargs: None

    def _remember_file(self, fname=None, *args, **kwargs):
        self.fetched.append([fname, kwargs.get("file_hash") or kwargs.get("md5_hash")])
        return "unused.h5"


def respell_efficientnet():
    """TensorFlow up to 2.11 divided by the root of the deviations where later versions multiply by its inverse."""
    import tensorflow as tf
    from tf_keras.src.applications import efficientnet

    def truediv(x, _):
        return tf.math.truediv(x, tf.math.sqrt(efficientnet.IMAGENET_STDDEV_RGB))

    efficientnet.tf = types.SimpleNamespace(math=types.SimpleNamespace(multiply=truediv), reshape=tf.reshape)
