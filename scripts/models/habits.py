"""Ways of writing models: old and short spellings, activations given as layers and functions, real Applications inside, what training leaves."""

import numpy
from common import Input, Model, Sequential, around, is3, keras, layers, model, tf


@model((2, 6), (1, 6), (1, 7), (1, 1), (6,), (2, 6, 1))
def input_shape_in_first_layer():
    """As books have it."""
    return Sequential([layers.Dense(8, activation="relu", input_shape=(6,)), layers.Dropout(0.5), layers.Dense(1, activation="sigmoid")])


@model((2, 10), (1, 10), (2, 9), (2, 10, 1), only=2)
def input_length_in_embedding():
    return Sequential([layers.Embedding(30, 4, input_length=10), layers.Flatten(), layers.Dense(1)])


@model(*around((8, 8, 3), (1, 9, 8, 3)))
def input_layer_spelled_out():
    first = layers.InputLayer(shape=(8, 8, 3)) if is3 else layers.InputLayer(input_shape=(8, 8, 3), name="first")
    made = Sequential([first])
    made.add(layers.Conv2D(4, 3, activation="relu"))
    made.add(layers.MaxPooling2D((2, 2)))
    made.add(layers.Dense(9))
    made.pop()
    made.add(layers.Flatten())
    made.add(layers.Dense(2))
    return made


@model(*around((9, 9, 3), (1, 5, 5, 3), (1, 2, 2, 3)))
def activations_as_objects():
    """Activations given as layers, as functions of Keras, as dicts of a config; initializers, regularizers and constraints as objects."""
    image = Input((None, None, 3))
    x = layers.Conv2D(4, 3, activation=layers.LeakyReLU(), kernel_regularizer=keras.regularizers.l1_l2(1e-4, 1e-4))(image)
    x = layers.Dense(4, activation=keras.activations.gelu, kernel_initializer=keras.initializers.HeNormal(seed=1))(x)
    x = layers.Dense(4, activation=layers.ReLU(max_value=6.0), kernel_constraint=keras.constraints.MaxNorm(2.0))(x)
    return Model(image, layers.Activation(keras.activations.softmax)(layers.Conv2D(2, 1, bias_initializer=keras.initializers.Constant(0.5))(x)))


@model(*around((32, 32, 3), (1, 64, 64, 3)))
def transfer_flat():
    """A head put on the output of a backbone: one flat model."""
    image = Input((32, 32, 3))
    x = layers.ReLU()(layers.Conv2D(8, 3, strides=2)(image))
    backbone = Model(image, layers.Conv2D(8, 3)(x), name="backbone")
    return Model(inputs=backbone.input, outputs=layers.Dense(3)(layers.GlobalAveragePooling2D()(backbone.output)))


@model(*around((96, 96, 3), (1, 128, 96, 3)))
def transfer_mobilenet():
    """A real Application inside, its own preprocessing in front."""
    backbone = keras.applications.MobileNetV2(weights=None, include_top=False, alpha=0.35, input_shape=(96, 96, 3))
    backbone.trainable = False
    image = Input((96, 96, 3))
    x = backbone(keras.applications.mobilenet_v2.preprocess_input(image), training=False)
    return Model(image, layers.Dense(1)(layers.Dropout(0.2)(layers.GlobalAveragePooling2D()(x))))


@model((1, 20, 20, 3), (2, 20, 20, 3), (1, 20, 20, 1), (1, 24, 20, 3))
def bytes_as_images():
    image = Input((20, 20, 3), dtype="uint8")
    return Model(image, layers.Dense(2)(layers.Flatten()(layers.Conv2D(3, 5, strides=3)(layers.Rescaling(1 / 255)(image)))))


@model([(1, 32, 32, 3), (1, 16, 16, 3), (1, 8, 8, 3)], [(2, 32, 32, 3), (2, 16, 16, 3), (2, 8, 8, 3)], [(1, 32, 32, 3), (1, 16, 16, 1), (1, 8, 8, 3)], [(1, 34, 32, 3), (1, 16, 16, 3), (1, 8, 8, 3)])
def inputs_of_several_sizes():
    """One image at three sizes, as a list of inputs, joined on the way down."""
    images = [Input((None, None, 3), name=f"scale_{n}") for n in range(3)]
    x = layers.Conv2D(4, 3, padding="same")(images[0])
    for image in images[1:]:
        x = layers.Concatenate()([layers.MaxPooling2D()(x), image])
        x = layers.Conv2D(4, 3, padding="same")(x)
    return Model(images, layers.GlobalAveragePooling2D()(x))


@model([(2, 6, 4), (2, 3), (2, 3)], [(1, 2, 4), (1, 3), (1, 3)], [(2, 6, 4), (1, 3), (1, 3)], [(2, 6, 4), (2, 4), (2, 3)], [(2, 6, 3), (2, 3), (2, 3)])
def recurrent_states_both_ways():
    """Bidirectional begun with given states and giving its own; recurrence inside TimeDistributed."""
    series, forward, backward = Input((None, 4)), Input((3,)), Input((3,))
    x, *states = layers.Bidirectional(layers.GRU(3, return_sequences=True, return_state=True))(series, initial_state=[forward, backward])
    y = layers.TimeDistributed(layers.Bidirectional(layers.SimpleRNN(2)))(layers.Reshape((-1, 3, 2))(x))
    return Model([series, forward, backward], [y, *states])


@model((2, 5), (1, 5), (1, 6), only=2)
def loss_added_to_the_model():
    """What `add_loss` leaves in a functional model."""
    row = Input((5,))
    x = layers.Dense(3)(row)
    made = Model(row, layers.Dense(5)(x))
    made.add_loss(tf.reduce_mean(tf.square(x)))
    return made


@model((2, 6), (1, 6), (1, 5))
def compiled_and_trained():
    """Trained for a step: an .h5 and a .keras file then hold what the optimizer keeps, too."""
    made = Sequential([Input((6,)), layers.Dense(4, activation="relu"), layers.BatchNormalization(), layers.Dense(1)])
    made.compile(keras.optimizers.Adam(), loss="mse", metrics=["mae"])
    made.fit(numpy.zeros((4, 6)), numpy.zeros((4, 1)), verbose=0)
    return made
