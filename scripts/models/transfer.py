"""Models made of models: transfer learning, shared encoders, features taken from a backbone."""

from common import Input, Model, Sequential, around, is3, keras, layers, model, tf


def small_backbone(shape=(32, 32, 3), name="backbone"):
    """In the manner of the Applications: convolutions, normalization, a residual."""
    image = Input(shape)
    x = layers.Conv2D(8, 3, strides=2, padding="same", use_bias=False)(image)
    x = layers.ReLU(6.0)(layers.BatchNormalization()(x))
    y = layers.DepthwiseConv2D(3, padding="same", use_bias=False)(x)
    y = layers.Conv2D(8, 1)(layers.ReLU(6.0)(layers.BatchNormalization()(y)))
    return Model(image, layers.Add()([x, y]), name=name)


def pooled_encoder(shape=(32, 32, 3), name="encoder"):
    return Sequential([small_backbone(shape), layers.GlobalMaxPooling2D(), layers.Dense(6)], name=name)


@model(*around((32, 32, 3), (1, 48, 40, 3)))
def transfer_sequential():
    """A frozen backbone in a Sequential."""
    backbone = small_backbone()
    backbone.trainable = False
    head = [layers.GlobalAveragePooling2D(), layers.Dropout(0.2), layers.Dense(5, activation="softmax")]
    return Sequential([Input((32, 32, 3)), layers.Rescaling(1 / 127.5, offset=-1), backbone, *head])


@model(*around((32, 32, 3), (1, 48, 40, 3)))
def transfer_without_input():
    """The backbone's input is the Sequential's."""
    return Sequential([small_backbone(), layers.Flatten(), layers.Dense(5)])


@model(*around((32, 32, 3), (1, 64, 40, 3)))
def transfer_functional():
    """The tutorial's: augmentation, preprocessing by arithmetic, a frozen backbone in inference mode, a head."""
    augment = Sequential([layers.RandomFlip("horizontal"), layers.RandomRotation(0.1), layers.RandomZoom(0.2)], name="augment")
    backbone = small_backbone()
    backbone.trainable = False
    image = Input((32, 32, 3))
    x = augment(image) / 127.5 - 1.0
    x = layers.GlobalAveragePooling2D()(backbone(x, training=False))
    return Model(image, layers.Dense(1)(layers.Dropout(0.2)(x)))


@model(*around((40, 48, 3), (1, 33, 65, 3), (1, 1, 1, 3)))
def transfer_open_size():
    """No size declared: a fully convolutional backbone, pooled."""
    image = Input((None, None, 3))
    x = small_backbone((None, None, 3))(layers.Rescaling(1 / 255)(image))
    pooled = [layers.GlobalAveragePooling2D()(x), layers.GlobalMaxPooling2D()(x)]
    return Model(image, layers.Dense(3, activation="softmax")(layers.concatenate(pooled)))


@model(*around((24, 24, 1), (1, 48, 48, 1), (1, 24, 24, 2)))
def transfer_from_gray():
    """Gray images for a backbone that wants three channels: by Concatenate, as people do."""
    gray = Input((24, 24, 1))
    rgb = layers.Concatenate()([gray, gray, gray])
    x = small_backbone((24, 24, 3))(rgb)
    return Model(gray, layers.Dense(2)(layers.Flatten()(x)))


@model(*around((32, 32, 1), (1, 64, 64, 1)))
def transfer_from_gray_convolution():
    """… or by a convolution, and a Resizing before it."""
    backbone = small_backbone((32, 32, 3))
    return Sequential([Input((None, None, 1)), layers.Resizing(32, 32), layers.Conv2D(3, 1), backbone, layers.GlobalAveragePooling2D(), layers.Dense(2)])


@model(*around((32, 32, 3), (1, 16, 16, 3)))
def nested_three_levels():
    """Sequential in functional in Sequential in functional."""
    innermost = Sequential([Input((16, 16, 8)), layers.Conv2D(4, 3, name="conv"), layers.ReLU()], name="innermost")
    image = Input((32, 32, 3))
    inner = Model(image, innermost(layers.MaxPooling2D()(layers.Conv2D(8, 3, padding="same", name="conv")(image))), name="inner")
    outer = Sequential([inner, layers.Conv2D(2, 5, name="conv")], name="outer")
    top = Input((32, 32, 3))
    return Model(top, layers.GlobalAveragePooling2D()(outer(top)))


@model(
    [(1, 32, 32, 3), (1, 32, 32, 3)], [(2, 32, 32, 3), (2, 32, 32, 3)], [(1, 32, 32, 3), (1, 32, 32, 1)],
    [(1, 32, 32, 4), (1, 32, 32, 3)], [(1, 40, 32, 3), (1, 32, 32, 3)],
)
def shared_encoder():
    """One backbone for two images."""
    left, right = Input((32, 32, 3), name="left"), Input((32, 32, 3), name="right")
    encoder = pooled_encoder()
    both = layers.Concatenate()([encoder(left), encoder(right)])
    return Model([left, right], layers.Dense(1, activation="sigmoid")(both))


