"""Cases of TensorFlow's functions in models of tf_keras, for operations.py: by what people use them for."""


def cases(one, case, tf):
    for group in (images, windows, networks, reductions, elementwise, shaping, picking, signals, algebra, texts):
        group(one, case, tf)


image, matrix = (None, None, 6), (5, 6)
big, small = (2, 3, 4, 6), (2, 5, 6)
photo, photos = (None, None, 3), (2, 9, 12, 3)


def images(one, case, tf):
    i = tf.image
    one("tf.image.rgb_to_grayscale", i.rgb_to_grayscale, photo, photos, (2, 9, 12, 1))
    for name in ("rgb_to_hsv", "hsv_to_rgb", "rgb_to_yuv", "yuv_to_rgb", "rgb_to_yiq", "yiq_to_rgb"):
        one(f"tf.image.{name}", getattr(i, name), photo, photos, (2, 9, 12, 1))
    for name in ("flip_left_right", "flip_up_down", "per_image_standardization", "transpose", "rot90"):
        one(f"tf.image.{name}", getattr(i, name), (9, 12, 3), photos)
        one(f"tf.image.{name} open", getattr(i, name), photo, photos)
    one("tf.image.rot90 twice", lambda x: i.rot90(x, k=2), (9, 12, 3), photos)
    one("tf.image.central_crop", lambda x: i.central_crop(x, 0.5), (9, 12, 3), photos)
    one("tf.image.central_crop open", lambda x: i.central_crop(x, 0.7), photo, photos, (2, 10, 10, 3))
    one("tf.image.crop_to_bounding_box", lambda x: i.crop_to_bounding_box(x, 1, 2, 3, 4), (9, 12, 3), photos, (2, 3, 12, 3))
    one("tf.image.crop_to_bounding_box open", lambda x: i.crop_to_bounding_box(x, 1, 2, 3, 4), photo, photos)
    one("tf.image.pad_to_bounding_box", lambda x: i.pad_to_bounding_box(x, 1, 2, 20, 30), (9, 12, 3), photos, (2, 20, 12, 3))
    one("tf.image.resize bicubic", lambda x: i.resize(x, (7, 9), method="bicubic"), photo, photos)
    one("tf.image.resize aspect", lambda x: i.resize(x, (7, 9), preserve_aspect_ratio=True), (9, 12, 3), photos)
    one("tf.image.resize_with_pad", lambda x: i.resize_with_pad(x, 7, 9), photo, photos)
    one("tf.image.resize_with_crop_or_pad", lambda x: i.resize_with_crop_or_pad(x, 7, 20), photo, photos, (2, 5, 30, 3))
    one("tf.image.adjust_brightness", lambda x: i.adjust_brightness(x, 0.1), photo, photos)
    one("tf.image.adjust_contrast", lambda x: i.adjust_contrast(x, 0.5), photo, photos)
    one("tf.image.adjust_gamma", lambda x: i.adjust_gamma(x, 0.5), photo, photos)
    one("tf.image.adjust_hue", lambda x: i.adjust_hue(x, 0.1), photo, photos)
    one("tf.image.adjust_saturation", lambda x: i.adjust_saturation(x, 0.5), photo, photos)
    one("tf.image.convert_image_dtype", lambda x: i.convert_image_dtype(x, tf.uint8), photo, photos)
    one("tf.image.extract_patches", lambda x: i.extract_patches(x, [1, 3, 2, 1], [1, 3, 2, 1], [1, 1, 1, 1], "VALID"), photo, photos)
    one("tf.image.extract_patches same", lambda x: i.extract_patches(x, [1, 3, 3, 1], [1, 2, 2, 1], [1, 1, 1, 1], "SAME"), (9, 12, 3), photos)
    one("tf.image.total_variation", i.total_variation, photo, photos)
    one("tf.image.image_gradients", lambda x: list(i.image_gradients(x)), (9, 12, 3), photos)
    one("tf.image.sobel_edges", i.sobel_edges, (9, 12, 3), photos)
    case("tf.image.ssim", lambda x, y: i.ssim(x, y, 1.0), [(16, 18, 3), (16, 18, 3)], [(2, 16, 18, 3), (2, 16, 18, 3)])
    case("tf.image.ssim_multiscale", lambda x, y: i.ssim_multiscale(x, y, 1.0), [(180, 180, 3), (180, 180, 3)], [(2, 180, 180, 3), (2, 180, 180, 3)])
    case("tf.image.psnr", lambda x, y: i.psnr(x, y, 1.0), [photo, photo], [photos, photos])
    one("tf.image.crop_and_resize", lambda x: i.crop_and_resize(x, [[0.0, 0.0, 1.0, 1.0], [0.1, 0.1, 0.5, 0.5]], [0, 0], (7, 9)), photo, photos)
    one("tf.image.random_flip_left_right", lambda x: i.random_flip_left_right(x, 1), (9, 12, 3), photos)
    one("tf.image.random_flip_up_down", lambda x: i.random_flip_up_down(x, 1), (9, 12, 3), photos)
    one("tf.image.random_brightness", lambda x: i.random_brightness(x, 0.1, 1), photo, photos)
    one("tf.image.random_contrast", lambda x: i.random_contrast(x, 0.1, 0.5, 1), photo, photos)
    one("tf.image.random_saturation", lambda x: i.random_saturation(x, 0.1, 0.5, 1), photo, photos)


