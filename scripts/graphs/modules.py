"""Modules of plain TensorFlow 2: functions with loops and choices, nested and shared, variables of all types, operations of common models."""

import tensorflow as tf
import tf_keras

from common import numbers, spec, variable, with_numbers
from hub import HubMobileNetV2


class FeatureVector(tf.Module):
    """Like a feature vector of TensorFlow Hub: the pooling is an operation inside."""

    def __init__(self):
        super().__init__()
        self.body = with_numbers(tf_keras.applications.MobileNetV2(alpha=0.35, include_top=False, weights=None, input_shape=(None, None, 3)))

    @tf.function(input_signature=[spec([None, None, None, 3], name="inputs")])
    def __call__(self, inputs):
        return tf.squeeze(tf.reduce_mean(self.body(inputs * 2.0 - 1.0, training=False), [1, 2], keepdims=True), [1, 2], name="feature_vector")


class Loops(tf.Module):
    """`while` and `for`, one of a known number of rounds and one that a number decides; lists of tensors."""

    def __init__(self):
        super().__init__()
        self.kernel = variable([6, 6], "kernel")

    @tf.function(input_signature=[spec([None, None, 6], name="x"), spec([], tf.int32, name="rounds")])
    def __call__(self, x, rounds):
        for _ in tf.range(3):
            x = tf.tanh(tf.einsum("btc,cd->btd", x, self.kernel))
        total = tf.reduce_sum(x, 1)
        for step in tf.range(rounds):
            total = total * 0.5 + tf.cast(step, tf.float32)
        cumulated = tf.scan(lambda a, b: a + b, tf.transpose(x, [1, 0, 2]))
        mapped = tf.map_fn(lambda row: tf.reduce_max(row, 0) - row, x)
        grown = tf.while_loop(
            lambda i, _: i < 4, lambda i, a: (i + 1, tf.concat([a, a[:, :1]], 1)), [0, x],
            shape_invariants=[tf.TensorShape([]), tf.TensorShape([None, None, 6])],
        )[1]
        return {"total": total, "cumulated": cumulated, "mapped": mapped, "grown": grown}


class Choices(tf.Module):
    """Branches that a shape chooses, that a number chooses, and of which one fails."""

    @tf.function(input_signature=[spec([None, None], name="x"), spec([], tf.bool, name="flag")])
    def __call__(self, x, flag):
        if tf.shape(x)[0] > 2:
            wide = tf.concat([x, x], 1)
        else:
            wide = x
        if flag:
            y = x + 1.0
        else:
            y = tf.reverse(x, [1])
        z = tf.switch_case(tf.shape(x)[1] % 3, [lambda: x, lambda: x * 2.0, lambda: tf.transpose(tf.transpose(x))])
        return {"wide": wide, "y": y, "z": z}


class Shared(tf.Module):
    """One function that two others call, and one that is called twice with different shapes."""

    def __init__(self):
        super().__init__()
        self.scale = variable([1, 4], "scale")

    @tf.function
    def scaled(self, x):
        return x * self.scale

    @tf.function
    def twice(self, x):
        return self.scaled(self.scaled(x))

    @tf.function(input_signature=[spec([None, 4], name="x")])
    def __call__(self, x):
        with tf.name_scope("left"):
            left = self.twice(x)
        with tf.name_scope("right"):
            right = self.scaled(tf.reshape(x, [-1, 2, 4]))
        return {"left": left, "right": right}

    @tf.function(input_signature=[spec([None, 4], name="x"), spec([None], tf.int32, name="places")])
    def pick(self, x, places):
        return {"picked": tf.gather(self.scaled(x), places)}


class Types(tf.Module):
    """Variables of all types."""

    def __init__(self):
        super().__init__()
        self.all = {
            name: tf.Variable(tf.cast(tf.range(6) % 2 if name == "bool" else tf.range(6), name), name=name)
            for name in ["float16", "bfloat16", "float32", "float64", "int8", "uint8", "int16", "int32", "int64", "bool"]
        }

    @tf.function(input_signature=[spec([None, 6], name="x")])
    def __call__(self, x):
        total = x
        for value in self.all.values():
            total = total + tf.cast(value, tf.float32)
        return {"total": total}


