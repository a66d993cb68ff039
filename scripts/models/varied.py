"""Models that put many layers of one family side by side."""

from common import Input, Model, around, layers, model


@model(*around((13, 17, 4), (1, 5, 4, 4), (1, 3, 3, 4), (1, 2, 2, 4)))
def pooling():
    """All pooling of images, with and without padding."""
    image = Input((None, None, 4))
    x = [layers.MaxPooling2D((3, 2), strides=2)(image), layers.AveragePooling2D((3, 2), strides=2)(image)]
    y = [layers.MaxPooling2D(3, strides=2, padding="same")(image), layers.AveragePooling2D(2, strides=2, padding="same")(image)]
    outs = [layers.Add()(x), layers.Concatenate()(y)]
    for keepdims in (False, True):
        outs += [layers.GlobalMaxPooling2D(keepdims=keepdims)(image), layers.GlobalAveragePooling2D(keepdims=keepdims)(image)]
    return Model(image, outs)


@model([(1, 11, 3), (1, 5, 6, 7, 2)], [(2, 4, 3), (2, 4, 4, 4, 2)], [(1, 11, 1), (1, 5, 6, 7, 2)], [(1, 2, 3), (1, 5, 6, 7, 2)], [(1, 11, 3), (1, 2, 2, 2, 2)])
def pooling_of_lines_and_volumes():
    line, volume = Input((None, 3)), Input((None, None, None, 2))
    outs = [layers.MaxPooling1D(3)(line), layers.AveragePooling1D(3, 2, padding="same")(line), layers.GlobalMaxPooling1D(keepdims=True)(line)]
    outs += [layers.MaxPooling3D(3, 1)(volume), layers.AveragePooling3D(2, padding="same")(volume), layers.GlobalAveragePooling3D(keepdims=True)(volume)]
    return Model([line, volume], [*outs, layers.GlobalMaxPooling3D()(volume), layers.GlobalAveragePooling1D()(line)])


@model(*around((12, 10, 4), (1, 9, 9, 4), (1, 3, 9, 4), (1, 2, 2, 4)))
def shapes_of_images():
    """Up, crop, pad, turn, flatten."""
    image = Input((None, None, 4))
    x = layers.Cropping2D(((1, 0), (0, 2)))(layers.ZeroPadding2D(((0, 2), (1, 1)))(image))
    x = layers.Permute((2, 1, 3))(layers.UpSampling2D((2, 3))(x))
    y = layers.Cropping2D(2)(image)
    return Model(image, [x, layers.Reshape((-1, 2))(y), layers.Permute((3, 1, 2))(y)])


@model(*around((6, 4), (1, 5, 4), (1, 1, 4)))
def shapes_of_lines():
    line = Input((6, 4))
    x = layers.UpSampling1D(2)(layers.ZeroPadding1D((2, 1))(layers.Cropping1D(1)(line)))
    y = layers.Reshape((3, 8))(line)
    z = layers.RepeatVector(2)(layers.Flatten()(layers.Permute((2, 1))(y)))
    return Model(line, [x, y, z])


@model(*around((8, 9, 6), (1, 7, 5, 6)))
def activation_layers():
    image = x = Input((8, 9, 6))
    for one in (layers.ReLU(negative_slope=0.1), layers.LeakyReLU(), layers.ELU(), layers.PReLU(), layers.PReLU(shared_axes=[1, 2]), layers.Softmax()):
        x = one(x)
    for name in ("selu", "gelu", "softplus", "softsign", "tanh", "sigmoid", "hard_sigmoid", "exponential", "linear", "swish"):
        x = layers.Activation(name)(x)
    return Model(image, x)


@model(*around((8, 9, 6), (1, 7, 5, 6)))
def regularization_layers():
    """What does nothing outside training."""
    image = Input((None, None, 6))
    x = layers.ActivityRegularization(0.1)(layers.SpatialDropout2D(0.1)(layers.Dropout(0.1)(image)))
    return Model(image, layers.GaussianDropout(0.1)(layers.GaussianNoise(0.1)(layers.AlphaDropout(0.1)(x))))