def windows(one, case, tf):
    n = tf.nn
    lines, volume = (2, 11, 6), (1, 5, 6, 7, 3)
    for pad in ("VALID", "SAME"):
        one(f"tf.nn.max_pool2d {pad}", lambda x, p=pad: n.max_pool2d(x, (3, 2), 1, p), image, (2, 9, 12, 6), (2, 2, 12, 6))
        one(f"tf.nn.max_pool {pad}", lambda x, p=pad: n.max_pool(x, [1, 3, 3, 1], [1, 2, 2, 1], p), image, (2, 9, 12, 6))
        one(f"tf.nn.avg_pool {pad}", lambda x, p=pad: n.avg_pool(x, 2, 2, p), image, (2, 9, 12, 6))
        one(f"tf.nn.max_pool1d {pad}", lambda x, p=pad: n.max_pool1d(x, 3, 2, p), (None, 6), lines)
        one(f"tf.nn.avg_pool1d {pad}", lambda x, p=pad: n.avg_pool1d(x, 3, 2, p), (None, 6), lines)
        one(f"tf.nn.max_pool3d {pad}", lambda x, p=pad: n.max_pool3d(x, 2, 2, p), (None, None, None, 3), volume)
        one(f"tf.nn.avg_pool3d {pad}", lambda x, p=pad: n.avg_pool3d(x, 2, 2, p), (None, None, None, 3), volume)
        one(f"tf.nn.pool {pad}", lambda x, p=pad: n.pool(x, [3, 2], "MAX", strides=[2, 1], padding=p), image, (2, 9, 12, 6))
        case(f"tf.nn.conv2d {pad}", lambda x, k, p=pad: n.conv2d(x, k[0], 2, p), [image, (3, 2, 6, 4)], [(2, 9, 12, 6), (1, 3, 2, 6, 4)], [(2, 9, 12, 5), (1, 3, 2, 6, 4)])
        case(f"tf.nn.conv2d dilated {pad}", lambda x, k, p=pad: n.conv2d(x, k[0], [1, 1, 1, 1], p, dilations=[1, 2, 2, 1]), [image, (3, 2, 6, 4)], [(2, 9, 12, 6), (1, 3, 2, 6, 4)])
        case(f"tf.nn.conv1d {pad}", lambda x, k, p=pad: n.conv1d(x, k[0], 2, p), [(None, 6), (3, 6, 4)], [lines, (1, 3, 6, 4)])
        case(f"tf.nn.conv3d {pad}", lambda x, k, p=pad: n.conv3d(x, k[0], [1, 1, 1, 1, 1], p), [(None, None, None, 3), (2, 2, 2, 3, 4)], [volume, (1, 2, 2, 2, 3, 4)])
        case(f"tf.nn.convolution {pad}", lambda x, k, p=pad: n.convolution(x, k[0], strides=[2, 2], padding=p), [image, (3, 2, 6, 4)], [(2, 9, 12, 6), (1, 3, 2, 6, 4)])
        case(f"tf.nn.depthwise_conv2d {pad}", lambda x, k, p=pad: n.depthwise_conv2d(x, k[0], [1, 1, 1, 1], p), [image, (3, 2, 6, 2)], [(2, 9, 12, 6), (1, 3, 2, 6, 2)])
        case(f"tf.nn.separable_conv2d {pad}", lambda x, k, w, p=pad: n.separable_conv2d(x, k[0], w[0], [1, 1, 1, 1], p), [image, (3, 2, 6, 2), (1, 1, 12, 5)], [(2, 9, 12, 6), (1, 3, 2, 6, 2), (1, 1, 1, 12, 5)])
        case(f"tf.nn.atrous_conv2d {pad}", lambda x, k, p=pad: n.atrous_conv2d(x, k[0], 2, p), [image, (3, 2, 6, 4)], [(2, 9, 12, 6), (1, 3, 2, 6, 4)])
    case("tf.nn.conv2d_transpose", lambda x, k: n.conv2d_transpose(x, k[0], [2, 10, 8, 4], 2, "SAME"), [(5, 4, 6), (3, 3, 4, 6)], [(2, 5, 4, 6), (1, 3, 3, 4, 6)])
    one("tf.nn.lrn", n.lrn, image, big)
    one("tf.nn.local_response_normalization", lambda x: n.local_response_normalization(x, 3), image, big)
    case("tf.nn.bias_add", lambda x, b: n.bias_add(x, b[0]), [image, (6,)], [big, (1, 6)], [big, (1, 5)], [big, (1, 1)])
    case("tf.nn.dilation2d", lambda x, k: n.dilation2d(x, k[0], [1, 1, 1, 1], "SAME", "NHWC", [1, 1, 1, 1]), [image, (3, 3, 6)], [(2, 9, 12, 6), (1, 3, 3, 6)])
    one("tf.nn.space_to_batch", lambda x: n.space_to_batch(x, [2, 2], [[0, 0], [0, 0]]), (None, None, 3), (1, 4, 6, 3))
    one("tf.space_to_batch_nd", lambda x: tf.space_to_batch_nd(x, [2, 2], [[1, 1], [0, 0]]), (None, None, 3), (1, 4, 6, 3))
    one("tf.batch_to_space", lambda x: tf.batch_to_space(x, [2, 2], [[0, 0], [0, 0]]), (None, None, 3), (4, 4, 6, 3))


