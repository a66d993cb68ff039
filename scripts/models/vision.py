"""Images: transfer learning, classifiers built of blocks, segmentation, detection."""

from common import Input, Model, Sequential, around, layers, model


def small_backbone(shape=(32, 32, 3), name="backbone"):
    """In the manner of the Applications: convolutions, normalization, a residual."""
    image = Input(shape)
    x = layers.Conv2D(8, 3, strides=2, padding="same", use_bias=False)(image)
    x = layers.ReLU(6.0)(layers.BatchNormalization()(x))
    y = layers.DepthwiseConv2D(3, padding="same", use_bias=False)(x)
    y = layers.Conv2D(8, 1)(layers.ReLU(6.0)(layers.BatchNormalization()(y)))
    return Model(image, layers.Add()([x, y]), name=name)


@model(*around((32, 32, 3), (1, 48, 40, 3)))
def transfer_sequential():
    """A frozen backbone in a Sequential."""
    backbone = small_backbone()
    backbone.trainable = False
    head = [layers.GlobalAveragePooling2D(), layers.Dropout(0.2), layers.Dense(5, activation="softmax")]
    return Sequential([Input((32, 32, 3)), layers.Rescaling(1 / 127.5, offset=-1), backbone, *head])


@model(*around((64, 64, 3), (2, 96, 80, 3), (1, 50, 48, 3), (1, 18, 16, 3)))
def unet():
    """Sides that are no multiple of four fail at a Concatenate."""

    def twice(x, filters):
        for _ in range(2):
            x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
        return x

    image = Input((None, None, 3))
    skips, x = [], image
    for filters in (4, 8):
        x = twice(x, filters)
        skips.append(x)
        x = layers.MaxPooling2D()(x)
    x = twice(x, 16)
    for filters, skip in zip((8, 4), reversed(skips)):
        x = layers.Conv2DTranspose(filters, 2, strides=2, padding="same")(x)
        x = twice(layers.concatenate([x, skip]), filters)
    return Model(image, layers.Conv2D(2, 1, activation="softmax")(x))


@model([(1, 32, 32, 3), (1, 32, 32, 3)], [(2, 32, 32, 3), (2, 32, 32, 3)], [(1, 32, 32, 3), (1, 32, 32, 1)], [(1, 32, 32, 4), (1, 32, 32, 3)], [(1, 40, 32, 3), (1, 32, 32, 3)])
def shared_encoder():
    """One backbone for two images."""
    left, right = Input((32, 32, 3), name="left"), Input((32, 32, 3), name="right")
    encoder = Sequential([small_backbone(), layers.GlobalMaxPooling2D(), layers.Dense(6)], name="encoder")
    both = layers.Concatenate()([encoder(left), encoder(right)])
    return Model([left, right], layers.Dense(1, activation="sigmoid")(both))
