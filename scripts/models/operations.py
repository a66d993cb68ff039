"""Arithmetic on tensors in functional models: operations of Keras 3, functions of TensorFlow, operators of Python."""

from common import Input, Model, around, is3, keras, layers, model, tf

ops = keras.ops if is3 else None


@model(*around((8, 10, 4), (1, 7, 5, 4), (1, 1, 1, 4)))
def operators():
    """What Python's own operators become in either generation."""
    image = Input((None, None, 4))
    x = (image - 0.5) * 2.0 + image / 3.0
    y = (1.0 - x) ** 2
    z = -y if not is3 else ops.negative(y)
    return Model(image, [layers.Conv2D(3, 1)(z + y), 255.0 - image])


@model(*around((8, 10, 4), (1, 7, 5, 4), (1, 3, 10, 4)))
def slices():
    """Slices in Python's spelling."""
    image = Input((None, None, 4))
    outs = [image[:, ::2, 1:, :], image[..., :3], image[:, 0], image[:, -1, :, 2], image[:, 1:-1, :, ::-1][..., 0:1]]
    return Model(image, [*outs, image[:, :, 3:5]])


@model(*around((6, 8), (2, 4, 8), (1, 1, 8)), only=3)
def reductions_keras3():
    series = Input((None, 8))
    mean, std = ops.mean(series, axis=1, keepdims=True), ops.std(series, axis=1, keepdims=True)
    x = (series - mean) / (std + 1e-5)
    outs = [ops.max(x, axis=-1), ops.min(x, axis=1), ops.sum(x, axis=(1, 2)), ops.var(x, axis=1), ops.prod(x, axis=-1, keepdims=True), ops.argmax(x, axis=-1), ops.any(x > 0, axis=1)]
    return Model(series, [*outs, ops.logsumexp(x, axis=1), ops.softmax(x), ops.norm(x, axis=-1), ops.cumsum(x, axis=1)])


@model(*around((6, 8), (2, 4, 8), (1, 1, 8)), only=3)
def shapes_keras3():
    series = Input((None, 8))
    x = ops.expand_dims(series, -1)
    y = ops.transpose(x, (0, 2, 1, 3))
    z = ops.reshape(series, (-1, 4, 2))
    outs = [ops.squeeze(x, -1), y, z, ops.concatenate([series, series], axis=1), ops.stack([series, series], axis=1), ops.tile(series, (1, 2, 1)), ops.repeat(series, 2, axis=1)]
    outs += [*ops.split(series, 2, axis=-1), ops.pad(series, ((0, 0), (1, 2), (0, 0))), ops.flip(series, axis=1), ops.roll(series, 1, axis=1), ops.swapaxes(series, 1, 2), ops.moveaxis(series, -1, 1)]
    return Model(series, outs)


@model([(2, 5, 4), (2, 7, 4)], [(1, 5, 4), (1, 5, 4)], [(2, 5, 4), (1, 7, 4)], [(2, 5, 3), (2, 7, 4)], [(3, 5, 4), (2, 7, 4)], only=3)
def products_keras3():
    """Attention by hand."""
    a, b = Input((None, 4)), Input((None, 4))
    scores = ops.einsum("bqd,bkd->bqk", a, b) / 2.0
    weights = ops.softmax(scores, axis=-1)
    outs = [ops.matmul(weights, b), ops.where(scores > 0, scores, 0.0), ops.maximum(ops.mean(a, 1), ops.mean(b, 1))]
    return Model([a, b], [*outs, ops.take(a, 0, axis=1), ops.dot(layers.Dense(3)(a), ops.ones((3, 2)))])


@model(*around((9, 9, 3), (1, 5, 6, 3), (1, 2, 2, 3)), only=3)
def neural_operations_keras3():
    image = Input((None, None, 3))
    x = ops.max_pool(image, 2, padding="same")
    x = ops.relu(ops.conv(x, ops.ones((3, 3, 3, 4)), padding="same"))
    return Model(image, [ops.average_pool(x, 3), ops.one_hot(ops.argmax(image, axis=-1), 5), ops.silu(x), ops.log_softmax(x), ops.clip(x, 0.0, 1.0)])


@model(*around((16, 16, 3), (1, 20, 12, 3), (1, 6, 7, 3)), only=3)
def image_operations_keras3():
    image = Input((None, None, 3))
    image_ops = ops.image
    outs = [image_ops.resize(image, (8, 9)), image_ops.rgb_to_grayscale(image), image_ops.extract_patches(image, 4, strides=2), image_ops.crop_images(image, 1, 2, target_height=4, target_width=3)]
    return Model(image, [*outs, image_ops.pad_images(image, 1, 2, target_height=30, target_width=31)])