def networks(one, case, tf):
    n = tf.nn
    one("tf.nn.dropout", lambda x: n.dropout(x, 0.5), image, big)
    one("tf.nn.crelu", n.crelu, image, big)
    one("tf.nn.log_softmax axis", lambda x: n.log_softmax(x, axis=1), image, big)
    one("tf.nn.softmax axis", lambda x: n.softmax(x, axis=1), image, big)
    one("tf.nn.softplus", n.softplus, image, big)
    one("tf.nn.tanh", n.tanh, image, big)
    one("tf.nn.sigmoid", n.sigmoid, image, big)
    one("tf.math.log_sigmoid", tf.math.log_sigmoid, image, big)
    one("tf.nn.l2_loss", n.l2_loss, image, big)
    one("tf.nn.zero_fraction", n.zero_fraction, image, big)
    one("tf.nn.moments keepdims", lambda x: list(n.moments(x, axes=[0, 1], keepdims=True)), image, big)
    one("tf.nn.top_k", lambda x: list(n.top_k(x, 3)), image, big, (2, 3, 4, 2))
    one("tf.math.top_k", lambda x: list(tf.math.top_k(x, k=2, sorted=False)), matrix, small)
    case("tf.nn.batch_normalization", lambda x, m, v: n.batch_normalization(x, m[0], v[0], None, None, 1e-3), [image, (6,), (6,)], [big, (1, 6), (1, 6)])
    case("tf.nn.embedding_lookup", lambda p, i: n.embedding_lookup(p[0], tf.cast(i, tf.int32)), [(9, 4), (3,)], [(1, 9, 4), (2, 3)])
    case("tf.nn.softmax_cross_entropy_with_logits", lambda x, y: n.softmax_cross_entropy_with_logits(x, y), [matrix, matrix], [small, small])
    case("tf.nn.sigmoid_cross_entropy_with_logits", lambda x, y: n.sigmoid_cross_entropy_with_logits(x, y), [matrix, matrix], [small, small], [small, (2, 5, 1)])
    case("tf.nn.sparse_softmax_cross_entropy_with_logits", lambda x, y: n.sparse_softmax_cross_entropy_with_logits(tf.cast(x, tf.int32), y), [(5,), matrix], [(2, 5), small])
    case("tf.math.in_top_k", lambda t, p: tf.math.in_top_k(tf.cast(t[:, 0], tf.int32), p, 2), [(1,), (6,)], [(2, 1), (2, 6)])
    k = tf.keras.backend
    one("tf.keras.backend.batch_flatten", k.batch_flatten, (3, 4, 6), big)
    one("tf.keras.backend.flatten", k.flatten, (3, 4, 6), big)
    one("tf.keras.backend.repeat_elements", lambda x: k.repeat_elements(x, 3, axis=1), matrix, small)
    one("tf.keras.backend.resize_images", lambda x: k.resize_images(x, 2, 3, "channels_last"), photo, photos)
    one("tf.keras.backend.spatial_2d_padding", lambda x: k.spatial_2d_padding(x, ((1, 1), (2, 2))), photo, photos)
    one("tf.keras.backend.squeeze", lambda x: k.squeeze(x, 1), (1, 6), (2, 1, 6))
    one("tf.keras.backend.max", lambda x: k.max(x, axis=1, keepdims=True), matrix, small)
    one("tf.keras.backend.var", lambda x: k.var(x, axis=1), matrix, small)
    one("tf.keras.backend.std", lambda x: k.std(x, axis=1), matrix, small)
    one("tf.keras.backend.argmax", lambda x: k.argmax(x), matrix, small)
    one("tf.keras.backend.one_hot", lambda x: k.one_hot(tf.cast(x, tf.int32), 7), matrix, small)
    one("tf.keras.backend.temporal_padding", lambda x: k.temporal_padding(x, (1, 2)), matrix, small)
    one("tf.keras.backend.hard_sigmoid", k.hard_sigmoid, image, big)
    one("tf.keras.backend.relu", k.relu, image, big)
    case("tf.keras.backend.dot", k.dot, [matrix, (6, 4)], [small, (3, 6, 4)])
    case("tf.keras.backend.stack", lambda x, y: k.stack([x, y], axis=1), [matrix, matrix], [small, small])
    case("tf.keras.activations", lambda x: tf.keras.activations.softmax(tf.keras.activations.gelu(x)), [matrix], [small])
    one("tf.debugging.assert_rank", lambda x: tf.identity(x), image, big)
    one("tf.debugging.check_numerics", lambda x: tf.debugging.check_numerics(x, "bad"), image, big)
    one("tf.ensure_shape", lambda x: tf.ensure_shape(x, (None, 5, 6)), (None, 6), small, (2, 4, 6))


