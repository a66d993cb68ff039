"""Writes what real Keras computes: layers with weights and inputs that both sides make alike, and the numbers that come out.

usage: values.py FILE.json.gz      (keras 3.15.1 and tf_keras 2.21 with tensorflow-cpu 2.21, scipy for the windows of spectrograms)
"""
import gzip
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["TF_USE_LEGACY_KERAS"] = "1"
import keras
import numpy as np
import tensorflow as tf
import tf_keras

CASES = []


def case(name, build, *shapes, only=None, masks=0):
    """`shapes` have their batch; the last `masks` of them tell which positions count."""
    for major, K in ((3, keras), (2, tf_keras)):
        if only in (None, major):
            CASES.append((major, K, name, build, shapes, ["float32"] * (len(shapes) - masks) + ["bool"] * masks))


def one(name, make, *shapes, **options):
    case(name, lambda L, x: make(L)(x), *shapes, **options)


near, far = (2, 5, 6), (2, 7, 6)
heads = lambda L, **options: L.MultiHeadAttention(2, 4, **options)
for axes in (None, (1,), (2,), (1, 2), (2, 1)):
    case(f"MultiHeadAttention along {axes}", lambda L, a, b, x=axes: heads(L, value_dim=3, attention_axes=x)(a, b, return_attention_scores=True), (2, 3, 4, 6), (2, 3, 4, 5))
case("MultiHeadAttention causal", lambda L, a: heads(L)(a, a, use_causal_mask=True), near)
case("MultiHeadAttention mask", lambda L, a, b, m: heads(L, output_shape=(2, 3))(a, b, attention_mask=m), near, far, (2, 5, 7), masks=1)
case("MultiHeadAttention masks of positions", lambda L, a, b, q, v: heads(L)(a, b, query_mask=q, value_mask=v), near, far, (2, 5), (2, 7), masks=2, only=3)
case("MultiHeadAttention gated", lambda L, a, b: heads(L, use_gate=True)(a, b), near, far, only=3)
case("GroupQueryAttention", lambda L, a, b: L.GroupQueryAttention(4, 4, 2)(a, b), near, far, only=3)
for kind in ("Attention", "AdditiveAttention"):
    case(f"{kind} causal", lambda L, a, b, k=kind: getattr(L, k)(use_scale=True)([a, b], use_causal_mask=True, return_attention_scores=True), near, far)
    case(f"{kind} masks", lambda L, a, b, q, v, k=kind: getattr(L, k)()([a, b], mask=[q, v]), near, far, (2, 5), (2, 7), masks=2)
case("Attention concat", lambda L, a, b: L.Attention(score_mode="concat", use_scale=True)([a, b]), near, far)
for kind, states in (("SimpleRNN", 1), ("GRU", 1), ("LSTM", 2)):
    case(f"{kind}Cell", lambda L, x, *s, k=kind: tf.nest.flatten(getattr(L, f"{k}Cell")(5)(x, list(s))), (2, 6), *[(2, 5)] * states)
    one(kind, lambda L, k=kind: getattr(L, k)(5, return_sequences=True), near)
    one(f"{kind} backwards", lambda L, k=kind: getattr(L, k)(5, go_backwards=True), near)
one("GRU reset before", lambda L: L.GRU(5, reset_after=False), near)
one("RNN of cells", lambda L: L.RNN([L.LSTMCell(5), L.GRUCell(4)]), near)
one("ConvLSTM1D", lambda L: L.ConvLSTM1D(2, 3, padding="same"), (2, 3, 6, 2))
for mode, shape in (("one_hot", (3, 1)), ("multi_hot", (3, 4)), ("count", (3, 4))):
    one(f"Discretization {mode}", lambda L, m=mode: L.Discretization(bin_boundaries=[-1.0, 0.0, 1.0], output_mode=m), shape)
for mode in ("log", "magnitude", "psd", "real", "imag", "angle", "stft"):
    one(f"STFTSpectrogram {mode}", lambda L, m=mode: L.STFTSpectrogram(mode=m, frame_length=8, frame_step=3), (2, 20, 2), only=3)
one("STFTSpectrogram expanded", lambda L: L.STFTSpectrogram(mode="real", frame_length=8, padding="same", expand_dims=True), (2, 20, 2), only=3)
case("ReversibleEmbedding backwards", lambda L, x: L.ReversibleEmbedding(9, 4, logit_soft_cap=2.0)(x, reverse=True), (2, 5, 4), only=3)
for options, line, image in (({}, (2, 8, 2), (2, 5, 6, 2)), ({"strides": 2}, (2, 8, 2), (2, 5, 6, 2)), ({"data_format": "channels_first"}, (2, 2, 8), (2, 2, 5, 6))):
    one(f"LocallyConnected1D {' '.join(options)}", lambda L, o=options: L.LocallyConnected1D(3, 3, **o), line, only=2)
    one(f"LocallyConnected2D {' '.join(options)}", lambda L, o=options: L.LocallyConnected2D(3, (3, 2), **o), image, only=2)
one("RandomFourierFeatures", lambda L: L.experimental.RandomFourierFeatures(5), (2, 6), only=2)
image = (2, 6, 7, 4)
for padding in ("valid", "same"):
    one(f"Conv2D {padding}", lambda L, p=padding: L.Conv2D(3, (3, 2), strides=2, padding=p), image)
    one(f"DepthwiseConv2D {padding}", lambda L, p=padding: L.DepthwiseConv2D(3, depth_multiplier=2, padding=p), image)
    one(f"Conv2DTranspose {padding}", lambda L, p=padding: L.Conv2DTranspose(3, (3, 2), strides=2, padding=p), (2, 3, 4, 2))
    one(f"AveragePooling2D {padding}", lambda L, p=padding: L.AveragePooling2D(3, strides=2, padding=p), image)
    one(f"MaxPooling1D {padding}", lambda L, p=padding: L.MaxPooling1D(3, strides=2, padding=p), near)
