"""Autoencoders and generators."""

from common import Input, Model, Sequential, around, is3, keras, layers, model, register, tf


@model((1, 784), (5, 784), (1, 783), (1, 784, 1), (1, 28, 28))
def autoencoder_dense():
    flat = Input((784,))
    encoded = layers.Dense(8, activation="relu", activity_regularizer="l1")(flat)
    return Model(flat, layers.Dense(784, activation="sigmoid")(encoded))


@model(*around((28, 28, 1), (1, 30, 30, 1), (1, 32, 32, 1)))
def autoencoder_convolutional():
    """Odd sides come out even; the mirrored part is a model of its own."""
    image = Input((None, None, 1))
    x = layers.MaxPooling2D(2, padding="same")(layers.Conv2D(8, 3, padding="same", activation="relu")(image))
    encoder = Model(image, layers.MaxPooling2D(2, padding="same")(layers.Conv2D(4, 3, padding="same")(x)), name="encoder")
    decoder = Sequential(
        [Input((None, None, 4)), layers.Conv2DTranspose(4, 3, strides=2, padding="same"), layers.Conv2DTranspose(8, 3, strides=2, padding="same"), layers.Conv2D(1, 3, padding="same")],
        name="decoder",
    )
    return Model(encoder.input, decoder(encoder.output), name="autoencoder")


def generator():
    return Sequential(
        [
            Input((16,)), layers.Dense(4 * 4 * 8, use_bias=False), layers.BatchNormalization(), layers.LeakyReLU(), layers.Reshape((4, 4, 8)),
            layers.Conv2DTranspose(8, 5, strides=1, padding="same", use_bias=False), layers.BatchNormalization(), layers.LeakyReLU(),
            layers.Conv2DTranspose(4, 5, strides=2, padding="same", use_bias=False), layers.LeakyReLU(),
            layers.Conv2DTranspose(1, 4, strides=2, padding="same", use_bias=False, activation="tanh"),
        ],
        name="generator",
    )


def discriminator():
    return Sequential(
        [
            Input((16, 16, 1)), layers.Conv2D(8, 5, strides=2, padding="same"), layers.LeakyReLU(), layers.Dropout(0.3),
            layers.Conv2D(8, 5, strides=2, padding="same"), layers.LeakyReLU(), layers.Flatten(), layers.Dense(1),
        ],
        name="discriminator",
    )


@model((1, 16), (4, 16), (1, 15), (1, 16, 1), (16,))
def gan_generator():
    return generator()


@model(*around((16, 16, 1), (1, 20, 20, 1)))
def gan_discriminator():
    return discriminator()


@model((1, 16), (4, 16), (1, 17), (1, 1))
def gan_together():
    """The generator trained through the discriminator, which is frozen."""
    judge = discriminator()
    judge.trainable = False
    noise = Input((16,))
    return Model(noise, judge(generator()(noise)))


@model([(1, 16), (1, 1)], [(4, 16), (4, 1)], [(4, 16), (4,)], [(4, 15), (4, 1)], [(4, 16), (1, 1)])
def gan_conditional():
    """A label becomes a channel of the image."""
    noise, label = Input((16,), name="noise"), Input((1,), dtype="int32", name="label")
    channel = layers.Reshape((4, 4, 1))(layers.Dense(16)(layers.Embedding(10, 6)(label)))
    x = layers.Concatenate()([layers.Reshape((4, 4, 3))(layers.Dense(48)(noise)), channel])
    return Model([noise, label], layers.Conv2D(1, 7, padding="same", activation="tanh")(layers.UpSampling2D(4)(x)))


