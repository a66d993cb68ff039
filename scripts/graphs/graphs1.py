"""Graphs as TensorFlow 1 built them: reference variables, loops in frames, choices by Switch and Merge; as SavedModel and frozen."""

import os

import tensorflow as tf

from common import numbers

v1 = tf.compat.v1


def built():
    """A graph with a loop and a choice, and its session."""
    v1.disable_control_flow_v2()
    graph = tf.Graph()
    with graph.as_default():
        x = v1.placeholder(tf.float32, [None, None, None, 3], name="image")
        training = v1.placeholder_with_default(False, [], name="training")
        with v1.variable_scope("conv", use_resource=False):
            kernel = v1.get_variable("kernel", initializer=numbers([3, 3, 3, 4]))
            bias = v1.get_variable("bias", initializer=numbers([4]))
        y = tf.nn.relu(tf.nn.bias_add(tf.nn.conv2d(x, kernel, 2, "SAME", name="conv/Conv2D"), bias), name="conv/Relu")
        y = v1.cond(training, lambda: y * 2.0, lambda: y + 1.0, name="chosen")
        y = v1.while_loop(lambda i, _: i < 3, lambda i, a: (i + 1, tf.nn.max_pool2d(a, 2, 1, "SAME")), [0, y], name="loop")[1]
        pooled = tf.reduce_mean(y, [1, 2], name="pool")
        with v1.variable_scope("logits", use_resource=True):
            weights = v1.get_variable("weights", initializer=numbers([4, 5], 1))
        logits = tf.identity(tf.matmul(pooled, weights), name="logits/output")
    v1.enable_control_flow_v2()
    session = v1.Session(graph=graph)
    with graph.as_default():
        session.run(v1.global_variables_initializer())
    return session, x, {"features": y, "logits": logits}


def saved(path):
    session, x, outputs = built()
    with session.graph.as_default():
        v1.saved_model.simple_save(session, path, {"image": x}, outputs)


def frozen(path):
    session, _, outputs = built()
    names = [tensor.op.name for tensor in outputs.values()]
    graph_def = v1.graph_util.convert_variables_to_constants(session, session.graph.as_graph_def(), names)
    os.makedirs(path)
    with open(os.path.join(path, "frozen.pb"), "wb") as file:
        file.write(graph_def.SerializeToString())


PROBES = [[[1, 16, 20, 3]], [[2, 9, 7, 3]], [[1, 16, 20, 1]]]
GRAPHS = {"tensorflow-1": saved, "frozen": frozen}