@model([(2, 28, 28, 1)] * 2, [(1, 28, 28, 1), (1, 28, 28)], [(1, 28, 28, 3), (1, 28, 28, 1)], [(4, 28, 28, 1), (1, 28, 28, 1)], [(4, 28, 28, 1), (3, 28, 28, 1)])
def siamese():
    """Distance of two embeddings, by operations."""
    one = Input((28, 28, 1))
    x = layers.AveragePooling2D(2)(layers.Conv2D(4, 5, activation="tanh")(layers.BatchNormalization()(one)))
    tower = Model(one, layers.Dense(10, activation="tanh")(layers.Flatten()(x)), name="tower")
    a, b = Input((28, 28, 1), name="a"), Input((28, 28, 1), name="b")
    difference = tower(a) - tower(b)
    if is3:
        distance = keras.ops.sqrt(keras.ops.maximum(keras.ops.sum(keras.ops.square(difference), axis=1, keepdims=True), 1e-7))
    else:
        distance = tf.math.sqrt(tf.math.maximum(tf.math.reduce_sum(tf.math.square(difference), axis=1, keepdims=True), 1e-7))
    return Model([a, b], layers.Dense(1, activation="sigmoid")(layers.BatchNormalization()(distance)))


@model([(2, 32, 32, 3)] * 3, [(1, 32, 32, 3), (1, 32, 32, 1), (1, 32, 32, 3)], [(1, 32, 32, 3), (1, 32, 32, 3), (1, 32, 32)], [(3, 32, 32, 3), (1, 32, 32, 3), (2, 32, 32, 3)])
def triplet():
    """Anchor, positive, negative: similarities by Dot, a dict of outputs."""
    encoder = pooled_encoder()
    anchor, positive, negative = [Input((32, 32, 3), name=name) for name in ("anchor", "positive", "negative")]
    near = layers.Dot(axes=1, normalize=True, name="near")([encoder(anchor), encoder(positive)])
    far = layers.Dot(axes=1, normalize=True, name="far")([encoder(anchor), encoder(negative)])
    return Model([anchor, positive, negative], {"near": near, "far": far})


@model(*around((32, 32, 3), (1, 64, 64, 3), (1, 2, 2, 3)))
def feature_pyramid_of_backbone():
    """Outputs taken from the middle of a model."""
    backbone = small_backbone((None, None, 3))
    middle = [backbone.layers[1].output, backbone.layers[3].output, backbone.output]
    return Model(backbone.input, middle)


@model(*around((32, 32, 3), (1, 16, 16, 3), (1, 5, 5, 3)))
def class_activation_map():
    """Features and scores of one model, which is called inside another and gives two outputs."""
    image = Input((None, None, 3))
    features = layers.Conv2D(6, 3, activation="relu")(layers.Conv2D(4, 3, activation="relu")(image))
    scores = layers.Dense(4)(layers.GlobalAveragePooling2D()(features))
    inner = Model(image, [features, scores], name="classifier")
    outer = Input((None, None, 3))
    maps, logits = inner(outer)
    return Model(outer, [layers.UpSampling2D(4, interpolation="bilinear")(maps), layers.Softmax()(logits)])


@model(*around((5, 24, 24, 3), (2, 9, 24, 24, 3), (1, 5, 20, 24, 3)))
def video_of_frames():
    """A model repeated over the frames of a video."""
    video = Input((None, 24, 24, 3))
    frames = layers.TimeDistributed(pooled_encoder((24, 24, 3)))(video)
    return Model(video, layers.Dense(3)(layers.LSTM(5)(frames)))


@model([(1, 24, 24, 3), (1, 9)], [(2, 24, 24, 3), (2, 4)], [(1, 24, 24, 1), (1, 9)], [(1, 24, 24, 3), (1, 9, 1)], [(1, 24, 24, 3), (2, 9)])
def image_captioning():
    """Features of an image added to those of a sentence."""
    image, words = Input((24, 24, 3), name="image"), Input((None,), dtype="int32", name="words")
    seen = layers.Dense(8, activation="relu")(pooled_encoder((24, 24, 3))(image))
    read = layers.LSTM(8)(layers.Dropout(0.3)(layers.Embedding(30, 8, mask_zero=True)(words)))
    return Model([image, words], layers.Dense(30, activation="softmax")(layers.Dense(8, activation="relu")(layers.add([seen, read]))))


@model(*around((32, 32, 3), (1, 31, 32, 3)))
def frozen_partly():
    """Some layers are not trained: their parameters still count."""
    tuned = small_backbone(name="tuned")
    for layer in tuned.layers[:4]:
        layer.trainable = False
    frozen = small_backbone((16, 16, 8), name="frozen")
    frozen.trainable = False
    return Sequential([tuned, frozen, layers.GlobalAveragePooling2D(), layers.Dense(2, trainable=False)])


@model([(1, 20, 20, 3), (1, 4)], [(2, 20, 20, 3), (2, 4)], [(1, 20, 20, 3), (1, 5)], [(1, 20, 20, 1), (1, 4)])
def model_with_several_inputs_inside():
    """A nested model with two inputs and two outputs, called twice with tensors swapped about."""
    a, b = Input((20, 20, 3)), Input((4,))
    gate = layers.Dense(3, activation="sigmoid")(b)
    scaled = layers.Multiply()([a, layers.Reshape((1, 1, 3))(gate)])
    mixer = Model([a, b], [scaled, gate], name="mixer")
    image, extra = Input((20, 20, 3), name="image"), Input((4,), name="extra")
    first, first_gate = mixer([image, extra])
    second, _ = mixer([first, layers.Dense(4)(first_gate)])
    return Model([image, extra], layers.GlobalAveragePooling2D()(second))
