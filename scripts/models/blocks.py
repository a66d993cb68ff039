"""Classifiers of images, in the manner of the well-known families, small."""

from common import Input, Model, Sequential, around, is3, keras, layers, model, tf


def conv_bn(x, filters, size, **options):
    x = layers.Conv2D(filters, size, padding=options.pop("padding", "same"), use_bias=False, **options)(x)
    return layers.Activation("relu")(layers.BatchNormalization()(x))


@model(*around((28, 28, 1), (1, 32, 32, 1)))
def mnist_flatten():
    return Sequential([Input((28, 28, 1)), layers.Flatten(), layers.Dense(12, activation="relu"), layers.Dropout(0.2), layers.Dense(10)])


@model((1, 28, 28), (2, 28, 28), (1, 28, 28, 1), (1, 30, 28), (1, 28), (1, 28, 28, 3))
def mnist_without_channels():
    """Two axes only, a Reshape makes the third."""
    image = Input((28, 28))
    x = layers.Reshape((28, 28, 1))(image)
    return Model(image, layers.Dense(10)(layers.Flatten()(layers.MaxPooling2D(3)(layers.Conv2D(4, 3)(x)))))


@model(*around((32, 32, 3), (1, 28, 28, 3), (1, 64, 64, 3)))
def vgg_like():
    stack = [Input((32, 32, 3))]
    for filters in (4, 8):
        stack += [layers.Conv2D(filters, 3, padding="same", activation="relu"), layers.Conv2D(filters, 3, activation="relu"), layers.MaxPooling2D(2)]
    return Sequential([*stack, layers.Flatten(), layers.Dense(16, activation="relu"), layers.Dense(10, activation="softmax")], name="vgg")


@model(*around((32, 32, 3), (1, 7, 9, 3), (1, 224, 200, 3)))
def resnet_like():
    """Residuals with a projection where the stride is two."""
    image = Input((None, None, 3))
    x = layers.MaxPooling2D(3, strides=2)(layers.ZeroPadding2D(1)(conv_bn(layers.ZeroPadding2D(3)(image), 8, 7, strides=2, padding="valid")))
    for filters, stride in ((8, 1), (16, 2), (16, 1)):
        y = conv_bn(x, filters, 3, strides=stride)
        y = layers.BatchNormalization()(layers.Conv2D(filters, 3, padding="same")(y))
        if stride > 1:
            x = layers.BatchNormalization()(layers.Conv2D(filters, 1, strides=stride)(x))
        x = layers.ReLU()(layers.Add()([x, y]))
    return Model(image, layers.Dense(10)(layers.GlobalAveragePooling2D()(x)))


@model(*around((32, 32, 3), (1, 16, 16, 3), (1, 3, 3, 3)))
def densenet_like():
    image = Input((None, None, 3))
    x = layers.Conv2D(6, 3, padding="same")(image)
    for block in range(2):
        for _ in range(3):
            y = layers.Conv2D(8, 1)(layers.ReLU()(layers.BatchNormalization()(x)))
            x = layers.Concatenate()([x, layers.Conv2D(4, 3, padding="same")(y)])
        x = layers.AveragePooling2D(2)(layers.Conv2D(8, 1)(x))
    return Model(image, layers.Dense(5)(layers.GlobalAveragePooling2D()(x)), name="densenet")


@model(*around((32, 32, 3), (1, 19, 23, 3), (1, 6, 6, 3)))
def inception_like():
    """Branches of several window sizes, valid convolutions before them."""
    image = Input((None, None, 3))
    x = conv_bn(conv_bn(image, 4, 3, strides=2, padding="valid"), 4, 3, padding="valid")
    branches = [conv_bn(x, 4, 1), conv_bn(conv_bn(x, 4, 1), 6, 5), conv_bn(conv_bn(conv_bn(x, 4, 1), 4, (1, 7)), 4, (7, 1))]
    branches.append(conv_bn(layers.AveragePooling2D(3, strides=1, padding="same")(x), 4, 1))
    x = layers.concatenate(branches, axis=3)
    reduced = [conv_bn(x, 6, 3, strides=2, padding="valid"), layers.MaxPooling2D(3, strides=2)(x)]
    return Model(image, layers.Dense(5)(layers.GlobalAveragePooling2D()(layers.concatenate(reduced))))


