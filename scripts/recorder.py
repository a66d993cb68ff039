"""Writes down what real Keras does while it traces a model: every call of every layer, nested models opened.

For all scripts that ask Keras for the truth. `Recorder("3")` watches Keras 3, `Recorder("2")` tf_keras.
"""

import re
from dataclasses import dataclass, field

import tensorflow as tf


@dataclass
class Call:
    """One call that succeeded: path of names within the model, class, shapes of the output in the structure that it has."""

    path: tuple
    class_name: str
    output: object


@dataclass
class Failure:
    """The innermost layer that raised."""

    path: tuple
    class_name: str
    message: str


@dataclass
class Trace:
    """`calls`: in the order in which they ended, inner layers before the model around them. `refusal`: why no layer was reached."""

    calls: list = field(default_factory=list)
    failure: Failure | None = None
    error: str | None = None
    output: object = None

    @property
    def refusal(self):
        return self.error if not self.calls and not self.failure else None


def shape_of(value):
    """Shapes in the structure of `value`; None for what has no shape."""
    if isinstance(value, (list, tuple)):
        return [shape_of(part) for part in value]
    if isinstance(value, dict):
        return {key: shape_of(part) for key, part in value.items()}
    return list(value.shape) if getattr(value, "shape", None) is not None else None


def plain(message):
    """The last ValueError of a traceback in colours."""
    message = re.sub(r"\x1b\[[0-9;]*m", "", message).strip()
    at = message.rfind("ValueError: ")
    return message[at + 12 :] if at >= 0 and "in user code" in message else message


class Recorder:
    def __init__(self, generation):
        if generation == "3":
            from keras.src.layers.layer import Layer
            from keras.src.models import Functional, Sequential
            from keras.src.ops.operation import Operation

            # Layer.__call__ calls Operation.__call__, which is all that a bare operation has.
            classes = [Operation, Layer]
        else:
            from tf_keras.src.engine.base_layer import Layer
            from tf_keras.src.engine.functional import Functional
            from tf_keras.src.engine.sequential import Sequential

            classes = [Layer]
        self._networks = (Functional, Sequential)
        self._trace = None
        self._stack = []  # operations that are running: (operation, its path or None, what it holds if it is a model)
        for recorded in classes:
            recorded.__call__ = self._recording(recorded.__call__)

    def trace(self, model, inputs):
        """Traces the model as tf.function does on `tf.TensorSpec`s: static shapes, no arithmetic."""
        self._trace, self._stack = Trace(), [(None, (), [model])]
        trace = self._trace
        try:
            tf.function(lambda x: model(x, training=False)).get_concrete_function(inputs)
        except Exception as raised:
            trace.error = plain(str(raised))
        finally:
            self._trace, self._stack = None, []
        self._take_out_the_model(trace, model.name)
        return trace

    def members(self, model):
        """What a functional or sequential model holds, operations of Keras 3 included; None for other layers."""
        if not isinstance(model, self._networks):
            return None
        return getattr(model, "operations", None) or model.layers

    @staticmethod
    def _take_out_the_model(trace, name):
        """Paths begin inside the model."""
        inner = [call for call in trace.calls if len(call.path) > 1]
        trace.output = next((call.output for call in trace.calls if len(call.path) == 1), None)
        trace.calls = [Call(call.path[1:], call.class_name, call.output) for call in inner]
        if trace.failure:
            failed = trace.failure
            trace.failure = Failure(failed.path[1:], failed.class_name, failed.message) if len(failed.path) > 1 else None

    def _recording(self, call):
        def recorded(operation, *args, **kwargs):
            if self._trace is None or self._stack[-1][0] is operation:
                return call(operation, *args, **kwargs)
            path = self._path(operation)
            self._stack.append((operation, path, self.members(operation) if path else None))
            try:
                result = call(operation, *args, **kwargs)
            except Exception as error:
                if path and self._trace.failure is None:
                    self._trace.failure = Failure(path, type(operation).__name__, plain(str(error)))
                raise
            finally:
                self._stack.pop()
            if path:
                self._trace.calls.append(Call(path, type(operation).__name__, shape_of(result)))
            return result

        return recorded

    def _path(self, operation):
        """None for what runs inside a layer rather than as a part of a model."""
        _, around, held = self._stack[-1]
        return (*around, operation.name) if any(part is operation for part in held or []) else None