@model([(1, 32, 32, 3), (1, 32, 32, 3)], [(1, 48, 32, 3), (1, 48, 32, 3)], [(1, 32, 32, 3), (1, 48, 32, 3)], [(1, 4, 4, 3), (1, 4, 4, 3)])
def patch_discriminator():
    """pix2pix's: two images side by side, spectral normalization."""
    first, second = Input((None, None, 3)), Input((None, None, 3))
    x = layers.concatenate([first, second])
    x = layers.LeakyReLU()(layers.SpectralNormalization(layers.Conv2D(4, 4, strides=2, padding="same"))(x))
    x = layers.SpectralNormalization(layers.Conv2D(8, 4, use_bias=False))(layers.ZeroPadding2D()(x))
    return Model([first, second], layers.Conv2D(1, 4)(layers.ZeroPadding2D()(layers.LeakyReLU()(layers.BatchNormalization()(x)))))


@model(*around((24, 24, 3), (1, 20, 36, 3), (1, 22, 24, 3)))
def style_transfer():
    """Normalization of each image alone, reflection by cropping, residuals."""
    image = Input((None, None, 3))
    x = layers.PReLU(shared_axes=[1, 2])(layers.GroupNormalization(groups=-1)(layers.Conv2D(6, 9, padding="same")(image)))
    x = layers.GroupNormalization(groups=3)(layers.Conv2D(6, 3, strides=2, padding="same")(x))
    y = layers.Conv2D(6, 3)(layers.ReLU()(layers.Conv2D(6, 3)(x)))
    x = layers.Add()([layers.Cropping2D(2)(x), y])
    return Model(image, layers.Activation("tanh")(layers.Conv2D(3, 9, padding="same")(layers.UpSampling2D(2)(x))))


@model([(1, 16, 16, 3), (1, 1)], [(2, 32, 16, 3), (2, 1)], [(1, 16, 16, 1), (1, 1)], [(1, 18, 16, 3), (1, 1)], [(2, 16, 16, 3), (2,)])
def diffusion_like():
    """A U-Net told the step of noise: its embedding is stretched over the image and joined."""
    noisy, step = Input((None, None, 3), name="noisy"), Input((1,), name="step")
    told = layers.Dense(4, activation="swish")(step)
    x = layers.Conv2D(8, 3, padding="same")(noisy)
    x = x + layers.Reshape((1, 1, 8))(layers.Dense(8)(told))
    down = layers.AveragePooling2D(2)(layers.Activation("swish")(layers.GroupNormalization(4)(x)))
    down = layers.Conv2D(8, 3, padding="same")(down)
    up = layers.Concatenate()([layers.UpSampling2D(2, interpolation="bilinear")(down), x])
    return Model([noisy, step], layers.Conv2D(3, 1, kernel_initializer="zeros")(up))


@register
class Sampling(layers.Layer):
    """The tutorial's layer of a variational autoencoder."""

    def call(self, inputs):
        mean, log_variance = inputs
        if is3:
            return mean + keras.ops.exp(0.5 * log_variance) * keras.ops.ones_like(mean)
        return mean + tf.exp(0.5 * log_variance) * tf.ones_like(mean)

    def compute_output_shape(self, input_shape):
        return input_shape[0]


@model(*around((16, 16, 1), (1, 12, 16, 1)), unknown=True)
def variational_autoencoder():
    """A layer of the user's own between encoder and decoder."""
    image = Input((16, 16, 1))
    x = layers.Flatten()(layers.Conv2D(4, 3, strides=4, padding="same", activation="relu")(image))
    z = Sampling(name="sampling")([layers.Dense(3, name="mean")(x), layers.Dense(3, name="log_variance")(x)])
    x = layers.Reshape((4, 4, 2))(layers.Dense(32)(z))
    return Model(image, layers.Conv2DTranspose(1, 3, strides=4, padding="same")(x))


@model((2, 3), (1, 3), (1, 4), (3,))
def variational_decoder():
    z = Input((3,))
    x = layers.Conv2DTranspose(8, 3, strides=2, padding="same", activation="relu")(layers.Reshape((4, 4, 2))(layers.Dense(32, activation="relu")(z)))
    return Model(z, layers.Conv2DTranspose(1, 3, padding="same", activation="sigmoid")(x), name="decoder")
