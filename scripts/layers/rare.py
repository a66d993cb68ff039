"""Cases of layers that are met seldom."""


def cases(is3, one, case, keras, tf):
    L = keras.layers
    (keras3 if is3 else keras2)(L, one, case, keras, tf)
    if is3:
        case("FeatureSpace", lambda a, b, c: features(keras, tf, dict(a=a, b=b, c=c)), [(1,), (1,), (1,)], [(2, 1)] * 3, dtype=["string", "float32", "int32"])
    else:
        learning(L.experimental, one, tf)
    one("GaussianDropout", lambda: L.GaussianDropout(0.2), (None, 6), (2, 3, 6), (2, 6))
    for rank, size in ((1, (7, 6)), (2, (7, 8, 6)), (3, (7, 8, 9, 6))):
        one(f"SpatialDropout{rank}D", lambda r=rank: getattr(L, f"SpatialDropout{r}D")(0.2), size, (2, *size), (2, *size[1:]))


def features(keras, tf, inputs):
    """The layers that a FeatureSpace makes, on inputs of the model's own."""
    space = keras.utils.FeatureSpace(dict(a="string_categorical", b="float_normalized", c="integer_categorical"), crosses=[("a", "c")], crossing_dim=8)
    space.inputs.update(inputs)
    space.adapt(tf.data.Dataset.from_tensor_slices(dict(a=["x", "y", "z"], b=[1.0, 2.0, 3.0], c=[1, 2, 3])))
    return space.get_encoded_features()


def learning(experimental, one, tf):
    words = tf.constant([f"w{i}" for i in range(11)])
    one("DynamicLookup", lambda: experimental.DynamicLookup(11, initial_vocabulary=words), (4,), (2, 4), (2, 4, 3), dtype="string")
    one("DynamicEmbedding", lambda: experimental.DynamicEmbedding(11, 8, initial_vocabulary=words), (4,), (2, 4), (2, 4, 3), dtype="string")


def keras3(L, one, case, keras, tf):
    embed = lambda **o: L.ReversibleEmbedding(50, 8, **o)
    one("ReversibleEmbedding", lambda: embed(), (None,), (2, 7), (2, 7, 3), dtype="int32")
    one("ReversibleEmbedding untied", lambda: embed(tie_weights=False), (None,), (2, 7), dtype="int32")
    case("ReversibleEmbedding backwards", lambda x: embed()(x, reverse=True), [(None, 8)], [(2, 7, 8)], [(2, 7, 9)])
    case("ReversibleEmbedding untied backwards", lambda x: embed(tie_weights=False, logit_soft_cap=3.0)(x, reverse=True), [(None, 8)], [(2, 7, 8)], [(2, 7, 9)])
    both = embed()
    case("ReversibleEmbedding there and back", lambda x, e=both: (lambda l: l(l(x), reverse=True))(embed()), [(None,)], [(2, 7)], dtype="int32")
    pipeline = lambda *layers: lambda: L.Pipeline(list(layers))
    one("Pipeline", lambda: L.Pipeline([L.Rescaling(1 / 255), L.Resizing(5, 7), L.RandomFlip()]), (None, None, 3), (2, 8, 9, 3), (8, 9, 3), (9, 3))
    one("Pipeline of weights", lambda: L.Pipeline([L.Dense(4), L.BatchNormalization(), L.Dense(3, use_bias=False)]), (6,), (2, 6), (2, 5))
    one("Pipeline in a pipeline", lambda: L.Pipeline([L.Pipeline([L.CenterCrop(4, 4)]), L.Resizing(5, 7)]), (None, None, 3), (2, 8, 9, 3))
    one("RandAugment two", lambda: L.RandAugment(num_ops=3), (None, None, 3), (2, 8, 9, 3))


def keras2(L, one, case, keras, tf):
    from tf_keras.src.layers.rnn.cudnn_gru import CuDNNGRU
    from tf_keras.src.layers.rnn.cudnn_lstm import CuDNNLSTM

    for cls in (CuDNNGRU, CuDNNLSTM):
        one(cls.__name__, lambda c=cls: c(5, return_sequences=True), (None, 6), (2, 7, 6), (2, 7, 5))
        case(f"{cls.__name__} states", lambda x, c=cls: list(c(5, return_state=True)(x)), [(None, 6)], [(2, 7, 6)])
    for data_format in ("channels_last",):
        for mode in (1, 2, 3):
            for options in ({}, dict(strides=2), dict(use_bias=False, activation="relu")):
                if mode == 1 or True:
                    tag = f"implementation {mode} {' '.join(options)}"
                    one(f"LocallyConnected1D {tag}", lambda m=mode, o=options: L.LocallyConnected1D(4, 3, implementation=m, **o), (11, 6), (2, 11, 6), (2, 10, 6), (2, 11, 5), (11, 6))
                    one(f"LocallyConnected2D {tag}", lambda m=mode, o=options: L.LocallyConnected2D(4, (3, 2), implementation=m, **o), (7, 8, 3), (2, 7, 8, 3), (2, 8, 8, 3), (2, 7, 8, 2))
    for padding in ("same",):
        one("LocallyConnected1D same", lambda: L.LocallyConnected1D(4, 3, padding="same", implementation=2), (11, 6), (2, 11, 6))
        one("LocallyConnected2D same", lambda: L.LocallyConnected2D(4, 3, padding="same", strides=2, implementation=3), (7, 8, 3), (2, 7, 8, 3))
    one("LocallyConnected1D channels first", lambda: L.LocallyConnected1D(4, 3, data_format="channels_first"), (6, 11), (2, 6, 11))
    one("LocallyConnected2D channels first", lambda: L.LocallyConnected2D(4, 3, data_format="channels_first"), (3, 7, 8), (2, 3, 7, 8))
    experimental = L.experimental
    for kind in ("gaussian", "laplacian"):
        one(f"RandomFourierFeatures {kind}", lambda k=kind: experimental.RandomFourierFeatures(12, kernel_initializer=k), (6,), (2, 6), (2, 5), (2, 3, 6))
    one("RandomFourierFeatures scaled", lambda: experimental.RandomFourierFeatures(12, scale=2.0, trainable=True), (6,), (2, 6))
    one("SyncBatchNormalization", lambda: experimental.SyncBatchNormalization(), (3, 6), (2, 3, 6))
    case("LinearModel", lambda a, b: keras.experimental.LinearModel(3)([a, b]), [(6,), (2,)], [(2, 6), (2, 2)])
