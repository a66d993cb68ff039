"""MobileNetV2 as TensorFlow Hub's feature vectors have it: a graph of TensorFlow 1 (slim's names and padding) wrapped for TensorFlow 2."""

import tensorflow as tf

from common import numbers

v1 = tf.compat.v1
# Of each stage: expansion, channels, repetitions, first stride. Sandler et al. 2018, table 2.
STAGES = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]


def weight(shape, name):
    made = v1.get_variable(name, initializer=numbers(shape, weight.count, name))
    weight.count += 1
    return made


weight.count = 0


def normalized(x, activate=True):
    channels = x.shape[-1]
    with v1.variable_scope("BatchNorm"):
        own = [weight([channels], name) for name in ("gamma", "beta", "moving_mean", "moving_variance")]
        x, *_ = v1.nn.fused_batch_norm(x, *own, epsilon=1e-3, is_training=False)
    return tf.nn.relu6(x, name="Relu6") if activate else x


def convolved(x, filters, name, size=1, stride=1, activate=True):
    with v1.variable_scope(name):
        kernel = weight([size, size, x.shape[-1], filters], "weights")
        return normalized(tf.nn.conv2d(x, kernel, stride, "SAME", name="Conv2D"), activate)


def block(x, expansion, filters, stride, name):
    into = x
    with v1.variable_scope(name):
        if expansion > 1:
            x = convolved(x, expansion * into.shape[-1], "expand")
        with v1.variable_scope("depthwise"):
            kernel = weight([3, 3, x.shape[-1], 1], "depthwise_weights")
            x = normalized(v1.nn.depthwise_conv2d(x, kernel, [1, stride, stride, 1], "SAME", name="depthwise"))
        x = convolved(x, filters, "project", activate=False)
        return tf.add(x, into, name="add") if stride == 1 and into.shape[-1] == filters else x


def feature_vector(inputs):
    with v1.variable_scope("MobilenetV2", use_resource=True):
        x = convolved(tf.multiply(inputs, 2.0, "hub_input/Mul") - 1.0, 32, "Conv", size=3, stride=2)
        count = 0
        for expansion, filters, repetitions, stride in STAGES:
            for again in range(repetitions):
                name = f"expanded_conv_{count}" if count else "expanded_conv"
                x = block(x, expansion, filters, 1 if again else stride, name)
                count += 1
        x = convolved(x, 1280, "Conv_1")
        x = tf.reduce_mean(x, [1, 2], keepdims=True, name="Logits/global_pool")
    return tf.squeeze(x, [1, 2], name="hub_output/feature_vector/SpatialSqueeze")


class HubMobileNetV2(tf.Module):
    def __init__(self):
        super().__init__()
        weight.count = 0
        self.function = v1.wrap_function(feature_vector, [tf.TensorSpec([None, None, None, 3], tf.float32, name="inputs")])
        self.kept = list(self.function.graph.variables)

    @tf.function(input_signature=[tf.TensorSpec([None, None, None, 3], tf.float32, name="inputs")])
    def __call__(self, inputs):
        return self.function(inputs)