def reductions(one, case, tf):
    m = tf.math
    for name in ("all", "any"):
        one(f"tf.math.reduce_{name}", lambda x, f=getattr(m, f"reduce_{name}"): f(x > 0, axis=[1, 2]), image, big)
    one("tf.math.reduce_euclidean_norm", lambda x: m.reduce_euclidean_norm(x, axis=1), matrix, small)
    one("tf.math.count_nonzero", lambda x: m.count_nonzero(x, axis=1), matrix, small)
    one("tf.math.cumprod", lambda x: m.cumprod(x, axis=-1), matrix, small)
    one("tf.math.cumsum exclusive", lambda x: m.cumsum(x, axis=1, exclusive=True, reverse=True), matrix, small)
    one("tf.math.cumulative_logsumexp", lambda x: m.cumulative_logsumexp(x, axis=1), matrix, small)
    one("tf.argmin", lambda x: tf.argmin(x), matrix, small)
    one("tf.sort", tf.sort, image, big)
    one("tf.sort down", lambda x: tf.sort(x, axis=1, direction="DESCENDING"), matrix, small)
    one("tf.argsort", tf.argsort, matrix, small)
    one("tf.linalg.norm all", tf.linalg.norm, matrix, small)
    one("tf.linalg.norm one", lambda x: tf.linalg.norm(x, ord=1, axis=1), matrix, small)
    one("tf.linalg.trace", tf.linalg.trace, (5, 5), (2, 5, 5))
    case("tf.math.segment_sum", lambda x, s: m.segment_sum(x, tf.cast(s[:, 0], tf.int32)), [matrix, (1,)], [small, (2, 1)])
    case("tf.math.unsorted_segment_sum", lambda x, s: m.unsorted_segment_sum(x, tf.cast(s[:, 0], tf.int32), 4), [matrix, (1,)], [small, (2, 1)])
    case("tf.math.unsorted_segment_max", lambda x, s: m.unsorted_segment_max(x, tf.cast(s[:, 0], tf.int32), 4), [matrix, (1,)], [small, (2, 1)])
    case("tf.math.segment_mean", lambda x, s: m.segment_mean(x, tf.cast(s[:, 0], tf.int32)), [matrix, (1,)], [small, (2, 1)])
    case("tf.math.unsorted_segment_mean", lambda x, s: m.unsorted_segment_mean(x, tf.cast(s[:, 0], tf.int32), 4), [matrix, (1,)], [small, (2, 1)])
    one("tf.math.bincount", lambda x: m.bincount(tf.cast(x, tf.int32)), (5,), (2, 5))
    one("tf.histogram_fixed_width", lambda x: tf.histogram_fixed_width(x, [0.0, 1.0], 8), matrix, small)
    case("tf.math.confusion_matrix", lambda x, y: m.confusion_matrix(tf.cast(x[:, 0], tf.int32), tf.cast(y[:, 0], tf.int32), 4), [(1,), (1,)], [(2, 1), (2, 1)])