class Attention(tf.Module):
    """A block of a transformer by operations."""

    def __init__(self):
        super().__init__()
        self.table = variable([30, 16], "table")
        self.parts = [variable([16, 2, 8], name, index) for index, name in enumerate(["query", "key", "value"])]
        self.out = variable([2, 8, 16], "out", 5)
        self.gamma = variable([16], "gamma", 7)

    @tf.function(input_signature=[spec([None, None], tf.int32, name="tokens")])
    def __call__(self, tokens):
        x = tf.nn.embedding_lookup(self.table, tokens) + tf.cast(tf.one_hot(tokens % 16, 16), tf.float32)
        q, k, v = (tf.einsum("btc,chd->bthd", x, part) for part in self.parts)
        scores = tf.einsum("bqhd,bkhd->bhqk", q, k) / 8.0**0.5
        size = tf.shape(tokens)[1]
        mask = tf.linalg.band_part(tf.ones([size, size]), -1, 0)
        weights = tf.nn.softmax(scores + (1.0 - mask) * -1e9)
        x = x + tf.einsum("bqhd,hdc->bqc", tf.einsum("bhqk,bkhd->bqhd", weights, v), self.out)
        mean, variance = tf.nn.moments(x, [-1], keepdims=True)
        x = tf.nn.batch_normalization(x, mean, variance, None, self.gamma, 1e-5)
        return {"hidden": x, "logits": tf.matmul(x, self.table, transpose_b=True), "best": tf.argmax(x, -1)}


