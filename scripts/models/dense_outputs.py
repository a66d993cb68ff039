"""Images out of images: segmentation, detection, higher resolution."""

from common import Input, Model, Sequential, around, is3, keras, layers, model, tf


def twice(x, filters):
    for _ in range(2):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return x


@model(*around((64, 64, 3), (2, 96, 80, 3), (1, 50, 48, 3), (1, 18, 16, 3), (1, 3, 3, 3)))
def unet():
    """Sides that are no multiple of four fail at a Concatenate."""
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


@model(*around((60, 60, 1), (1, 44, 44, 1), (1, 62, 62, 1), (1, 16, 16, 1)))
def unet_valid():
    """The first U-Net: valid convolutions, skips cropped to fit."""
    image = Input((60, 60, 1))
    skip = layers.Conv2D(4, 3, activation="relu")(layers.Conv2D(4, 3, activation="relu")(image))
    x = layers.MaxPooling2D()(skip)
    x = layers.Conv2D(8, 3, activation="relu")(layers.Conv2D(8, 3, activation="relu")(x))
    x = layers.UpSampling2D()(x)
    x = layers.concatenate([layers.Cropping2D(4)(skip), x])
    return Model(image, layers.Conv2D(2, 1)(layers.Conv2D(4, 3)(x)))


@model(*around((32, 32, 1), (1, 64, 48, 1), (1, 30, 32, 1), (1, 33, 33, 1)))
def attention_unet():
    """Gates on the skips: an activation of one channel multiplies all."""
    image = Input((None, None, 1))
    skip = twice(image, 4)
    x = twice(layers.MaxPooling2D()(skip), 8)
    gate = layers.Activation("relu")(layers.add([layers.Conv2D(4, 1)(x), layers.Conv2D(4, 1, strides=2)(skip)]))
    gate = layers.UpSampling2D()(layers.Conv2D(1, 1, activation="sigmoid")(gate))
    x = layers.concatenate([layers.UpSampling2D()(x), layers.multiply([skip, gate])])
    return Model(image, layers.Conv2D(1, 1, activation="sigmoid")(x))


@model(*around((16, 16, 16, 2), (1, 8, 24, 12, 2), (1, 9, 16, 16, 2)))
def unet_of_volumes():
    volume = Input((None, None, None, 2))
    skip = layers.Conv3D(4, 3, padding="same", activation="relu")(volume)
    x = layers.BatchNormalization()(layers.Conv3D(4, 3, padding="same")(layers.MaxPooling3D()(skip)))
    x = layers.concatenate([layers.Conv3DTranspose(4, 2, strides=2)(x), skip], axis=4)
    return Model(volume, layers.Conv3D(3, 1, activation="softmax")(layers.SpatialDropout3D(0.1)(x)))


@model(*around((64, 64, 3), (1, 48, 96, 3), (1, 65, 63, 3), (1, 8, 8, 3)))
def deeplab_like():
    """Dilated convolutions side by side, a pooled branch stretched back by Resizing-like upsampling of a fixed size."""
    image = Input((64, 64, 3))
    x = layers.Conv2D(8, 3, strides=4, padding="same")(image)
    branches = [layers.Conv2D(4, 3, padding="same", dilation_rate=rate)(x) for rate in (1, 2, 6)]
    pooled = layers.Conv2D(4, 1)(layers.GlobalAveragePooling2D(keepdims=True)(x))
    branches.append(layers.UpSampling2D(16, interpolation="bilinear")(pooled))
    x = layers.Conv2D(6, 1)(layers.Concatenate()(branches))
    return Model(image, layers.Conv2D(3, 1)(layers.UpSampling2D(4, interpolation="bilinear")(x)))


@model(*around((32, 32, 3), (1, 64, 32, 3), (1, 40, 40, 3)))
def fully_convolutional():
    """Scores of several strides added: sizes that do not divide fail at the sum."""
    image = Input((None, None, 3))
    p3 = layers.MaxPooling2D(8)(layers.Conv2D(4, 3, padding="same")(image))
    p4 = layers.MaxPooling2D(2)(layers.Conv2D(6, 3, padding="same")(p3))
    coarse = layers.Conv2DTranspose(2, 4, strides=2, padding="same")(layers.Conv2D(2, 1)(p4))
    both = layers.Add()([coarse, layers.Conv2D(2, 1)(p3)])
    return Model(image, layers.Softmax()(layers.Conv2DTranspose(2, 16, strides=8, padding="same")(both)))


@model(*around((20, 20, 3), (1, 33, 17, 3)))
def super_resolution():
    """Sub-pixel convolution."""
    image = Input((None, None, 3))
    x = layers.Conv2D(12, 3, padding="same")(layers.Conv2D(8, 5, padding="same", activation="relu")(image))
    return Model(image, keras.ops.nn.depth_to_space(x, 2) if is3 else tf.nn.depth_to_space(x, 2))


@model(*around((64, 64, 3), (1, 32, 32, 3), (1, 100, 64, 3)))
def yolo_like():
    """Two scales, boxes by Reshape: the grid is fixed by the size."""
    image = Input((64, 64, 3))
    route = layers.LeakyReLU(0.1)(layers.Conv2D(8, 3, strides=8, padding="same")(image))
    deep = layers.LeakyReLU(0.1)(layers.BatchNormalization()(layers.Conv2D(8, 3, strides=2, padding="same")(route)))
    large = layers.Reshape((4, 4, 3, 7), name="large")(layers.Conv2D(21, 1)(deep))
    up = layers.Concatenate()([layers.UpSampling2D(2)(layers.Conv2D(4, 1)(deep)), route])
    small = layers.Reshape((8, 8, 3, 7), name="small")(layers.Conv2D(21, 1)(up))
    return Model(image, [large, small])