def elementwise(one, case, tf):
    m = tf.math
    for name in "acos acosh asin asinh atan atanh bessel_i0 bessel_i0e bessel_i1 bessel_i1e conj cosh digamma erfc erfcinv erfinv imag is_finite is_inf is_non_decreasing lgamma ndtri real reciprocal_no_nan rint sinh tan angle".split():
        one(f"tf.math.{name}", getattr(m, name), image, big)
    for name in "atan2 divide_no_nan multiply_no_nan floormod mod xdivy xlog1py xlogy zeta igamma truediv scalar_mul".split():
        f = getattr(m, name)
        if name == "scalar_mul":
            one("tf.math.scalar_mul", lambda x: f(2.0, x), image, big)
        else:
            case(f"tf.math.{name}", f, [image, image], [big, big], [big, (2, 3, 4, 1)], [big, (2, 3, 5, 6)])
    for name in "logical_and logical_or logical_xor".split():
        case(f"tf.math.{name}", lambda x, y, f=getattr(m, name): f(x > 0, y > 0), [image, image], [big, (2, 3, 4, 1)])
    for name in "bitwise_and bitwise_or bitwise_xor left_shift right_shift".split():
        case(f"tf.bitwise.{name}", getattr(tf.bitwise, name), [image, image], [big, big], [big, (2, 3, 4, 1)], dtype="int32")
    one("tf.bitwise.invert", tf.bitwise.invert, image, big, dtype="int32")
    one("tf.math.accumulate_n", lambda x: m.accumulate_n([x, x]), matrix, small)
    one("tf.clip_by_norm", lambda x: tf.clip_by_norm(x, 1.0), matrix, small)
    one("tf.math.polyval", lambda x: m.polyval([1.0, 2.0], x), matrix, small)
    one("tf.saturate_cast", lambda x: tf.saturate_cast(x, tf.uint8), image, big)
    one("tf.bitcast", lambda x: tf.bitcast(x, tf.int32), image, big)
    one("tf.fill", lambda x: tf.fill([2, 3], x[0, 0, 0]), matrix, small)
    one("tf.x + list", lambda x: [1.0, 2.0, 3.0] + x, photo, photos, (2, 9, 12, 1))
    one("tf.where condition", lambda x: tf.where(x > 0), (6,), (2, 6))
    case("tf.where three", lambda x, y: tf.where(x > 0, x, y), [image, (1, 1, 6)], [big, (2, 1, 1, 6)], [big, (2, 3, 5, 6)])
    case("tf.searchsorted", lambda x, v: tf.searchsorted(x, v), [(5,), (7,)], [(2, 5), (2, 7)])
    one("tf.complex", lambda x: tf.abs(tf.complex(x, x)), matrix, small)
    one("tf.dtypes.cast", lambda x: tf.dtypes.cast(x, "int32"), image, big)
    one("tf.zeros_like", lambda x: tf.zeros_like(x, dtype=tf.int32), image, big)