@model(*around((8, 9, 6), (1, 7, 5, 6)))
def normalization_layers():
    image = Input((None, None, 6))
    x = layers.BatchNormalization(center=False)(layers.LayerNormalization()(layers.GroupNormalization(3)(image)))
    x = layers.UnitNormalization()(layers.GroupNormalization(-1)(layers.GroupNormalization(1)(x)))
    x = layers.SpectralNormalization(layers.Conv2D(4, 3))(x)
    return Model(image, layers.BatchNormalization(scale=False, momentum=0.9)(layers.Normalization(mean=1.0, variance=2.0, axis=None)(x)))


@model([(1, 5, 6, 4), (1, 5, 6, 4)], [(2, 5, 6, 4), (2, 1, 1, 4)], [(2, 5, 6, 4), (1, 5, 6, 1)], [(1, 5, 6, 4), (1, 5, 1, 4)], [(1, 5, 6, 4), (1, 5, 7, 4)], [(3, 5, 6, 4), (2, 5, 6, 4)])
def merging_layers():
    """All of them on two open images."""
    a, b = Input((None, None, 4)), Input((None, None, 4))
    outs = [getattr(layers, name)()([a, b]) for name in ("Add", "Multiply", "Average", "Maximum", "Minimum", "Subtract")]
    return Model([a, b], outs)


@model([(2, 5, 6, 4), (2, 4), (2, 1, 1, 4), (2, 6, 1)], [(1, 5, 6, 4), (1, 4), (1, 1, 1, 4), (1, 6, 1)], [(2, 5, 7, 4), (2, 4), (2, 1, 1, 4), (2, 6, 1)], [(2, 5, 6, 4), (1, 4), (2, 1, 1, 4), (1, 6, 1)])
def merging_of_unlike_shapes():
    """Ranks that differ, axes of one: Keras stretches in its own way."""
    image, vector, pixel, line = Input((5, 6, 4)), Input((4,)), Input((1, 1, 4)), Input((6, 1))
    outs = [layers.Add()([image, pixel]), layers.Multiply()([image, layers.Reshape((1, 1, 4))(vector)]), layers.Subtract()([image, pixel])]
    outs += [layers.Maximum()([pixel, image]), layers.Minimum()([image, line]), layers.Average()([image, pixel, line])]
    return Model([image, vector, pixel, line], outs)


@model([(2, 5, 4), (2, 4, 6), (2, 5, 4)], [(1, 5, 4), (1, 4, 6), (1, 5, 4)], [(2, 5, 4), (1, 4, 6), (2, 5, 4)], [(2, 5, 3), (2, 4, 6), (2, 5, 4)])
def dot_products():
    a, b, c = Input((5, 4)), Input((4, 6)), Input((5, 4))
    return Model([a, b, c], [layers.Dot(axes=(2, 1))([a, b]), layers.Dot(axes=2)([a, c]), layers.Dot(axes=1, normalize=True)([a, c])])


@model(*around((11, 12, 6), (1, 2, 3, 6), (1, 1, 1, 6)))
def convolutions_of_images():
    """Strides, dilations, groups, multipliers, padding."""
    image = Input((None, None, 6))
    outs = [layers.Conv2D(4, (3, 2), strides=(2, 1))(image), layers.Conv2D(4, 3, dilation_rate=2, padding="same")(image), layers.Conv2D(6, 3, groups=3, padding="same")(image)]
    outs += [layers.DepthwiseConv2D(3, depth_multiplier=2, strides=2, padding="same")(image), layers.SeparableConv2D(5, 2, depth_multiplier=3)(image)]
    outs += [layers.Conv2DTranspose(4, 3, strides=2)(image), layers.Conv2DTranspose(4, 3, strides=3, padding="same")(image), layers.Conv2DTranspose(2, 3, strides=2, padding="same", output_padding=1)(image)]
    return Model(image, outs)