class Images(tf.Module):
    """What is done to images before and after."""

    @tf.function(input_signature=[spec([None, None, None, 3], tf.uint8, name="image")])
    def __call__(self, image):
        x = tf.image.convert_image_dtype(image, tf.float32)
        size = tf.shape(x)[1:3]
        return {
            "half": tf.image.resize(x, size // 2),
            "nearest": tf.image.resize(x, [20, 30], method="nearest"),
            "cubic": tf.image.resize(x, [10, 12], method="bicubic"),
            "padded": tf.pad(x, [[0, 0], [1, 2], [3, 0], [0, 0]], "REFLECT"),
            "gray": tf.image.rgb_to_grayscale(x),
            "flipped": tf.image.flip_left_right(x),
            "cropped": tf.image.crop_and_resize(x, [[0.0, 0.0, 0.5, 1.0], [0.1, 0.2, 1.0, 0.9]], [0, 0], [7, 9]),
            "patches": tf.image.extract_patches(x, [1, 4, 4, 1], [1, 3, 3, 1], [1, 1, 1, 1], "VALID"),
            "deep": tf.nn.space_to_depth(tf.image.resize(x, [16, 16]), 4),
            "flat": tf.nn.depth_to_space(tf.tile(x, [1, 1, 1, 4]), 2),
            "whitened": tf.image.per_image_standardization(x),
            "edges": tf.image.sobel_edges(x),
        }


class Slices(tf.Module):
    """Slices of all kinds, gathering and scattering."""

    @tf.function(input_signature=[spec([None, None, 5], name="x")])
    def __call__(self, x):
        size = tf.shape(x)[1]
        return {
            "a": x[:, ::2, 1:-1], "b": x[..., tf.newaxis, 0], "c": x[0], "d": x[:, -1], "e": x[:, : size // 2], "f": x[:, ::-1],
            "g": tf.gather(x, [0, 2, 4], axis=2), "h": tf.gather_nd(x, [[0, 0], [0, 1]]), "i": tf.boolean_mask(x, [True, False, True, True, False], axis=2),
            "j": tf.slice(x, [0, 0, 1], [-1, -1, 2]), "k": tf.concat(tf.split(x, [2, 3], axis=2)[::-1], 2), "l": tf.stack(tf.unstack(x, axis=2), 0),
            "m": tf.scatter_nd([[1], [3]], x[0, :2], [5, 5]), "n": tf.tensor_scatter_nd_update(x[0], [[0]], [[1.0, 2.0, 3.0, 4.0, 5.0]]),
            "o": tf.one_hot(tf.argmax(x, 2), 5), "p": tf.where(x > 0.5, x, tf.zeros([])), "q": tf.roll(x, 1, 1), "r": tf.repeat(x, 2, axis=1),
            "s": tf.broadcast_to(x[:, :1], tf.shape(x)), "t": tf.expand_dims(x, 1), "u": tf.reshape(x, [-1]), "v": tf.range(size * 2),
            "w": tf.fill([size, 2], 1.5), "x": tf.linspace(0.0, 1.0, size), "y": tf.sort(x, -1), "z": tf.math.top_k(x, 2)[0],
        }


class Detector(tf.Module):
    """What depends on numbers: which boxes are left."""

    @tf.function(input_signature=[spec([None, 4], name="boxes"), spec([None], name="scores")])
    def __call__(self, boxes, scores):
        kept = tf.image.non_max_suppression(boxes, scores, 5, 0.5, 0.2)
        padded, valid = tf.image.non_max_suppression_padded(boxes[tf.newaxis], scores[tf.newaxis], 5, pad_to_max_output_size=True)
        best, places = tf.math.top_k(scores, 2)
        return {
            "kept": tf.gather(boxes, kept), "padded": padded, "valid": valid, "best": best,
            "sure": tf.boolean_mask(boxes, scores > 0.5), "where": tf.where(scores > 0.5), "unique": tf.unique(places)[0],
        }


class Convolutions(tf.Module):
    """Convolutions and poolings of all ranks."""

    def __init__(self):
        super().__init__()
        self.k1, self.k2, self.k3 = variable([3, 2, 4], "k1"), variable([3, 3, 2, 4], "k2", 1), variable([2, 2, 2, 2, 3], "k3", 2)
        self.depthwise, self.pointwise = variable([3, 3, 2, 2], "depthwise", 3), variable([1, 1, 4, 5], "pointwise", 4)
        self.grouped, self.up = variable([3, 3, 1, 4], "grouped", 5), variable([2, 2, 3, 2], "up", 6)

    @tf.function(input_signature=[spec([None, None, None, 2], name="x")])
    def __call__(self, x):
        volume = tf.stack([x, x, x], 1)
        line = tf.reduce_mean(x, 1)
        shape = tf.shape(x)
        return {
            "a": tf.nn.conv1d(line, self.k1, 2, "VALID"), "b": tf.nn.conv2d(x, self.k2, 2, "SAME"), "c": tf.nn.conv3d(volume, self.k3, [1] * 5, "VALID"),
            "d": tf.nn.depthwise_conv2d(x, self.depthwise, [1, 2, 2, 1], "SAME"), "e": tf.nn.separable_conv2d(x, self.depthwise, self.pointwise, [1] * 4, "VALID"),
            "f": tf.nn.atrous_conv2d(x, self.k2, 2, "SAME"), "g": tf.nn.conv2d_transpose(x, self.up, tf.stack([shape[0], shape[1] * 2, shape[2] * 2, 3]), 2),
            "h": tf.nn.conv2d(x, self.k2, 1, [[0, 0], [1, 2], [0, 1], [0, 0]]), "i": tf.nn.max_pool2d(x, 3, 2, "SAME"), "j": tf.nn.avg_pool3d(volume, 2, 1, "VALID"),
            "k": tf.nn.max_pool1d(line, 2, 2, "VALID"), "l": tf.nn.conv2d(x, self.grouped, 1, "SAME"), "m": tf.nn.dilation2d(x, tf.zeros([3, 3, 2]), [1] * 4, "SAME", "NHWC", [1] * 4),
            "n": tf.nn.local_response_normalization(x),
            "o": tf.compat.v1.nn.fused_batch_norm(x, [1.0, 1.0], [0.0, 0.0], [0.0, 0.0], [1.0, 1.0], is_training=False)[0],
        }


class Mathematics(tf.Module):
    """Reductions, products, complex numbers and matrices."""

    def __init__(self):
        super().__init__()
        self.square = tf.Variable(numbers([4, 4]) + 2 * tf.eye(4), name="square")

    @tf.function(input_signature=[spec([None, None, 4], name="x")])
    def __call__(self, x):
        return {
            "a": tf.reduce_max(x, [0, 2], keepdims=True), "b": tf.reduce_prod(x), "c": tf.reduce_any(x > 0.5, 1), "d": tf.cumsum(x, 1, exclusive=True),
            "e": tf.reduce_logsumexp(x, -1), "f": tf.math.erf(x) + tf.math.softplus(x), "g": tf.matmul(x, x, transpose_b=True), "h": tf.linalg.matvec(x, x[0, 0]),
            "i": tf.tensordot(x, self.square, [[2], [0]]), "j": tf.abs(tf.signal.rfft(x)), "k": tf.math.real(tf.signal.fft(tf.cast(x, tf.complex64))),
            "l": tf.linalg.diag(x), "m": tf.linalg.diag_part(self.square), "n": tf.linalg.band_part(self.square, 1, 0),
            "p": tf.math.segment_sum(x[0], tf.zeros([tf.shape(x)[1]], tf.int32)), "q": tf.math.bincount(tf.range(tf.shape(x)[1])), "r": tf.clip_by_value(x, 0.1, 0.9),
            "s": tf.nn.l2_normalize(x, -1), "t": tf.maximum(x, 0.5) // 0.3, "u": tf.cast(x * 4, tf.int32) % 3, "v": tf.bitwise.bitwise_and(tf.range(4), 2),
            "w": tf.einsum("btc,bsc->bts", x, x), "x": tf.einsum("...c,cd->...d", x, self.square), "y": tf.searchsorted([0.2, 0.5], x[0, 0]),
            "z": tf.math.squared_difference(x, x[:, :1]), "za": tf.nn.selu(x) + tf.nn.elu(x) + tf.nn.relu6(x), "zb": tf.add_n([x, x, x]), "zc": tf.signal.frame(x[0, :, 0], 3, 2),
            "zd": tf.abs(tf.signal.stft(tf.reshape(x, [-1]), 8, 4)), "ze": tf.transpose(x, [2, 0, 1]), "zf": tf.meshgrid(x[0, 0], x[0, 1])[0], "zg": tf.math.in_top_k([0], x[0, :1], 2),
        }


class WithoutNumbers(tf.Module):
    """What no engine but TensorFlow computes: the shape is known all the same."""

    @tf.function(input_signature=[spec([None, 4], name="boxes"), spec([None, None, None, 2], name="image"), spec([None, None, 3], name="scores")])
    def __call__(self, boxes, image, scores):
        found = tf.image.combined_non_max_suppression(boxes[tf.newaxis, :, tf.newaxis], scores, 3, 4)
        pooled, rows, columns = tf.nn.fractional_max_pool(image, [1.0, 1.5, 1.3, 1.0], seed=1)
        return {
            "boxes": found[0], "valid": found[3], "pooled": pooled, "rows": rows, "columns": columns, "inverse": tf.linalg.inv(tf.eye(4) + tf.matmul(boxes, boxes, transpose_a=True)),
            "cubic": tf.compat.v1.image.resize_bicubic(image, [10, 12]),
        }


class Rare(tf.Module):
    """Operations that few models have, one each."""

    @tf.function(input_signature=[spec([None, None, 3], name="x")])
    def __call__(self, x):
        raw, whole = tf.raw_ops, tf.cast(x * 10, tf.int32)
        image, positive = x[tf.newaxis], x + 0.5
        rows = tf.shape(x)[1]
        return {
            "bucketize": raw.Bucketize(input=x, boundaries=[0.1, 0.3, 0.8]), "broadcast_args": raw.BroadcastArgs(s0=tf.shape(x), s1=[1, 3]),
            "check": raw.CheckNumerics(tensor=x, message="bad"), "ensure": tf.ensure_shape(x, [None, None, 3]), "l2": raw.L2Loss(t=x),
            "rint": raw.Rint(x=x * 3), "inv": raw.Inv(x=positive), "xlogy": raw.Xlogy(x=x, y=positive),
            "xdivy": raw.Xdivy(x=x, y=positive), "truncate_div": raw.TruncateDiv(x=whole - 4, y=whole + 2), "or": raw.BitwiseOr(x=whole, y=whole[:, :1]),
            "cross": raw.Cross(a=x, b=x[:, ::-1]),
            "hsv": raw.RGBToHSV(images=x), "rgb": raw.HSVToRGB(images=x), 
            "softsign": raw.Softsign(features=x),
            
            "segments": raw.UnsortedSegmentSum(data=x, segment_ids=tf.range(tf.shape(x)[0]), num_segments=4), "product": raw.BatchMatMulV3(x=x, y=x, Tout=tf.float32, adj_y=True),
            
            
            
            "round": tf.round(x * 5), "pixels": tf.nn.max_pool_with_argmax(image, 2, 2, "SAME")[1],
            "depth": tf.batch_to_space(tf.space_to_batch(tf.image.resize(image, [8, 8]), [2, 2], [[0, 0], [0, 0]]), [2, 2], [[0, 0], [0, 0]]),
            "volume": tf.nn.conv3d_transpose(image[..., tf.newaxis], tf.ones([2, 2, 2, 1, 1]), [1, tf.shape(x)[0] * 2, rows * 2, 6, 1], 2), "shapes": tf.shape_n([x, positive])[1],
            
            "partition": tf.dynamic_partition(x[0], tf.range(rows) % 2, 2)[0], "stitch": tf.dynamic_stitch([[0, 2], [1]], [x[0, 0, :2], x[0, 0, 2:]]),
            
            
            "angles": tf.math.angle(tf.complex(x, x)), "nth": tf.math.reduce_max(tf.nn.top_k(x, 1)[0]), "lstsq": tf.sparse.to_dense(tf.sparse.from_dense(tf.eye(3))),
        }


class RareShapes(tf.Module):
    """Of these tfjs knows the shapes only, or draws other numbers."""

    @tf.function(input_signature=[spec([None, None, 3], name="x")])
    def __call__(self, x):
        raw, image, positive, rows, whole = tf.raw_ops, x[tf.newaxis], x + 0.5, tf.shape(x)[1], tf.cast(x * 10, tf.int32)
        square = tf.matmul(x, x, transpose_a=True) + tf.eye(3)
        return {
            "fft": tf.abs(tf.signal.fft2d(tf.complex(x, x))),
            "hue": raw.AdjustHue(images=image, delta=0.1),
            "contrast": raw.AdjustContrastv2(images=image, contrast_factor=1.5),
            "saturation": raw.AdjustSaturation(images=image, scale=0.5),
            "most": raw.UnsortedSegmentMax(data=x, segment_ids=tf.range(tf.shape(x)[0]), num_segments=4),
            "cumulated": tf.math.cumulative_logsumexp(x, 1),
            "xor": raw.BitwiseXor(x=whole, y=whole),
            "invert": raw.Invert(x=whole),
            "left": raw.LeftShift(x=whole, y=whole % 3),
            "sequence": raw.ReverseSequence(input=x, seq_lengths=tf.fill([tf.shape(x)[0]], tf.cast(rows, tf.int64)), seq_dim=1, batch_dim=0),
            "scatter": raw.TensorScatterAdd(tensor=x[0], indices=[[0], [0]], updates=tf.ones([2, 3])),
            "lgamma": raw.Lgamma(x=positive),
            "digamma": raw.Digamma(x=positive),
            "cholesky": raw.Cholesky(input=square),
            "solve": raw.MatrixSolve(matrix=square, rhs=tf.transpose(x, [0, 2, 1])),
            "determinant": raw.MatrixDeterminant(input=square),
            "fake": raw.FakeQuantWithMinMaxArgs(inputs=x),
            "fake_vars": raw.FakeQuantWithMinMaxVars(inputs=x, min=0.0, max=1.0),
            "drawn": tf.random.uniform(tf.shape(x)),
            "normal": tf.random.normal([rows, 2]),
            "whole": tf.random.uniform([rows], 0, 5, tf.int32),
            "stateless": tf.random.stateless_uniform([rows, 3], [1, 2]),
            "area": raw.ResizeArea(images=image, size=[4, 6]),
            "bits": tf.bitcast(x, tf.int32),
            "segment_mean": tf.math.segment_mean(x[0], tf.zeros([rows], tf.int32)),
            "eigen": tf.linalg.eigvalsh(square),
            "diagonals": tf.linalg.set_diag(square, x[:, 0]),
            "histogram": tf.histogram_fixed_width(x, [0.0, 1.0], 5),
        }


class Rarest(tf.Module):
    """Operations that hardly any model has, and older spellings of those that many have."""

    @tf.function(input_signature=[spec([None, None, 3], name="x")])
    def __call__(self, x):
        raw, whole, positive, rows = tf.raw_ops, tf.cast(x * 10, tf.int32), x + 0.5, tf.shape(x)[1]
        square, image, segments = tf.ones([3, 3]) + tf.eye(3), x[tf.newaxis], tf.zeros([tf.shape(x)[1]], tf.int32)
        kept, count = raw.NonMaxSuppressionV4(
            boxes=tf.ones([4, 4]), scores=[0.1, 0.4, 0.3, 0.2], max_output_size=3, iou_threshold=0.5, score_threshold=0.2, pad_to_max_output_size=True
        )
        places, scores, all_kept = raw.NonMaxSuppressionV5(
            boxes=tf.ones([4, 4]), scores=[0.1, 0.4, 0.3, 0.2], max_output_size=3, iou_threshold=0.5, score_threshold=0.2, soft_nms_sigma=0.0, pad_to_max_output_size=True
        )
        return {
            "mod": raw.TruncateMod(x=whole - 4, y=whole + 2), "right": raw.RightShift(x=whole, y=whole % 3), "xlog1py": raw.Xlog1py(x=x, y=positive),
            "sub": raw.TensorScatterSub(tensor=x[0], indices=[[0], [0]], updates=tf.ones([2, 3])), "diagonal": raw.MatrixDiag(diagonal=x), "diagonals": raw.MatrixDiagPart(input=square),
            "diagonal2": raw.MatrixDiagV2(diagonal=x, k=1, num_rows=-1, num_cols=-1, padding_value=0.0), "diagonals2": raw.MatrixDiagPartV2(input=square, k=-1, padding_value=0.0),
            "in_top": raw.InTopK(predictions=x[0], targets=segments, k=1), "left": raw.ListDiff(x=[1, 2, 3, 4], y=[2, 4])[0], "kept": kept, "count": count, "places": places, "scores": scores,
            "all": all_kept, "older": raw.NonMaxSuppressionV2(boxes=tf.eye(4), scores=[0.1, 0.4, 0.3, 0.2], max_output_size=3, iou_threshold=0.5),
            "normal": raw.FusedBatchNorm(x=image, scale=tf.ones([3]), offset=tf.zeros([3]), mean=tf.zeros([3]), variance=tf.ones([3]), is_training=False)[0],
            "normal2": raw.FusedBatchNormV2(x=image, scale=tf.ones([3]), offset=tf.zeros([3]), mean=tf.zeros([3]), variance=tf.ones([3]), is_training=False)[0],
            "or": tf.logical_or(x > 0.5, whole > 2), "and": tf.logical_and(x > 0.5, whole > 2),
        }


class RarestShapes(tf.Module):
    """Of these too tfjs knows the shapes only."""

    @tf.function(input_signature=[spec([None, None, 3], name="x")])
    def __call__(self, x):
        raw, positive, segments, image = tf.raw_ops, x + 0.5, tf.zeros([tf.shape(x)[1]], tf.int32), x[tf.newaxis]
        square, size = tf.ones([3, 3]) + tf.eye(3), tf.shape(x)[1]
        return {
            "i0e": raw.BesselI0e(x=x), "i1e": raw.BesselI1e(x=x), "betainc": raw.Betainc(a=positive, b=positive, x=x / 2), "erfinv": raw.Erfinv(x=x / 2), "igamma": raw.Igamma(a=positive, x=x),
            "triangle": raw.MatrixTriangularSolve(matrix=square, rhs=tf.ones([3, 2])), "ndtri": raw.Ndtri(x=x / 2 + 0.1), "next": raw.NextAfter(x1=x, x2=positive),
            "poly": raw.Polygamma(a=tf.ones_like(x), x=positive), "zeta": raw.Zeta(x=x + 1.5, q=positive), "least": raw.UnsortedSegmentMin(data=x[0], segment_ids=segments, num_segments=2),
            "product": raw.UnsortedSegmentProd(data=x[0], segment_ids=segments, num_segments=2), "set": raw.MatrixSetDiag(input=square, diagonal=x[0, 0]),
            "set2": raw.MatrixSetDiagV2(input=square, diagonal=x[0, 0], k=0), "pooled": raw.FractionalAvgPool(value=image, pooling_ratio=[1.0, 1.0, 1.5, 1.0])[0],
            "channels": raw.FakeQuantWithMinMaxVarsPerChannel(inputs=x, min=tf.zeros([3]), max=tf.ones([3])), "segment_max": raw.SegmentMax(data=x[0], segment_ids=segments),
            "segment_min": raw.SegmentMin(data=x[0], segment_ids=segments), "segment_prod": raw.SegmentProd(data=x[0], segment_ids=segments), "shuffled": raw.RandomShuffle(value=x),
            "quantized2": raw.QuantizeAndDequantizeV2(input=x, input_min=0.0, input_max=1.0), "quantized3": raw.QuantizeAndDequantizeV3(input=x, input_min=0.0, input_max=1.0, num_bits=8),
            "quantized4": raw.QuantizeAndDequantizeV4(input=x, input_min=0.0, input_max=1.0), "normal": tf.random.stateless_normal([size, 2], [1, 2]),
            "truncated": tf.random.stateless_truncated_normal([size, 2], [1, 2]),
        }


class Words(tf.Module):
    """Texts: which tokens they have nobody can know without the vocabulary."""

    def __init__(self):
        super().__init__()
        keys = tf.constant(["the", "tensor", "shape"])
        self.table = tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(keys, tf.range(3, dtype=tf.int64) + 1), 0)
        self.vectors = variable([4, 5], "vectors")
        self.ends = tf.Variable(["a", "bc"], name="ends")

    @tf.function(input_signature=[spec([None], tf.string, name="text")])
    def __call__(self, text):
        tokens = tf.strings.split(tf.strings.lower(text)).to_tensor("", shape=[None, 6])
        ids = self.table.lookup(tokens)
        return {"ids": ids, "vectors": tf.gather(self.vectors, ids), "ends": self.ends.read_value()}


# Probes: by signature, a shape for each input in the order of the alphabet.
MODULES = {
    "feature-vector": (FeatureVector, {"serving_default": [[[1, 208, 104, 3]], [[2, 64, 64, 3]], [[1, 64, 64, 1]]]}),
    "hub-mobilenet-v2": (HubMobileNetV2, {"serving_default": [[[1, 160, 160, 3]], [[1, 208, 104, 3]], [[1, 64, 64, 1]]]}),
    "loops": (Loops, {"serving_default": [[[], [2, 5, 6]], [[], [1, 9, 6]], [[], [1, 3, 4]]]}),
    "choices": (Choices, {"serving_default": [[[], [2, 4]], [[], [5, 3]]]}),
    "shared": (Shared, {"serving_default": [[[2, 4]], [[3, 4]], [[2, 3]]], "pick": [[[2], [3, 4]]]}),
    "types": (Types, {"serving_default": [[[2, 6]], [[2, 1]], [[2, 5]]]}),
    "attention-module": (Attention, {"serving_default": [[[2, 7]], [[1, 12]]]}),
    "images": (Images, {"serving_default": [[[1, 24, 32, 3]], [[2, 40, 20, 3]], [[1, 17, 20, 3]]]}),
    "slices": (Slices, {"serving_default": [[[2, 6, 5]], [[1, 9, 5]], [[2, 1, 5]], [[2, 6, 4]]]}),
    "detector": (Detector, {"serving_default": [[[12, 4], [12]], [[3, 4], [3]], [[12, 3], [12]], [[1, 4], [1]]]}),
    "convolutions": (Convolutions, {"serving_default": [[[1, 12, 16, 2]], [[2, 9, 7, 2]], [[1, 2, 2, 2]], [[1, 12, 16, 3]]]}),
    "mathematics": (Mathematics, {"serving_default": [[[2, 5, 4]], [[1, 8, 4]], [[1, 2, 4]], [[2, 5, 3]]]}),
    "without-numbers": (WithoutNumbers, {"serving_default": [[[6, 4], [1, 12, 15, 2], [1, 6, 3]], [[2, 4], [2, 7, 9, 2], [1, 2, 3]], [[6, 4], [1, 12, 15, 2], [1, 5, 3]]]}),
    "rare": (Rare, {"serving_default": [[[2, 3, 3]], [[3, 5, 3]]]}),
    "rare-shapes": (RareShapes, {"serving_default": [[[2, 3, 3]], [[3, 5, 3]]]}),
    "rarest": (Rarest, {"serving_default": [[[2, 3, 3]], [[3, 5, 3]]]}),
    "rarest-shapes": (RarestShapes, {"serving_default": [[[2, 3, 3]], [[3, 5, 3]]]}),
    "words": (Words, {"serving_default": [[[2]]]}),
}


def module(name):
    made = MODULES[name][0]()
    others = {key: getattr(made, key) for key in MODULES[name][1] if key != "serving_default"}
    return lambda path: tf.saved_model.save(made, path, signatures={"serving_default": made.__call__, **others})
