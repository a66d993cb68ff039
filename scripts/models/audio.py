"""Sound and signals: convolutions along time, dilated and causal ones, spectrograms."""

from common import Input, Model, Sequential, around, layers, model, tf


@model(*around((1000, 1), (1, 400, 1), (1, 90, 1)))
def raw_audio():
    """Strided convolutions on the wave; a short one ends before they do."""
    stack = [Input((None, 1))]
    for filters, width in ((4, 80), (8, 3), (8, 3)):
        stack += [layers.Conv1D(filters, width, strides=4 if width == 80 else 1), layers.BatchNormalization(), layers.ReLU(), layers.MaxPooling1D(4)]
    return Sequential([*stack, layers.GlobalAveragePooling1D(), layers.Dense(10)])


@model(*around((64, 2), (1, 10, 2), (1, 1, 2)))
def wavenet_like():
    """Gated, dilated, causal convolutions with residuals and skips."""
    wave = Input((None, 2))
    x, skips = layers.Conv1D(6, 2, padding="causal")(wave), []
    for rate in (1, 2, 4, 8):
        tanh = layers.Conv1D(6, 2, padding="causal", dilation_rate=rate, activation="tanh")(x)
        gate = layers.Conv1D(6, 2, padding="causal", dilation_rate=rate, activation="sigmoid")(x)
        both = layers.Multiply()([tanh, gate])
        skips.append(layers.Conv1D(5, 1)(both))
        x = layers.Add()([x, layers.Conv1D(6, 1)(both)])
    return Model(wave, layers.Conv1D(3, 1, activation="softmax")(layers.ReLU()(layers.Add()(skips))))


@model(*around((40, 32, 1), (1, 98, 40, 1), (1, 10, 10, 1)))
def keyword_spotting():
    """Depthwise separable convolutions on a spectrogram."""
    spectrogram = Input((40, 32, 1))
    x = layers.Resizing(32, 32)(spectrogram)
    x = layers.Normalization(mean=0.1, variance=0.5, axis=None)(x)
    x = layers.Conv2D(8, (10, 4), strides=(2, 2), padding="same", use_bias=False)(x)
    for _ in range(2):
        x = layers.DepthwiseConv2D((3, 3), padding="same", use_bias=False)(x)
        x = layers.ReLU()(layers.BatchNormalization()(layers.Conv2D(8, 1)(x)))
    return Model(spectrogram, layers.Dense(12)(layers.GlobalAveragePooling2D()(x)))


@model(*around((60, 32, 1), (1, 30, 32, 1), (1, 60, 33, 1), (1, 60, 40, 1)))
def speech_recognition():
    """Convolutions, then a Reshape that joins frequencies and channels, recurrent layers both ways, a letter a frame."""
    spectrogram = Input((None, 32))
    x = layers.Reshape((-1, 32, 1))(spectrogram)
    for filters, strides in ((4, (2, 2)), (4, (1, 2))):
        x = layers.ReLU()(layers.BatchNormalization()(layers.Conv2D(filters, (11, 5), strides=strides, padding="same", use_bias=False)(x)))
    x = layers.Reshape((-1, x.shape[-2] * x.shape[-1]))(x)
    for _ in range(2):
        x = layers.Dropout(0.1)(layers.Bidirectional(layers.GRU(6, return_sequences=True))(x))
    return Model(spectrogram, layers.Dense(29, activation="softmax")(x))


@model(*around((32, 8), (1, 31, 8), (1, 4, 8)))
def temporal_convolutions():
    """Separable and depthwise ones along time, with a path around."""
    series = Input((None, 8))
    x = series
    for rate in (1, 2):
        y = layers.SpatialDropout1D(0.1)(layers.SeparableConv1D(8, 3, padding="same", dilation_rate=rate, activation="relu")(x))
        y = layers.DepthwiseConv1D(3, padding="same")(y)
        x = layers.Activation("relu")(layers.add([x, y]))
    x = layers.AveragePooling1D(3, strides=2, padding="same")(x)
    return Model(series, layers.UpSampling1D(2)(layers.ZeroPadding1D((1, 2))(x)))