def squeeze_excite(x, filters, ratio=4):
    s = layers.GlobalAveragePooling2D(keepdims=True)(x)
    s = layers.Conv2D(filters, 1, activation="hard_sigmoid")(layers.Conv2D(filters // ratio, 1, activation="relu")(s))
    return layers.Multiply()([x, s])


@model(*around((32, 32, 3), (1, 17, 33, 3), (1, 1, 1, 3)))
def mobilenet_like():
    """Inverted residuals, hard swish by operations, squeeze-and-excite, odd padding."""
    relu6 = layers.ReLU(6.0)
    image = Input((None, None, 3))
    x = layers.Conv2D(8, 3, strides=2, padding="same", use_bias=False)(layers.Rescaling(1 / 127.5, -1.0)(image))
    x = layers.BatchNormalization(momentum=0.999)(x)
    x = layers.Multiply()([x, layers.Rescaling(1 / 6)(relu6(x + 3.0))])
    y = layers.ReLU(6.0)(layers.Conv2D(16, 1)(x))
    y = layers.DepthwiseConv2D(3, strides=2, use_bias=False)(layers.ZeroPadding2D(((0, 1), (0, 1)))(y))
    y = squeeze_excite(layers.BatchNormalization()(y), 16)
    x = layers.Conv2D(8, 1)(y)
    x = layers.Add()([x, layers.DepthwiseConv2D(5, padding="same")(x)])
    return Model(image, layers.Flatten()(layers.Conv2D(5, 1)(layers.GlobalAveragePooling2D(keepdims=True)(x))))


@model(*around((32, 32, 3), (1, 65, 43, 3), (1, 2, 2, 3)))
def efficientnet_like():
    """Normalization of the input, squeeze-and-excite by Reshape, swish, dropout of whole samples."""
    image = Input((None, None, 3))
    x = layers.Normalization(mean=[0.5, 0.4, 0.3], variance=[0.2, 0.2, 0.2])(layers.Rescaling(1 / 255)(image))
    x = layers.Activation("swish")(layers.BatchNormalization()(layers.Conv2D(8, 3, strides=2, padding="same", use_bias=False)(x)))
    for _ in range(2):
        y = layers.Conv2D(16, 1, activation="swish")(x)
        y = layers.DepthwiseConv2D(5, padding="same", activation="swish")(y)
        s = layers.Reshape((1, 1, 16))(layers.GlobalAveragePooling2D()(y))
        y = layers.multiply([y, layers.Conv2D(16, 1, activation="sigmoid")(layers.Conv2D(2, 1, activation="swish")(s))])
        y = layers.Dropout(0.2, noise_shape=(None, 1, 1, 1))(layers.BatchNormalization()(layers.Conv2D(8, 1)(y)))
        x = layers.add([y, x])
    return Model(image, layers.Dense(5, activation="softmax")(layers.GlobalAveragePooling2D()(x)))


@model(*around((32, 32, 3), (1, 33, 35, 3), (1, 4, 4, 3), (1, 3, 3, 3)))
def convnext_like():
    image = Input((None, None, 3))
    x = layers.LayerNormalization(epsilon=1e-6)(layers.Conv2D(8, 4, strides=4)(image))
    for _ in range(2):
        y = layers.Conv2D(8, 7, padding="same", groups=8)(x)
        y = layers.Dense(8)(layers.Activation("gelu")(layers.Dense(32)(layers.LayerNormalization()(y))))
        x = x + y
    return Model(image, layers.Dense(5)(layers.LayerNormalization()(layers.GlobalAveragePooling2D()(x))))


@model(*around((37, 41, 3), (1, 71, 64, 3), (1, 3, 3, 3)))
def xception_like():
    image = Input((None, None, 3))
    x = layers.Conv2D(6, 3, strides=2)(image)
    y = layers.SeparableConv2D(8, 3, padding="same", use_bias=False)(layers.ReLU()(x))
    y = layers.MaxPooling2D(3, strides=2, padding="same")(layers.SeparableConv2D(8, 3, padding="same", depth_multiplier=2)(y))
    x = layers.add([y, layers.Conv2D(8, 1, strides=2, padding="same")(x)])
    return Model(image, layers.Dense(4)(layers.GlobalMaxPooling2D()(x)))


@model(*around((24, 24, 4), (1, 12, 12, 4), (1, 24, 24, 2)))
def shufflenet_like():
    """Channels shuffled by Reshape and Permute; groups in the convolutions."""
    image = Input((24, 24, 4))
    x = layers.Conv2D(8, 1, groups=2)(image)
    x = layers.Reshape((24, 24, 2, 4))(x)
    x = layers.Reshape((24, 24, 8))(layers.Permute((1, 2, 4, 3))(x))
    x = layers.DepthwiseConv2D(3, strides=2, padding="same")(x)
    return Model(image, layers.Dense(3)(layers.Flatten()(layers.AveragePooling2D(4)(layers.Conv2D(8, 1, groups=4)(x)))))


@model((1, 3, 32, 32), (2, 3, 48, 40), (1, 1, 32, 32), (1, 4, 32, 32), (1, 3, 2, 2), (1, 3, 32))
def channels_first():
    """All of it with channels before sides."""
    first = {"data_format": "channels_first"}
    image = Input((3, None, None))
    x = layers.Conv2D(8, 3, strides=2, padding="same", **first)(layers.ZeroPadding2D(1, **first)(image))
    x = layers.ReLU()(layers.BatchNormalization(axis=1)(x))
    y = layers.SeparableConv2D(8, 3, padding="same", **first)(x)
    x = layers.add([x, layers.DepthwiseConv2D(3, padding="same", **first)(y)])
    x = layers.UpSampling2D(2, **first)(layers.MaxPooling2D(3, **first)(x))
    x = layers.Concatenate(axis=1)([layers.Conv2DTranspose(4, 2, strides=2, **first)(x), layers.UpSampling2D(2, **first)(x)])
    x = layers.Cropping2D(1, **first)(layers.AveragePooling2D(2, padding="same", **first)(x))
    return Model(image, [layers.GlobalAveragePooling2D(**first)(x), layers.GlobalMaxPooling2D(keepdims=True, **first)(x)])


@model((1, 3, 16, 16), (1, 3, 20, 16), (1, 16, 16, 3))
def channels_first_flatten():
    """Flatten turns the axes before it flattens."""
    image = Input((3, 16, 16))
    x = layers.Conv2D(4, 3, data_format="channels_first")(image)
    return Model(image, layers.Dense(2)(layers.Flatten(data_format="channels_first")(x)))


def attention_block(x, heads, width, hidden):
    y = layers.LayerNormalization(epsilon=1e-6)(x)
    x = layers.Add()([layers.MultiHeadAttention(heads, width, dropout=0.1)(y, y), x])
    y = layers.Dense(hidden, activation="gelu")(layers.LayerNormalization(epsilon=1e-6)(x))
    return layers.Add()([layers.Dense(heads * width)(layers.Dropout(0.1)(y)), x])


@model(*around((32, 32, 3), (1, 40, 32, 3), (1, 30, 32, 3)))
def vision_transformer():
    """Patches by a strided convolution, positions from an Embedding of constant indices."""
    image = Input((32, 32, 3))
    x = layers.Reshape((16, 8))(layers.Conv2D(8, 8, strides=8)(image))
    if is3:
        positions = keras.ops.expand_dims(keras.ops.arange(0, 16), axis=0)
    else:
        positions = tf.range(start=0, limit=16, delta=1)
    x = x + layers.Embedding(16, 8)(positions)
    for _ in range(2):
        x = attention_block(x, 2, 4, 16)
    x = layers.LayerNormalization(epsilon=1e-6)(x)
    return Model(image, layers.Dense(5)(layers.Dropout(0.5)(layers.Flatten()(x))))


@model(*around((32, 32, 3), (1, 48, 64, 3), (1, 31, 30, 3), (1, 5, 32, 3)))
def vision_transformer_open():
    """Any number of patches, pooled."""
    image = Input((None, None, 3))
    x = layers.Conv2D(8, 8, strides=8)(image)
    x = layers.Reshape((-1, 8))(x)
    x = attention_block(x, 2, 4, 16)
    return Model(image, layers.Dense(5)(layers.GlobalAveragePooling1D()(x)))


@model(*around((16, 16, 3), (1, 32, 16, 3)))
def mlp_mixer():
    """Dense over patches and over channels, by Permute."""
    image = Input((16, 16, 3))
    x = layers.Reshape((16, 6))(layers.Conv2D(6, 4, strides=4)(image))
    for _ in range(2):
        y = layers.Permute((2, 1))(layers.LayerNormalization()(x))
        y = layers.Permute((2, 1))(layers.Dense(16)(layers.Dense(8, activation="gelu")(y)))
        x = layers.add([x, y])
        x = layers.add([x, layers.Dense(6)(layers.Dense(12, activation="gelu")(layers.LayerNormalization()(x)))])
    return Model(image, layers.Dense(3)(layers.GlobalAveragePooling1D()(x)))
