"""Cases of operations on tensors, for generate.py: functions of Keras 3's `ops`, and of TensorFlow in models of tf_keras."""


def cases(is3, case, keras, tf):
    image, matrix = (None, None, 6), (5, 6)

    def one(name, call, declared, *probes):
        case(name, call, [declared], *[[p] for p in probes])

    big, small = (2, 3, 4, 6), (2, 5, 6)
    # what Python's operators make of tensors
    one("x + 1", lambda x: x + 1.0, image, big)
    one("1 - x", lambda x: 1.0 - x, image, big)
    if not is3:
        one("x * list", lambda x: x * [1.0, 2.0, 3.0], (None, None, 3), (1, 4, 4, 3), (1, 4, 4, 1))
    one("x / 2", lambda x: x / 2.0, image, big)
    one("x ** 2", lambda x: x**2, image, big)
    one("-x", lambda x: -x, image, big)
    one("x // 2", lambda x: x // 2, image, big)
    one("x > 0", lambda x: x > 0, image, big)
    case("x + y", lambda x, y: x + y, [image, image], [big, big], [big, (2, 3, 4, 1)], [(2, 1, 4, 6), (2, 3, 1, 6)], [big, (2, 3, 5, 6)])
    case("x - y", lambda x, y: x - y, [(1,), ()], [(7, 1), (7,)])
    case("x @ y", lambda x, y: x @ y, [(3, 4), (4, 5)], [(2, 3, 4), (2, 4, 5)])
    one("x[:, 0]", lambda x: x[:, 0], matrix, small)
    one("x[:, 1:3]", lambda x: x[:, 1:3], matrix, small)
    one("x[:, -1, ::2]", lambda x: x[:, -1, ::2], matrix, small)
    one("x[..., :2]", lambda x: x[..., :2], image, big)
    one("x[..., None]", lambda x: x[..., None], matrix, small)
    one("x[:, ::-1]", lambda x: x[:, ::-1], matrix, small)
    if is3:
        keras3(one, case, keras.ops, image, matrix, big, small)
    else:
        keras2(one, case, tf, image, matrix, big, small)


def keras3(one, case, ops, image, matrix, big, small):
    for name in ("mean", "sum", "max", "min", "prod", "var", "std", "logsumexp", "any", "all"):
        reduce = getattr(ops, name)
        one(f"ops.{name}", lambda x, f=reduce: f(x, axis=(1, 2)), image, big)
        one(f"ops.{name} keepdims", lambda x, f=reduce: f(x, axis=-1, keepdims=True), image, big)
    for name in ("argmax", "argmin"):
        one(f"ops.{name}", lambda x, f=getattr(ops, name): f(x, axis=-1), image, big)
    for name in "abs exp log sqrt rsqrt square tanh sigmoid relu relu6 silu gelu elu selu softplus softsign leaky_relu hard_sigmoid hard_silu log_sigmoid sin cos floor ceil round sign negative reciprocal isnan logical_not erf expm1 log1p arctan ones_like zeros_like stop_gradient softmax log_softmax cumsum ravel".split():
        one(f"ops.{name}", getattr(ops, name), image, big)
    for name in "add subtract multiply divide true_divide maximum minimum power mod floor_divide equal not_equal greater less_equal logical_and arctan2".split():
        case(f"ops.{name}", getattr(ops, name), [image, image], [big, big], [big, (2, 3, 4, 1)])
    one("ops.reshape", lambda x: ops.reshape(x, (-1, 30)), matrix, small)
    one("ops.reshape open", lambda x: ops.reshape(x, (-1, 6)), matrix, small)
    one("ops.transpose", lambda x: ops.transpose(x, (0, 3, 1, 2)), image, big)
    one("ops.transpose all", lambda x: ops.transpose(x), matrix, small)
    one("ops.expand_dims", lambda x: ops.expand_dims(x, 1), matrix, small)
    one("ops.squeeze", lambda x: ops.squeeze(x, axis=1), (1, 6), (2, 1, 6), (2, 3, 6))
    case("ops.concatenate", lambda x, y: ops.concatenate([x, y], axis=-1), [image, image], [big, big], [big, (2, 3, 5, 6)])
    case("ops.stack", lambda x, y: ops.stack([x, y], axis=1), [matrix, matrix], [small, small])
    one("ops.unstack", lambda x: ops.unstack(x, axis=1), matrix, small)
    one("ops.split", lambda x: ops.split(x, 3, axis=-1), image, big)
    one("ops.split at", lambda x: ops.split(x, [1, 4], axis=-1), image, big)
    one("ops.tile", lambda x: ops.tile(x, (1, 2, 3)), matrix, small)
    one("ops.repeat", lambda x: ops.repeat(x, 3, axis=-1), (None, None, 1), (1, 4, 4, 1))
    one("ops.flip", lambda x: ops.flip(x, axis=1), matrix, small)
    one("ops.roll", lambda x: ops.roll(x, 2, axis=1), matrix, small)
    one("ops.pad", lambda x: ops.pad(x, ((0, 0), (1, 2), (0, 3))), matrix, small)
    one("ops.broadcast_to", lambda x: ops.broadcast_to(x, (2, 4, 4, 3)), (None, None, 1), (2, 4, 4, 1))
    one("ops.swapaxes", lambda x: ops.swapaxes(x, 1, 2), image, big)
    one("ops.moveaxis", lambda x: ops.moveaxis(x, 1, -1), image, big)
    one("ops.cast", lambda x: ops.cast(x, "int32"), image, big)
    one("ops.clip", lambda x: ops.clip(x, 0.0, 1.0), image, big)
    case("ops.matmul", ops.matmul, [(3, 4), (4, 5)], [(2, 3, 4), (2, 4, 5)], [(2, 3, 4), (2, 3, 5)])
    case("ops.einsum", lambda x, y: ops.einsum("bij,bjk->bik", x, y), [(3, 4), (4, 5)], [(2, 3, 4), (2, 4, 5)])
    case("ops.where", lambda x, y: ops.where(x > 0, x, y), [image, image], [big, big])
    one("ops.take", lambda x: ops.take(x, [0, 2], axis=1), matrix, small)
    one("ops.norm", lambda x: ops.norm(x, axis=-1, keepdims=True), matrix, small)
    one("ops.normalize", lambda x: ops.normalize(x, axis=-1), matrix, small)
    one("ops.moments", lambda x: list(ops.moments(x, axes=[1, 2])), image, big)
    one("ops.max_pool", lambda x: ops.max_pool(x, 2, 2, "same"), image, big)
    one("ops.average_pool", lambda x: ops.average_pool(x, 2), image, big)
    one("ops.image.resize", lambda x: ops.image.resize(x, (7, 9)), image, big)
    one("ops.one_hot", lambda x: ops.one_hot(ops.cast(x, "int32"), 7), matrix, small)


def keras2(one, case, tf, image, matrix, big, small):
    for name in ("mean", "sum", "max", "min", "prod", "variance", "std", "logsumexp"):
        reduce = getattr(tf.math, f"reduce_{name}")
        one(f"tf.reduce_{name}", lambda x, f=reduce: f(x, axis=[1, 2]), image, big)
        one(f"tf.reduce_{name} keepdims", lambda x, f=reduce: f(x, axis=-1, keepdims=True), image, big)
    one("tf.argmax", lambda x: tf.argmax(x, axis=-1), image, big)
    for name in "abs exp log sqrt rsqrt square tanh sigmoid sin cos floor ceil round sign negative reciprocal erf expm1 log1p softplus cumsum".split():
        one(f"tf.math.{name}", getattr(tf.math, name), image, big)
    for name in "relu relu6 silu gelu elu selu leaky_relu softmax log_softmax softsign".split():
        one(f"tf.nn.{name}", getattr(tf.nn, name), image, big)
    for name in "add subtract multiply divide maximum minimum pow floordiv squared_difference equal not_equal greater less_equal".split():
        case(f"tf.math.{name}", getattr(tf.math, name), [image, image], [big, big], [big, (2, 3, 4, 1)])
    one("tf.reshape", lambda x: tf.reshape(x, (-1, 30)), matrix, small)
    one("tf.transpose", lambda x: tf.transpose(x, (0, 3, 1, 2)), image, big)
    one("tf.expand_dims", lambda x: tf.expand_dims(x, 1), matrix, small)
    one("tf.squeeze", lambda x: tf.squeeze(x, axis=1), (1, 6), (2, 1, 6))
    case("tf.concat", lambda x, y: tf.concat([x, y], axis=-1), [image, image], [big, big], [big, (2, 3, 5, 6)])
    case("tf.stack", lambda x, y: tf.stack([x, y], axis=1), [matrix, matrix], [small, small])
    one("tf.unstack", lambda x: tf.unstack(x, axis=1), matrix, small)
    one("tf.split", lambda x: tf.split(x, 3, axis=-1), image, big)
    one("tf.split at", lambda x: tf.split(x, [1, 3, 2], axis=-1), image, big)
    one("tf.tile", lambda x: tf.tile(x, (1, 2, 3)), matrix, small)
    one("tf.repeat", lambda x: tf.repeat(x, 3, axis=-1), (None, None, 1), (1, 4, 4, 1))
    one("tf.reverse", lambda x: tf.reverse(x, axis=[1]), matrix, small)
    one("tf.roll", lambda x: tf.roll(x, 2, axis=1), matrix, small)
    one("tf.pad", lambda x: tf.pad(x, ((0, 0), (1, 2), (0, 3))), matrix, small)
    one("tf.broadcast_to", lambda x: tf.broadcast_to(x, (2, 4, 4, 3)), (None, None, 1), (2, 4, 4, 1))
    one("tf.cast", lambda x: tf.cast(x, tf.int32), image, big)
    one("tf.clip_by_value", lambda x: tf.clip_by_value(x, 0.0, 1.0), image, big)
    case("tf.matmul", tf.matmul, [(3, 4), (4, 5)], [(2, 3, 4), (2, 4, 5)])
    case("tf.matmul transposed", lambda x, y: tf.matmul(x, y, transpose_b=True), [(3, 4), (5, 4)], [(2, 3, 4), (2, 5, 4)])
    case("tf.where", lambda x, y: tf.where(x > 0, x, y), [image, image], [big, big])
    one("tf.gather", lambda x: tf.gather(x, [0, 2], axis=1), matrix, small)
    one("tf.norm", lambda x: tf.norm(x, axis=-1, keepdims=True), matrix, small)
    one("tf.math.l2_normalize", lambda x: tf.math.l2_normalize(x, axis=-1), matrix, small)
    one("tf.image.resize", lambda x: tf.image.resize(x, (7, 9)), image, big)
    one("tf.nn.depth_to_space", lambda x: tf.nn.depth_to_space(x, 2), (None, None, 8), (1, 3, 4, 8))
    one("tf.nn.space_to_depth", lambda x: tf.nn.space_to_depth(x, 2), (None, None, 3), (1, 4, 6, 3))
    one("tf.nn.max_pool2d", lambda x: tf.nn.max_pool2d(x, 2, 2, "SAME"), image, big)
    one("tf.nn.avg_pool2d", lambda x: tf.nn.avg_pool2d(x, 2, 2, "VALID"), image, big)
    one("tf.ones_like", tf.ones_like, image, big)
    one("tf.shape", lambda x: tf.shape(x), image, big)
    one("tf.reshape by shape", lambda x: tf.reshape(x, [tf.shape(x)[0], -1]), image, big)
    one("tf.one_hot", lambda x: tf.one_hot(tf.cast(x, tf.int32), 7), matrix, small)
    one("tf.identity", tf.identity, image, big)