@model(*around((32, 1), (1, 30, 1), (1, 34, 1)))
def denoising_autoencoder():
    """Down and up along time; a length that is no multiple of four comes out otherwise."""
    wave = Input((32, 1))
    x = layers.Conv1D(8, 7, padding="same", strides=2, activation="relu")(wave)
    x = layers.Conv1D(4, 7, padding="same", strides=2, activation="relu")(layers.Dropout(0.2)(x))
    x = layers.Conv1DTranspose(4, 7, padding="same", strides=2, activation="relu")(x)
    x = layers.Conv1DTranspose(8, 7, padding="same", strides=2, activation="relu")(layers.Dropout(0.2)(x))
    return Model(wave, layers.Conv1DTranspose(1, 7, padding="same")(x))


@model(*around((40, 1), (1, 64, 1), (1, 41, 1), (1, 2, 1)))
def wave_unet():
    """Skips along time, joined after upsampling."""
    wave = Input((None, 1))
    skip = layers.LeakyReLU()(layers.Conv1D(4, 15, padding="same")(wave))
    x = layers.LeakyReLU()(layers.Conv1D(8, 15, padding="same")(layers.MaxPooling1D(2)(skip)))
    x = layers.Concatenate()([layers.UpSampling1D(2)(x), skip])
    return Model(wave, layers.Conv1D(1, 5, padding="same", activation="tanh")(x))


@model((1, 512), (2, 800), (1, 200), (1, 512, 1), only=2)
def spectrogram_by_tensorflow():
    """tf.signal in front of a network."""
    wave = Input((None,))
    frames = tf.abs(tf.signal.stft(wave, frame_length=128, frame_step=64))
    x = layers.Conv2D(4, 3, strides=2)(tf.expand_dims(frames, axis=-1))
    return Model(wave, layers.Dense(3)(layers.GlobalAveragePooling2D()(x)))


@model((1, 512), (2, 800), (1, 200), (1, 512, 1), only=3)
def spectrogram_by_layers():
    """Keras 3's own layers for it."""
    wave = Input((512,))
    x = layers.STFTSpectrogram(mode="log", frame_length=128, frame_step=64, window=None)(layers.Reshape((512, 1))(wave))
    return Model(wave, layers.Concatenate()([layers.GlobalAveragePooling1D()(layers.Conv1D(4, 3)(x)), layers.GlobalMaxPooling1D()(x)]))


@model(*around((4, 8, 8, 3), (2, 7, 8, 8, 3), (1, 4, 2, 2, 3)))
def frame_prediction():
    """ConvLSTM2D over frames, Conv3D at the end."""
    video = Input((None, 8, 8, 3))
    x = layers.ConvLSTM2D(4, 3, padding="same", return_sequences=True)(video)
    x = layers.ConvLSTM2D(4, 1, return_sequences=True)(layers.BatchNormalization()(x))
    return Model(video, [layers.Conv3D(3, 3, padding="same", activation="sigmoid")(x), layers.ConvLSTM2D(2, 3, strides=2)(x)])


@model([(1, 3, 9, 2), (1, 3, 5, 6, 4, 2)], [(2, 5, 9, 2), (2, 2, 5, 6, 4, 2)], [(1, 3, 9, 1), (1, 3, 5, 6, 4, 2)], [(1, 3, 9, 2), (1, 3, 5, 6, 2)])
def recurrent_convolutions():
    """ConvLSTM of lines and of volumes."""
    lines, volumes = Input((None, 9, 2)), Input((None, 5, 6, 4, 2))
    a = layers.ConvLSTM1D(3, 2)(layers.ConvLSTM1D(3, 3, padding="same", return_sequences=True)(lines))
    b = layers.ConvLSTM3D(2, 2)(volumes)
    return Model([lines, volumes], [a, layers.Flatten()(b)])


@model(*around((16, 16, 16, 1), (1, 12, 16, 9, 1), (1, 3, 16, 16, 1)))
def scan_of_volumes():
    """Conv3D on medical volumes."""
    volume = Input((None, None, None, 1))
    x = layers.BatchNormalization()(layers.MaxPooling3D(2)(layers.Conv3D(4, 3, activation="relu")(volume)))
    x = layers.AveragePooling3D(2, padding="same")(layers.ZeroPadding3D(1)(layers.Conv3D(4, (1, 2, 3), dilation_rate=1)(x)))
    return Model(volume, layers.Dense(1)(layers.GlobalAveragePooling3D()(layers.UpSampling3D(2)(layers.Cropping3D(1)(x)))))