def shaping(one, case, tf):
    one("tf.range", lambda x: tf.range(tf.shape(x)[1]), matrix, small)
    one("tf.linspace", lambda x: tf.linspace(x, x + 1.0, 5, axis=-1), matrix, small)
    one("tf.random.normal", lambda x: x + tf.random.normal(tf.shape(x)), matrix, small)
    one("tf.random.uniform", lambda x: x + tf.random.uniform(shape=(tf.shape(x)[0], 5, 6)), matrix, small)
    one("tf.keras.backend.random_normal", lambda x: x * tf.keras.backend.random_normal(shape=(tf.keras.backend.shape(x)[0], tf.keras.backend.int_shape(x)[1], 1)), matrix, small)
    one("tf.eye", lambda x: x @ tf.eye(6), matrix, small)
    one("tf.fill by shape", lambda x: tf.fill(tf.shape(x)[:2], 1.0), matrix, small)
    one("tf.ones", lambda x: x + tf.ones([tf.shape(x)[0], 1, 6]), matrix, small)
    one("tf.random.truncated_normal", lambda x: x + tf.random.truncated_normal(tf.shape(x)), matrix, small)
    one("tf.random.stateless_normal", lambda x: x + tf.random.stateless_normal(tf.shape(x), [1, 2]), matrix, small)
    one("tf.random.stateless_uniform", lambda x: x + tf.random.stateless_uniform(tf.shape(x), [1, 2]), matrix, small)
    one("tf.zeros", lambda x: tf.zeros(tf.shape(x)), matrix, small)
    one("tf.split two", lambda x: tf.split(x, num_or_size_splits=2, axis=1), (4, 6), (2, 4, 6), (2, 5, 6))
    one("tf.split open", lambda x: tf.split(x, 2, axis=1), (None, 6), (2, 4, 6), (2, 5, 6))
    one("tf.split rest", lambda x: tf.split(x, [2, -1], axis=-1), matrix, small)
    one("tf.unstack last", lambda x: tf.unstack(x, axis=-1), (5, 3), (2, 5, 3))
    one("tf.stack many", lambda x: tf.stack([x] * 4, axis=-1), matrix, small)
    one("tf.squeeze axes", lambda x: tf.squeeze(x, [1, 2]), (1, 1, 6), (2, 1, 1, 6))
    one("tf.transpose all", lambda x: tf.transpose(x), matrix, small)
    one("tf.reverse two", lambda x: tf.reverse(x, axis=[1, -1]), matrix, small)
    one("tf.reverse_sequence", lambda x: tf.reverse_sequence(x, tf.ones(2, tf.int32), seq_axis=1, batch_axis=0), matrix, small)
    one("tf.sequence_mask", lambda x: tf.sequence_mask(tf.cast(x, tf.int32), 7), (5,), (2, 5))
    one("tf.sequence_mask open", lambda x: tf.sequence_mask(tf.cast(x, tf.int32)), (5,), (2, 5))
    one("tf.roll two", lambda x: tf.roll(x, shift=[1, 2], axis=[0, 1]), matrix, small)
    one("tf.pad constant", lambda x: tf.pad(x, [[0, 0], [1, 2], [0, 3]], constant_values=1.0), (None, 6), small)
    one("tf.pad symmetric", lambda x: tf.pad(x, [[0, 0], [1, 1], [0, 0]], "SYMMETRIC"), matrix, small)
    one("tf.repeat each", lambda x: tf.repeat(x, [1, 2, 0, 3, 1], axis=1), matrix, small)
    one("tf.repeat flat", lambda x: tf.repeat(x, 2), matrix, small)
    one("tf.one_hot axis", lambda x: tf.one_hot(tf.cast(x, tf.int32), 7, axis=1), (5,), (2, 5))
    one("tf.tile by shape", lambda x: tf.tile(x, [1, tf.shape(x)[1], 1]), matrix, small)
    one("tf.broadcast_to by shape", lambda x: tf.broadcast_to(x[:, :1], tf.shape(x)), matrix, small)
    one("tf.reshape two", lambda x: tf.reshape(x, tf.concat([tf.shape(x)[:1], [30]], 0)), matrix, small)
    one("tf.reshape open", lambda x: tf.reshape(x, [-1, tf.shape(x)[1] * 6]), (None, 6), small)
    one("tf.shape of", lambda x: tf.shape(x)[1] + 1, image, big)
    one("tf.shape cast", lambda x: x * tf.cast(tf.shape(x)[1], tf.float32), matrix, small)
    one("tf.size of", lambda x: tf.cast(tf.size(x), tf.float32) * x, matrix, small)
    one("tf.x newaxis", lambda x: x[:, tf.newaxis, :, None], matrix, small)
    one("tf.x negative", lambda x: x[:, -3:-1, ::-1], (None, 6), small)
    one("tf.x by tensor", lambda x: x[:, : tf.shape(x)[1] - 1], (None, 6), small)
    one("tf.strided_slice", lambda x: tf.strided_slice(x, [0, 1, 0], [2, 5, 6], [1, 2, 1]), matrix, small)
    one("tf.vectorized", lambda x: tf.linalg.diag(x), (6,), (2, 6))