@model([(1, 9, 4), (1, 4, 5, 6, 2)], [(2, 3, 4), (2, 3, 3, 3, 2)], [(1, 9, 1), (1, 4, 5, 6, 2)], [(1, 2, 4), (1, 4, 5, 6, 2)], [(1, 9, 4), (1, 1, 1, 1, 2)])
def convolutions_of_lines_and_volumes():
    line, volume = Input((None, 4)), Input((None, None, None, 2))
    outs = [layers.Conv1D(3, 3, strides=2)(line), layers.SeparableConv1D(3, 2, padding="same")(line), layers.DepthwiseConv1D(3)(line), layers.Conv1DTranspose(3, 3, strides=2)(line)]
    outs += [layers.Conv1D(2, 3, padding="causal", dilation_rate=2)(line), layers.Conv3D(3, (2, 3, 1), padding="same", strides=2)(volume), layers.Conv3D(2, 2)(volume)]
    return Model([line, volume], [*outs, layers.Conv3DTranspose(2, 3, strides=2, padding="same")(volume)])


@model(*around((6, 5, 4), (2, 9, 5, 4), (1, 6, 4, 4)))
def wrappers():
    """TimeDistributed and Bidirectional of several kinds."""
    frames = Input((None, 5, 4))
    x = layers.TimeDistributed(layers.Conv1D(3, 2, padding="same"))(frames)
    x = layers.TimeDistributed(layers.LayerNormalization())(layers.TimeDistributed(layers.Activation("relu"))(x))
    x = layers.TimeDistributed(layers.Flatten())(layers.TimeDistributed(layers.MaxPooling1D(2))(x))
    x = layers.Bidirectional(layers.LSTM(3, return_sequences=True), merge_mode="mul")(x)
    return Model(frames, [layers.TimeDistributed(layers.Dense(2))(x), *layers.Bidirectional(layers.GRU(2), merge_mode=None)(x)])


@model([(2, 5, 8), (2, 7, 6)], [(1, 1, 8), (1, 1, 6)], [(2, 5, 8), (2, 7, 5)], [(2, 5, 1), (2, 7, 6)], [(2, 5), (2, 7, 6)])
def attention_layers():
    a, b = Input((None, 8)), Input((None, 6))
    wide = layers.Dense(8)(b)
    outs = [layers.Attention()([a, wide]), layers.Attention(score_mode="concat")([a, wide, wide]), layers.AdditiveAttention()([a, wide])]
    outs += [layers.MultiHeadAttention(2, 3)(a, b), layers.MultiHeadAttention(2, 3, output_shape=5)(a, b, b)]
    return Model([a, b], outs + list(layers.MultiHeadAttention(3, 4, use_bias=False)(b, a, return_attention_scores=True)))


@model(*around((8, 9, 6), (1, 4, 4, 6)), only=3)
def layers_of_keras3():
    """What only Keras 3 has."""
    image = Input((None, None, 6))
    x = layers.RMSNormalization()(image)
    outs = [layers.AdaptiveAveragePooling2D((3, 2))(x), layers.AdaptiveMaxPooling2D(2)(x), layers.Pipeline([layers.Rescaling(2.0), layers.Resizing(4, 4)])(image)]
    sequence = layers.Reshape((-1, 6))(x)
    outs += [layers.EinsumDense("abc,cd->abd", output_shape=(None, 4), bias_axes="d")(sequence)]
    return Model(image, [*outs, layers.Identity()(x), layers.DepthwiseConv2D(3)(x)])


@model((1, 8, 8, 3), (2, 8, 8, 3), (1, 8, 8, 1), (1, 9, 8, 3))
def mixed_precision():
    """Kernels of float32, arithmetic in float16; the last layer in full."""
    half = {"dtype": "mixed_float16"}
    image = Input((8, 8, 3))
    x = layers.BatchNormalization(**half)(layers.Conv2D(4, 3, **half)(layers.Rescaling(1 / 255, **half)(image)))
    x = layers.Activation("relu", **half)(x + 1.0)
    return Model(image, layers.Activation("softmax", dtype="float32")(layers.Dense(3, **half)(layers.GlobalAveragePooling2D(**half)(x))))