@model(*around((64, 64, 3), (2, 128, 96, 3), (1, 72, 72, 3)))
def retinanet_like():
    """A head shared over three levels, its results joined; a pyramid whose levels are added."""
    image = Input((None, None, 3))
    c3 = layers.Conv2D(8, 3, strides=4, padding="same", activation="relu", name="c3")(image)
    c4 = layers.Conv2D(12, 3, strides=2, padding="same", activation="relu", name="c4")(c3)
    c5 = layers.Conv2D(16, 3, strides=2, padding="same", activation="relu", name="c5")(c4)
    p5 = layers.Conv2D(6, 1, name="p5")(c5)
    p4 = layers.Add(name="p4")([layers.Conv2D(6, 1)(c4), layers.UpSampling2D()(p5)])
    p3 = layers.Add(name="p3")([layers.Conv2D(6, 1)(c3), layers.UpSampling2D()(p4)])
    head_input = Input((None, None, 6))
    classes = layers.Conv2D(3 * 2, 3, padding="same", activation="sigmoid")(layers.Conv2D(6, 3, padding="same")(head_input))
    head = Model(head_input, layers.Reshape((-1, 2))(classes), name="head")
    box, to_boxes = layers.Conv2D(3 * 4, 3, padding="same", name="box"), layers.Reshape((-1, 4), name="boxes")
    levels = [p3, p4, p5]
    scores = layers.Concatenate(axis=1)([head(level) for level in levels])
    boxes = layers.Concatenate(axis=1)([to_boxes(box(level)) for level in levels])
    return Model(image, {"scores": scores, "boxes": boxes})


@model(*around((48, 48, 3), (1, 32, 64, 3), (1, 47, 45, 3)))
def keypoints_hourglass():
    """Down and up again with residuals, nearest upsampling."""
    image = Input((None, None, 3))
    top = layers.Conv2D(8, 7, strides=2, padding="same")(image)
    low = layers.Conv2D(8, 3, padding="same")(layers.MaxPooling2D()(top))
    x = layers.Add()([top, layers.UpSampling2D(interpolation="nearest")(low)])
    return Model(image, [layers.Conv2D(5, 1, name="first")(x), layers.Conv2D(5, 1, name="second")(layers.Conv2D(8, 1)(x))])


@model(*around((40, 40, 3), (1, 20, 20, 3), (1, 60, 80, 3)))
def crops_and_sizes():
    """Resizing, CenterCrop, Rescaling and their like in front."""
    image = Input((None, None, 3))
    x = layers.Rescaling(1 / 255.0)(layers.CenterCrop(24, 28)(layers.Resizing(36, 40)(image)))
    y = layers.Resizing(24, 28, interpolation="nearest", crop_to_aspect_ratio=True)(image)
    return Model(image, layers.Conv2D(4, 3)(layers.Concatenate()([x, y])))


@model(*around((32, 48, 3), (1, 64, 64, 3)))
def augmentation():
    """A pipeline of augmentation in a Sequential, as tutorials have it."""
    steps = [
        layers.RandomFlip(), layers.RandomRotation(0.1), layers.RandomZoom(0.1, 0.2), layers.RandomTranslation(0.1, 0.1), layers.RandomContrast(0.2),
        layers.RandomBrightness(0.2), layers.RandomCrop(24, 32),
    ]
    image = Input((None, None, 3))
    x = Sequential(steps, name="augmentation")(image)
    return Model(image, layers.GlobalAveragePooling2D()(layers.Conv2D(4, 3)(x)))


@model(*around((32, 48, 3), (1, 64, 64, 3)), only=3)
def augmentation_keras3():
    """The augmentation layers that Keras 3 added."""
    half = {"factor": 0.5}
    image = x = Input((None, None, 3))
    for name, options in {
        "RandomColorJitter": {}, "RandomGrayscale": half, "RandomHue": half, "RandomInvert": half, "RandomPerspective": {}, "RandomPosterization": {"factor": 4},
        "RandomSaturation": half, "RandomSharpness": half, "RandomShear": {"x_factor": 0.1}, "RandomGaussianBlur": {}, "RandomErasing": {},
        "AutoContrast": {}, "Solarization": {},
    }.items():
        x = getattr(layers, name)(**options)(x)
    return Model(image, layers.Conv2D(4, 3)(x))


@model(*around((16, 16, 3), (1, 24, 24, 3)), only=3)
def images_by_operations():
    """Operations on images of Keras 3."""
    ops = keras.ops
    image = Input((None, None, 3))
    gray = ops.image.rgb_to_grayscale(image)
    x = ops.concatenate([gray, ops.image.resize(ops.image.rgb_to_hsv(image), (16, 16))], axis=-1)
    return Model(image, ops.image.extract_patches(x, 4))


@model(*around((16, 16, 3), (1, 24, 24, 3)), only=2)
def images_by_tensorflow():
    """Functions of tf.image in a functional model."""
    image = Input((None, None, 3))
    gray = tf.image.rgb_to_grayscale(image)
    x = tf.image.resize(image, (16, 16))
    return Model(image, tf.concat([tf.image.flip_left_right(gray), x], axis=-1))
