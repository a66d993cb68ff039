"""Layers whose Python code is not in the file: Lambda, classes of the user's own."""

from common import Input, Model, Sequential, around, is3, keras, layers, model, register, tf

# A file holds a function's code with the path of the file that it was written in: this one is of no place.
DOUBLED = eval(compile("lambda x: x * 2.0", "doubled", "eval"))


@register
class Scale(layers.Layer):
    """Keeps the shape, has a weight."""

    def __init__(self, factor=1.0, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def build(self, input_shape):
        self.scale = self.add_weight(name="scale", shape=(input_shape[-1],), initializer="ones")
        super().build(input_shape)

    def call(self, inputs):
        return inputs * self.scale * self.factor

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "factor": self.factor}


@register
class Patches(layers.Layer):
    """Changes the shape: images to rows of patches."""

    def __init__(self, size=4, **kwargs):
        super().__init__(**kwargs)
        self.size = size

    def call(self, images):
        if is3:
            patches = keras.ops.image.extract_patches(images, self.size)
            return keras.ops.reshape(patches, (-1, patches.shape[1] * patches.shape[2], patches.shape[3]))
        patches = tf.image.extract_patches(images, [1, self.size, self.size, 1], [1, self.size, self.size, 1], [1, 1, 1, 1], "VALID")
        return tf.reshape(patches, [-1, patches.shape[1] * patches.shape[2], patches.shape[3]])

    def get_config(self):
        return {**super().get_config(), "size": self.size}


@register
class TokenAndPosition(layers.Layer):
    """The tutorial's: holds layers of its own."""

    def __init__(self, length, words, width, **kwargs):
        super().__init__(**kwargs)
        self.length, self.words, self.width = length, words, width
        self.word, self.position = layers.Embedding(words, width), layers.Embedding(length, width)

    def build(self, input_shape):
        self.word.build(input_shape)
        self.position.build((self.length,))
        super().build(input_shape)

    def call(self, x):
        positions = keras.ops.arange(0, x.shape[-1]) if is3 else tf.range(0, x.shape[-1])
        return self.word(x) + self.position(positions)

    def get_config(self):
        return {**super().get_config(), "length": self.length, "words": self.words, "width": self.width}


@model(*around((8, 8, 3), (1, 9, 8, 3)), unknown=True)
def lambda_in_the_middle():
    image = Input((8, 8, 3))
    x = layers.Lambda(DOUBLED, output_shape=(6, 6, 4), name="doubled")(layers.Conv2D(4, 3)(image))
    return Model(image, layers.Dense(2)(layers.Flatten()(layers.MaxPooling2D()(x))))


@model(*around((8, 8, 3), (1, 9, 12, 3)), unknown=True)
def lambda_of_open_size():
    image = Input((None, None, 3))
    x = layers.Lambda(DOUBLED, output_shape=(None, None, 3), name="doubled")(image)
    return Model(image, [layers.Conv2D(4, 3)(x), layers.GlobalMaxPooling2D()(image)])


@model(*around((8, 8, 3), (1, 6, 8, 3)), unknown=True)
def own_layer_with_a_weight():
    image = Input((8, 8, 3))
    x = Scale(2.0, name="scale")(layers.Conv2D(4, 3)(image))
    return Model(image, layers.Dense(3)(layers.Flatten()(x)))


@model(*around((16, 16, 3), (1, 20, 16, 3)), unknown=True)
def own_patches():
    """A vision transformer with patches by a class of its own."""
    image = Input((16, 16, 3))
    x = layers.Dense(8)(Patches(4, name="patches")(image))
    x = layers.LayerNormalization()(layers.Add()([x, layers.MultiHeadAttention(2, 4)(x, x)]))
    return Model(image, layers.Dense(2)(layers.GlobalAveragePooling1D()(x)))


@model((1, 12), (3, 12), (1, 11), (1, 12, 1), unknown=True)
def own_embedding_of_tokens():
    tokens = Input((12,), dtype="int32")
    x = TokenAndPosition(12, 30, 8, name="tokens_and_positions")(tokens)
    x = layers.LayerNormalization()(layers.Add()([x, layers.MultiHeadAttention(2, 4)(x, x)]))
    return Model(tokens, layers.Dense(2)(layers.GlobalAveragePooling1D()(x)))


@model(*around((8, 8, 3), (1, 6, 8, 3)), unknown=True)
def own_layer_in_a_nested_model():
    inner = Sequential([Input((8, 8, 3)), layers.Conv2D(4, 3), Scale(name="scale"), layers.ReLU()], name="inner")
    image = Input((8, 8, 3))
    return Model(image, layers.Dense(2)(layers.GlobalAveragePooling2D()(inner(image))))


@model(*around((8, 8, 3), (1, 6, 8, 3)), unknown=True)
def lambda_beside():
    """What does not come after the Lambda is known all the same."""
    image = Input((8, 8, 3))
    known = layers.GlobalAveragePooling2D()(layers.Conv2D(4, 3)(image))
    other = layers.GlobalMaxPooling2D()(layers.Lambda(DOUBLED, output_shape=(8, 8, 3), name="doubled")(image))
    return Model(image, [layers.Dense(2, name="known")(known), layers.Dense(3, name="joined")(layers.Concatenate()([known, other]))])


@model((2, 6, 4), (1, 3, 4), (2, 6, 3), (2, 6, 1), unknown=True)
def own_layer_inside_wrappers():
    series = Input((None, 4))
    x = layers.TimeDistributed(Scale(name="scale"), name="each")(series)
    return Model(series, layers.Dense(2)(layers.GRU(3)(x)))


@register
class Dense(layers.Layer):
    """A class of the user's own under the name of one of Keras's."""

    def call(self, inputs):
        return inputs[:, :3]

    def compute_output_shape(self, input_shape):
        return (input_shape[0], 3)


@model((2, 6), (1, 6), (1, 5), unknown=True)
def own_layer_of_a_known_name():
    row = Input((6,))
    return Model(row, layers.Dense(2)(Dense(name="own")(row)))