def picking(one, case, tf):
    case("tf.gather tensor", lambda x, i: tf.gather(x, tf.cast(i, tf.int32), axis=1), [matrix, (3,)], [small, (2, 3)])
    case("tf.gather batched", lambda x, i: tf.gather(x, tf.cast(i, tf.int32), axis=1, batch_dims=1), [matrix, (3,)], [small, (2, 3)])
    case("tf.gather_nd", lambda x, i: tf.gather_nd(x, tf.cast(i, tf.int32)), [matrix, (3, 2)], [small, (2, 3, 2)])
    case("tf.gather_nd batched", lambda x, i: tf.gather_nd(x, tf.cast(i, tf.int32), batch_dims=1), [matrix, (3, 1)], [small, (2, 3, 1)])
    case("tf.scatter_nd", lambda i, v: tf.scatter_nd(tf.cast(i, tf.int32), v, [7, 8]), [(3, 2), (3,)], [(2, 3, 2), (2, 3)])
    case("tf.tensor_scatter_nd_update", lambda x, i, u: tf.tensor_scatter_nd_update(x, tf.cast(i, tf.int32), u[:, 0]), [matrix, (3,), (1,)], [small, (4, 3), (4, 1)])
    case("tf.tensor_scatter_nd_add", lambda x, i, u: tf.tensor_scatter_nd_add(x, tf.cast(i, tf.int32), u[:, 0]), [matrix, (3,), (1,)], [small, (4, 3), (4, 1)])
    case("tf.tensor_scatter_nd_sub", lambda x, i, u: tf.tensor_scatter_nd_sub(x, tf.cast(i, tf.int32), u[:, 0]), [matrix, (3,), (1,)], [small, (4, 3), (4, 1)])
    case("tf.tensor_scatter_nd_max", lambda x, i, u: tf.tensor_scatter_nd_max(x, tf.cast(i, tf.int32), u[:, 0]), [matrix, (3,), (1,)], [small, (4, 3), (4, 1)])
    one("tf.boolean_mask", lambda x: tf.boolean_mask(x, x > 0), (6,), (2, 6))
    one("tf.unique", lambda x: list(tf.unique(x[0])), (6,), (2, 6))
    case("tf.dynamic_partition", lambda x: tf.dynamic_partition(x, tf.cast(x[:, 0, 0], tf.int32), 2), [matrix])
    one("tf.linalg.diag", tf.linalg.diag, matrix, small)
    one("tf.linalg.diag_part", tf.linalg.diag_part, matrix, small)
    case("tf.linalg.set_diag", lambda x, d: tf.linalg.set_diag(x, d), [(5, 5), (5,)], [(2, 5, 5), (2, 5)])
    one("tf.linalg.tensor_diag", lambda x: tf.linalg.tensor_diag(x), (6,), (2, 6))
    one("tf.linalg.band_part", lambda x: tf.linalg.band_part(x, -1, 0), matrix, small)
    one("tf.image.non_max_suppression", lambda x: tf.image.non_max_suppression(x, x[:, 0], 3), (4,))


