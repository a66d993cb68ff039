"""Models of both generations of Keras, saved as each saves a SavedModel."""

import keras
import tf_keras

from common import with_numbers


def mobilenet(k):
    return k.applications.MobileNetV2(alpha=0.35, include_top=False, weights=None, input_shape=(None, None, 3))


def classifier(k):
    return k.Sequential([
        k.layers.Input((28, 28, 1)), k.layers.Rescaling(1 / 255), k.layers.Conv2D(8, 3, activation="relu"), k.layers.MaxPooling2D(),
        k.layers.SeparableConv2D(12, 3, padding="same"), k.layers.BatchNormalization(), k.layers.Dropout(0.2), k.layers.Flatten(),
        k.layers.Dense(10, activation="softmax"),
    ])


def two_inputs(k):
    image = k.Input((None, None, 3), name="image")
    told = k.Input((5,), name="told")
    x = k.layers.Conv2D(4, 3, padding="same", name="conv")(image)
    x = k.layers.GlobalAveragePooling2D(name="pool")(x)
    both = k.layers.Concatenate(name="both")([x, k.layers.Dense(4, name="dense")(told)])
    return k.Model([image, told], {"label": k.layers.Dense(3, name="label")(both), "score": k.layers.Dense(1, name="score")(both)})


def recurrent(k):
    tokens = k.Input((None,), dtype="int32", name="tokens")
    x = k.layers.Embedding(20, 6)(tokens)
    x = k.layers.Bidirectional(k.layers.LSTM(5, return_sequences=True))(x)
    x = k.layers.GRU(4)(x)
    return k.Model(tokens, k.layers.Dense(2)(x))


def attention(k):
    x = inputs = k.Input((12, 16), name="series")
    y = k.layers.MultiHeadAttention(2, 8, name="attention")(x, x)
    x = k.layers.LayerNormalization()(k.layers.Add()([x, y]))
    x = k.layers.Dense(16, activation="gelu")(x)
    return k.Model(inputs, k.layers.GlobalAveragePooling1D()(x))


def unet(k):
    inputs = k.Input((None, None, 2), name="image")
    a = k.layers.Conv2D(4, 3, padding="same", activation="relu")(inputs)
    b = k.layers.Conv2D(8, 3, strides=2, padding="same")(a)
    b = k.layers.LeakyReLU()(b)
    up = k.layers.Conv2DTranspose(4, 2, strides=2)(b)
    up = k.layers.Concatenate()([a, up])
    # Keras 3 cannot export the bilinear one of open sizes.
    up = k.layers.UpSampling2D(2, interpolation="bilinear" if k is tf_keras else "nearest")(up)
    return k.Model(inputs, k.layers.DepthwiseConv2D(3, padding="same", dilation_rate=2)(up))


IMAGE = [[[1, 64, 96, 3]], [[2, 33, 65, 3]], [[1, 96, 64, 1]]]
MODELS = {
    "mobilenet": (mobilenet, IMAGE),
    "classifier": (classifier, [[[1, 28, 28, 1]], [[3, 28, 28, 1]], [[1, 32, 32, 1]], [[1, 28, 28, 3]]]),
    "two-inputs": (two_inputs, [[[2, 9, 7, 3], [2, 5]], [[1, 40, 30, 3], [1, 5]], [[1, 9, 7, 3], [2, 5]], [[1, 9, 7, 3], [1, 4]]]),
    "recurrent": (recurrent, [[[2, 7]], [[1, 3]]]),
    "attention": (attention, [[[2, 12, 16]], [[1, 12, 12]]]),
    "unet": (unet, [[[1, 16, 24, 2]], [[1, 15, 24, 2]], [[1, 16, 16, 3]]]),
}


def keras2(name):
    """Makes the model and returns what saves it in a folder."""
    model = with_numbers(MODELS[name][0](tf_keras))
    return lambda path: model.save(path, save_format="tf")


def keras3(name):
    model = with_numbers(MODELS[name][0](keras))
    return lambda path: model.export(path, verbose=False)