@model(*around((6, 8), (2, 4, 8), (1, 1, 8)), only=2)
def reductions_tensorflow():
    series = Input((None, 8))
    mean, std = tf.reduce_mean(series, axis=1, keepdims=True), tf.math.reduce_std(series, axis=1, keepdims=True)
    x = (series - mean) / (std + 1e-5)
    outs = [tf.reduce_max(x, axis=-1), tf.reduce_min(x, axis=1), tf.reduce_sum(x, axis=[1, 2]), tf.argmax(x, axis=-1), tf.nn.softmax(x), tf.norm(x, axis=-1), tf.cumsum(x, axis=1)]
    return Model(series, [*outs, tf.math.l2_normalize(x, axis=-1), tf.math.reduce_logsumexp(x, axis=1), tf.abs(x), tf.square(x), tf.clip_by_value(x, 0.0, 1.0)])


@model(*around((6, 8), (2, 4, 8), (1, 1, 8)), only=2)
def shapes_tensorflow():
    series = Input((None, 8))
    x = tf.expand_dims(series, -1)
    outs = [tf.squeeze(x, axis=-1), tf.transpose(x, perm=[0, 2, 1, 3]), tf.reshape(series, [-1, 4, 2]), tf.concat([series, series], axis=1), tf.stack([series, series], axis=1)]
    outs += [tf.tile(series, [1, 2, 1]), tf.repeat(series, 2, axis=1), *tf.split(series, 2, axis=-1), tf.pad(series, [[0, 0], [1, 2], [0, 0]]), tf.reverse(series, axis=[1])]
    return Model(series, [*outs, tf.cast(series, "int32"), tf.zeros_like(series), *tf.unstack(series, 8, axis=2)])


@model([(2, 5, 4), (2, 7, 4)], [(1, 5, 4), (1, 5, 4)], [(2, 5, 4), (1, 7, 4)], [(2, 5, 3), (2, 7, 4)], [(3, 5, 4), (2, 7, 4)], only=2)
def products_tensorflow():
    a, b = Input((None, 4)), Input((None, 4))
    scores = tf.matmul(a, b, transpose_b=True) / 2.0
    outs = [tf.matmul(tf.nn.softmax(scores), b), tf.where(scores > 0.0, scores, 0.0), tf.maximum(tf.reduce_mean(a, 1), tf.reduce_mean(b, 1)), tf.gather(a, [0, 2], axis=2)]
    return Model([a, b], outs)


@model(*around((9, 9, 3), (1, 5, 6, 3), (1, 2, 2, 3)), only=2)
def neural_operations_tensorflow():
    image = Input((None, None, 3))
    x = tf.nn.relu(tf.nn.max_pool2d(image, 2, 2, "SAME"))
    outs = [tf.nn.avg_pool2d(x, 3, 3, "VALID"), tf.nn.space_to_depth(tf.image.resize(image, (8, 8)), 2), tf.one_hot(tf.argmax(image, axis=-1), 5), tf.nn.leaky_relu(x), tf.nn.bias_add(x, [1.0, 2.0, 3.0])]
    return Model(image, [*outs, tf.sigmoid(x), tf.nn.swish(x), tf.nn.gelu(x)])


@model(*around((16, 16, 3), (1, 20, 12, 3), (1, 4, 4, 3)), only=2)
def image_operations_tensorflow():
    image = Input((None, None, 3))
    outs = [tf.image.resize(image, (8, 9)), tf.image.rgb_to_grayscale(image), tf.image.central_crop(image, 0.5), tf.image.flip_left_right(image), tf.image.per_image_standardization(image)]
    return Model(image, [*outs, tf.image.adjust_contrast(image, 2.0), tf.image.resize_with_crop_or_pad(image, 10, 11)])


@model((2, 6, 8), (1, 3, 8), (2, 6, 7), (2, 6, 1))
def positions_from_the_shape():
    """A sequence's length taken from its shape, made into indices."""
    series = Input((None, 8))
    if is3:
        indices = ops.cumsum(ops.ones_like(series[:, :, 0], dtype="int32"), axis=1)
    else:
        indices = tf.cumsum(tf.ones_like(series[:, :, 0], dtype="int32"), axis=1)
    return Model(series, series + layers.Embedding(20, 8)(indices))


@model((2, 6, 8), (1, 3, 8), (2, 6, 1), only=2)
def reshape_by_the_shape():
    """The batch read from the tensor, put into a Reshape."""
    series = Input((None, 8))
    shape = tf.shape(series)
    return Model(series, [tf.reshape(series, [shape[0], -1]), tf.reshape(series, [shape[0], shape[1], 2, 4]), tf.zeros([shape[0], 3])])