def signals(one, case, tf):
    s = tf.signal
    wave = (2, 64)
    one("tf.signal.stft", lambda x: tf.abs(s.stft(x, 16, 8)), (64,), wave)
    one("tf.signal.stft open", lambda x: tf.abs(s.stft(x, 16, 8, fft_length=20)), (None,), wave, (2, 1000))
    one("tf.signal.stft padded", lambda x: tf.abs(s.stft(x, 16, 8, pad_end=True)), (64,), wave)
    one("tf.signal.fft", lambda x: tf.abs(s.fft(tf.cast(x, tf.complex64))), (64,), wave)
    one("tf.signal.fft2d", lambda x: tf.abs(s.fft2d(tf.cast(x, tf.complex64))), (8, 16), (2, 8, 16))
    one("tf.signal.ifft", lambda x: tf.abs(s.ifft(tf.cast(x, tf.complex64))), (64,), wave)
    one("tf.signal.inverse_stft", lambda x: s.inverse_stft(s.stft(x, 16, 8), 16, 8), (64,), wave)
    one("tf.signal.frame", lambda x: s.frame(x, 16, 8), (64,), wave)
    one("tf.signal.frame padded", lambda x: s.frame(x, 16, 8, pad_end=True), (60,), (2, 60))
    one("tf.signal.frame axis", lambda x: s.frame(x, 3, 2, axis=1), (11, 6), (2, 11, 6))
    one("tf.signal.dct", lambda x: s.dct(x), (64,), wave)
    one("tf.signal.overlap_and_add", lambda x: s.overlap_and_add(x, 4), (9, 8), (2, 9, 8))
    one("tf.signal.mfccs_from_log_mel_spectrograms", lambda x: s.mfccs_from_log_mel_spectrograms(x)[..., :13], (9, 40), (2, 9, 40))
    one("tf.signal.fftshift", lambda x: s.fftshift(x), (64,), wave)
    one("tf.tensordot mel", lambda x: tf.tensordot(x, s.linear_to_mel_weight_matrix(20, 33, 8000, 80.0, 4000.0), 1), (9, 33), (2, 9, 33))


def algebra(one, case, tf):
    l = tf.linalg
    square, squares = (5, 5), (2, 5, 5)
    for name in "cholesky det inv logdet eigvals eigvalsh expm sqrtm adjoint".split():
        one(f"tf.linalg.{name}", getattr(l, name), square, squares, (2, 5, 6))
    for name in "eigh lu".split():
        one(f"tf.linalg.{name}", lambda x, f=getattr(l, name): list(f(x)), square, squares)
    for name in "svd qr".split():
        one(f"tf.linalg.{name}", lambda x, f=getattr(l, name): list(f(x)), matrix, small, (2, 7, 4))
    one("tf.linalg.svd values", lambda x: l.svd(x, compute_uv=False), matrix, small)
    one("tf.linalg.pinv", l.pinv, matrix, small)
    one("tf.linalg.matrix_rank", l.matrix_rank, matrix, small)
    case("tf.linalg.solve", l.solve, [square, (5, 3)], [squares, (2, 5, 3)], [squares, (2, 4, 3)])
    case("tf.linalg.triangular_solve", l.triangular_solve, [square, (5, 3)], [squares, (2, 5, 3)])
    case("tf.linalg.lstsq", l.lstsq, [matrix, (5, 3)], [small, (2, 5, 3)])
    case("tf.linalg.matvec", l.matvec, [matrix, (6,)], [small, (2, 6)], [small, (2, 5)])
    case("tf.linalg.cross", l.cross, [(5, 3), (5, 3)], [(2, 5, 3), (2, 5, 3)], [(2, 5, 4), (2, 5, 4)])
    case("tf.tensordot", lambda x, y: tf.tensordot(x, y, axes=1), [matrix, (4,)], [small, (6, 4)], [small, (5, 4)])
    case("tf.tensordot axes", lambda x, y: tf.tensordot(x, y, axes=[[1, 2], [1, 2]]), [matrix, matrix], [small, (3, 5, 6)])
    one("tf.linalg.normalize", lambda x: list(l.normalize(x, axis=-1)), matrix, small)
    one("tf.linalg.global_norm", lambda x: l.global_norm([x, x]), matrix, small)
    one("tf.linalg.l2_normalize", lambda x: l.l2_normalize(x, axis=[1, 2]), image, big)


def texts(one, case, tf):
    s = tf.strings
    words = dict(lower=s.lower, upper=s.upper, strip=s.strip, length=s.length, to_number=s.to_number)
    words.update(
        regex_replace=lambda x: s.regex_replace(x, "a", "b"),
        regex_full_match=lambda x: s.regex_full_match(x, "a.*"),
        substr=lambda x: s.substr(x, 0, 2),
        to_hash_bucket=lambda x: s.to_hash_bucket(x, 9),
        to_hash_bucket_fast=lambda x: s.to_hash_bucket_fast(x, 9),
        to_hash_bucket_strong=lambda x: s.to_hash_bucket_strong(x, 9, [1, 2]),
    )
    for name, f in words.items():
        one(f"tf.strings.{name}", f, (5,), (2, 5), dtype="string")