one("Conv2D groups", lambda L: L.Conv2D(4, 3, groups=2), image)
one("Conv1D causal", lambda L: L.Conv1D(3, 3, padding="causal", dilation_rate=2), near)
one("SeparableConv2D", lambda L: L.SeparableConv2D(3, 3), image)
one("Conv3D", lambda L: L.Conv3D(2, 2), (1, 3, 4, 3, 2))
one("EinsumDense", lambda L: L.EinsumDense("abc,cde->abde", output_shape=(None, 2, 3), bias_axes="de"), near)
for axis in (-1, 1, [1, 2]):
    one(f"LayerNormalization {axis}", lambda L, a=axis: L.LayerNormalization(axis=a), image)
one("BatchNormalization", lambda L: L.BatchNormalization(), image)
one("GroupNormalization", lambda L: L.GroupNormalization(2), image)
one("UnitNormalization", lambda L: L.UnitNormalization(), near)
one("RMSNormalization", lambda L: L.RMSNormalization(), near, only=3)
one("Normalization", lambda L: L.Normalization(mean=[0.1] * 6, variance=[2.0] * 6), near)
one("PReLU", lambda L: L.PReLU(), near)
one("Resizing", lambda L: L.Resizing(4, 9), image)
one("Resizing nearest", lambda L: L.Resizing(4, 9, interpolation="nearest"), image)
for way in ("bicubic", "lanczos3", "lanczos5"):
    one(f"Resizing {way}", lambda L, w=way: L.Resizing(4, 9, interpolation=w), image)
    one(f"Resizing {way} larger", lambda L, w=way: L.Resizing(11, 3, interpolation=w), image)
for way in ("area", "gaussian", "mitchellcubic"):
    one(f"Resizing {way}", lambda L, w=way: L.Resizing(4, 9, interpolation=w), image, only=2)
for way in ("bilinear", "bicubic", "lanczos3"):
    one(f"Resizing {way} smoothed", lambda L, w=way: L.Resizing(2, 3, interpolation=w, antialias=True), image, only=3)
one("Resizing cropped", lambda L: L.Resizing(4, 3, crop_to_aspect_ratio=True), image)
one("Resizing padded", lambda L: L.Resizing(4, 9, pad_to_aspect_ratio=True, fill_value=0.5), image, only=3)
one("CenterCrop", lambda L: L.CenterCrop(3, 4), image)
one("CenterCrop larger", lambda L: L.CenterCrop(8, 7), image)
one("UpSampling2D bilinear", lambda L: L.UpSampling2D((2, 3), interpolation="bilinear"), (2, 3, 4, 2))
case("Dot normalized", lambda L, a, b: L.Dot(axes=-1, normalize=True)([a, b]), near, far)
for name in ("celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_tanh leaky_relu log_sigmoid log_softmax mish relu6 selu silu soft_shrink softmax softplus softsign sparse_plus sparse_sigmoid sparsemax squareplus tanh_shrink").split():
    one(f"Activation {name}", lambda L, n=name: L.Activation(n), (2, 6), only=None if hasattr(tf_keras.activations, name) else 3)


def wave(shape, phase, low=-1.5, high=1.5):
    """The same numbers as test/layers/numbers.test.ts makes."""
    count = int(np.prod(shape))
    return ((low + high) / 2 + (high - low) / 2 * np.sin(np.arange(count) * 0.73 + phase)).reshape(shape).astype("float32")


def computed(major, K, name, build, shapes, dtypes):
    K.backend.clear_session()
    inputs = [K.Input(s[1:], dtype=d, name=f"in{i}") for i, (s, d) in enumerate(zip(shapes, dtypes))]
    outputs = build(K.layers, *inputs)
    model = K.Model(inputs, outputs)
    layer = model.layers[-1]
    layer.set_weights([wave(w.shape, index + 1, 0.1, 0.9) for index, w in enumerate(layer.get_weights())])
    tensors = [wave(s, index) if d == "float32" else wave(s, index) > 0 for index, (s, d) in enumerate(zip(shapes, dtypes))]
    results = tf.nest.flatten(model([tf.constant(t) for t in tensors], training=False))
    rounded = lambda result: [float(f"{x:.5g}") for x in np.array(result).flatten()]
    return {
        "name": name,
        "kerasMajor": major,
        "config": plain(json.loads(model.to_json())),
        "inputs": [{"shape": list(s), "dtype": d} for s, d in zip(shapes, dtypes)],
        "outputs": [{"shape": list(result.shape), "values": rounded(result)} for result in results],
    }


def plain(value):
    if isinstance(value, list):
        return [plain(v) for v in value]
    return {k: plain(v) for k, v in value.items() if not k.endswith(("_initializer", "_regularizer", "_constraint"))} if isinstance(value, dict) else value


out = []
for one_case in CASES:
    try:
        out.append(computed(*one_case))
    except Exception as error:
        print("LEFT OUT", one_case[0], one_case[2], str(error)[:200], file=sys.stderr)
text = "[\n" + ",\n".join(json.dumps(found, separators=(",", ":")) for found in out) + "\n]\n"
with open(sys.argv[1], "wb") as file:
    file.write(gzip.compress(text.encode(), 9, mtime=0))
print(len(out), "cases")
