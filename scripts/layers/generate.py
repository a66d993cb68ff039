"""Writes what real Keras says of single layers: config, declared output, weights, and what they make of tensors.

usage: generate.py keras3|keras2 layers|operations FILE.json.gz [ONLY]      (keras 3.15.1 and tf_keras 2.21 with tensorflow-cpu 2.21, scipy for the windows of spectrograms)
"""
import gzip
import json
import os
import re
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["TF_USE_LEGACY_KERAS"] = "1"  # for what tf_keras takes from tf.keras itself
generation, part, path = sys.argv[1:4]
wanted = sys.argv[4] if len(sys.argv) > 4 else ""
import attention
import audio
import cells
import compressed
import images
import numpy as np
import operations
import rare
import tensorflow as tf
import words

if generation == "keras3":
    import keras
    from keras.src.models.functional import operation_fn
else:
    import tf_keras as keras
    from tf_keras.src.engine import base_layer_utils
L = keras.layers
is3 = generation == "keras3"

# name of the case, how the layer is made and called on inputs, declared shapes, shapes of tensors, dtype of all inputs or one each,
# and whether tensors are really sent (where tracing refuses less)
CASES = []


def case(name, build, declared, *probes, only=None, dtype="float32", run=False):
    if only in (None, 3 if is3 else 2):
        CASES.append((name, build, declared, probes, dtype, run))


def one(name, make, declared, *probes, **options):
    case(name, lambda x: make()(x), [declared], *[[p] for p in probes], **options)


image, odd, line, volume, rows = (None, None, 6), (9, 12, 6), (None, 6), (8, 9, 7, 4), (5,)
I = (None, None, 6)

for pad in ("valid", "same"):
    for stride, dilation in ((1, 1), (2, 1), (1, 2)):
        tag = f"{pad} stride {stride} dilation {dilation}"
        kw = dict(padding=pad, strides=stride, dilation_rate=dilation)
        one(f"Conv1D {tag}", lambda kw=kw: L.Conv1D(4, 3, **kw), (None, 6), (2, 11, 6), (1, 2, 6), (1, 11, 5), (1, 6))
        one(f"Conv2D {tag}", lambda kw=kw: L.Conv2D(4, (3, 2), **kw), I, (2, 9, 12, 6), (1, 2, 2, 6), (1, 9, 12, 1))
        one(f"Conv3D {tag}", lambda kw=kw: L.Conv3D(4, 2, **kw), (None, None, None, 3), (1, 5, 6, 7, 3), (1, 1, 1, 1, 3))
        one(f"DepthwiseConv1D {tag}", lambda kw=kw: L.DepthwiseConv1D(3, depth_multiplier=2, **kw), (None, 6), (2, 11, 6), (1, 1, 6))
        one(f"DepthwiseConv2D {tag}", lambda kw=kw: L.DepthwiseConv2D(3, depth_multiplier=2, **kw), I, (2, 9, 12, 6), (1, 2, 2, 6))
        one(f"SeparableConv1D {tag}", lambda kw=kw: L.SeparableConv1D(5, 3, **kw), (None, 6), (2, 11, 6), (1, 1, 6))
        one(f"SeparableConv2D {tag}", lambda kw=kw: L.SeparableConv2D(5, 3, depth_multiplier=2, **kw), I, (2, 9, 12, 6), (1, 2, 2, 6), (1, 9, 12, 3))
        if not is3:  # Keras 3 refuses batch axes beyond the first
            one(f"Conv1D of more axes {tag}", lambda kw=kw: L.Conv1D(4, 3, **kw), (3, 11, 6), (2, 3, 11, 6), (2, 3, 11, 5))
            one(f"Conv2D of more axes {tag}", lambda kw=kw: L.Conv2D(4, 3, **kw), (3, 9, 12, 6), (2, 3, 9, 12, 6), (2, 3, 9, 12, 5))
    for stride in (1, 2, 3):
        tag = f"{pad} stride {stride}"
        kw = dict(padding=pad, strides=stride)
        one(f"Conv1DTranspose {tag}", lambda kw=kw: L.Conv1DTranspose(4, 3, **kw), (None, 6), (2, 7, 6), (1, 1, 6), (1, 7, 5))
        one(f"Conv2DTranspose {tag}", lambda kw=kw: L.Conv2DTranspose(4, (3, 2), **kw), I, (2, 5, 4, 6), (1, 1, 1, 6))
        one(f"Conv3DTranspose {tag}", lambda kw=kw: L.Conv3DTranspose(4, 2, **kw), (None, None, None, 3), (1, 3, 4, 2, 3))
        pool = dict(padding=pad, strides=stride)
        for kind in ("Max", "Average"):
            one(f"{kind}Pooling1D {tag}", lambda k=kind, kw=pool: getattr(L, f"{k}Pooling1D")(3, **kw), (None, 6), (2, 11, 6), (1, 2, 6))
            one(f"{kind}Pooling2D {tag}", lambda k=kind, kw=pool: getattr(L, f"{k}Pooling2D")((3, 2), **kw), I, (2, 9, 12, 6), (1, 2, 2, 6), (2, 9, 6))
            one(f"{kind}Pooling3D {tag}", lambda k=kind, kw=pool: getattr(L, f"{k}Pooling3D")(2, **kw), (None, None, None, 3), (1, 5, 6, 7, 3), (1, 1, 1, 1, 3))
one("Conv2DTranspose output padding", lambda: L.Conv2DTranspose(4, 3, strides=2, padding="same", output_padding=1), I, (2, 5, 4, 6))
one("Conv2DTranspose output padding valid", lambda: L.Conv2DTranspose(4, 3, strides=2, output_padding=1), I, (2, 5, 4, 6))
one("Conv2DTranspose dilation", lambda: L.Conv2DTranspose(4, 3, dilation_rate=2), I, (2, 5, 4, 6))
one("Conv1D causal", lambda: L.Conv1D(4, 3, padding="causal", dilation_rate=2), (None, 6), (2, 11, 6), (1, 1, 6))
one("Conv2D groups", lambda: L.Conv2D(4, 3, groups=2), I, (1, 9, 9, 6), (1, 9, 9, 4))
one("Conv1D groups", lambda: L.Conv1D(4, 3, groups=2), (None, 6), (1, 9, 6))
one("Conv2D no bias relu", lambda: L.Conv2D(4, 3, use_bias=False, activation="relu"), I, (1, 9, 9, 6))
for name in ("silu", "gelu", "softmax", "leaky_relu", "relu6", "hard_sigmoid", "softsign", "selu", "exponential", "tanh", "mish"):
    one(f"Dense {name}", lambda n=name: L.Dense(4, activation=n), (6,), (2, 6), (2, 5))
    one(f"Activation {name}", lambda n=name: L.Activation(n), I, (1, 3, 4, 6))
one("Dense on 4 axes", lambda: L.Dense(4), I, (1, 3, 5, 6), (1, 3, 5, 1))
one("Dense no bias", lambda: L.Dense(4, use_bias=False), (6,), (2, 6))
one("Embedding", lambda: L.Embedding(50, 8), (None,), (2, 7), dtype="int32")
one("Embedding 2 axes", lambda: L.Embedding(50, 8), (None, 3), (2, 7, 3), dtype="int32")
one("EinsumDense", lambda: L.EinsumDense("abc,cd->abd", output_shape=(None, 64), bias_axes="d"), (None, 32), (2, 7, 32), (2, 7, 31))
one("EinsumDense heads", lambda: L.EinsumDense("abc,cde->abde", output_shape=(None, 4, 8), bias_axes="de"), (None, 32), (2, 7, 32))
one("EinsumDense dots", lambda: L.EinsumDense("...x,xy->...y", output_shape=64, bias_axes="y"), (None, 32), (2, 7, 32))
one("Flatten", lambda: L.Flatten(), (3, 4, 5), (2, 3, 4, 5))
one("Flatten open", lambda: L.Flatten(), I, (2, 3, 4, 6))
one("Flatten of a vector", lambda: L.Flatten(), (5,), (2, 5))
one("Reshape", lambda: L.Reshape((3, -1)), (4, 6), (2, 4, 6))
one("Reshape open", lambda: L.Reshape((3, -1)), (None, 6), (2, 4, 6), (2, 5, 6), (2, 5, 7))
one("Reshape fixed", lambda: L.Reshape((4, 6)), (24,), (2, 24))
one("Permute", lambda: L.Permute((3, 1, 2)), I, (1, 3, 4, 6), (1, 3, 6))
one("RepeatVector", lambda: L.RepeatVector(5), (6,), (2, 6))
for n in (1, 2, 3):
    dims = (None,) * n + (3,)
    size = (1, 6, 7, 8)[: n + 1] + (3,)
    one(f"ZeroPadding{n}D", lambda n=n: getattr(L, f"ZeroPadding{n}D")(2), dims, size)
    one(f"Cropping{n}D", lambda n=n: getattr(L, f"Cropping{n}D")(1), dims, size, (1,) + (2,) * n + (3,))
    one(f"UpSampling{n}D", lambda n=n: getattr(L, f"UpSampling{n}D")(3), dims, size)
    for kind in ("Max", "Average"):
        for keep in (False, True):
            one(f"Global{kind}Pooling{n}D keepdims {keep}", lambda k=kind, n=n, keep=keep: getattr(L, f"Global{k}Pooling{n}D")(keepdims=keep), dims, size)
        if is3 and hasattr(L, "AdaptiveAveragePooling1D"):
            one(f"Adaptive{kind}Pooling{n}D", lambda k=kind, n=n: getattr(L, f"Adaptive{k}Pooling{n}D")(2), dims, size)
one("ZeroPadding2D pairs", lambda: L.ZeroPadding2D(((1, 2), (3, 4))), I, (1, 4, 5, 6))
one("Cropping2D pairs", lambda: L.Cropping2D(((1, 2), (0, 1))), I, (1, 6, 5, 6))
one("UpSampling2D bilinear", lambda: L.UpSampling2D((2, 3), interpolation="bilinear"), I, (1, 4, 5, 6))
for axis in (-1, 1, [1, 2]):
    one(f"LayerNormalization {axis}", lambda a=axis: L.LayerNormalization(axis=a), (3, 4, 6), (2, 3, 4, 6))
one("LayerNormalization no scale", lambda: L.LayerNormalization(scale=False), I, (2, 3, 4, 6), (2, 3, 4, 1))
for axis in (-1, 1):
    one(f"BatchNormalization {axis}", lambda a=axis: L.BatchNormalization(axis=a), (3, 4, 6), (2, 3, 4, 6), (2, 3, 4, 1))
one("BatchNormalization vector", lambda: L.BatchNormalization(center=False), (6,), (2, 6), (2, 3, 6))
one("BatchNormalization line", lambda: L.BatchNormalization(), (None, 6), (2, 3, 6))
one("BatchNormalization volume", lambda: L.BatchNormalization(), (None, None, None, 6), (1, 2, 2, 2, 6))
one("GroupNormalization", lambda: L.GroupNormalization(3), I, (2, 3, 4, 6), (2, 3, 4, 3))
one("GroupNormalization instance", lambda: L.GroupNormalization(-1), I, (2, 3, 4, 6))
one("UnitNormalization", lambda: L.UnitNormalization(), (None, 6), (2, 3, 6))
one("RMSNormalization", lambda: L.RMSNormalization(), (None, 6), (2, 3, 6), (2, 3, 1), only=3)
one("SpectralNormalization", lambda: L.SpectralNormalization(L.Conv2D(4, 3, strides=2, padding="same", activation="leaky_relu")), I, (1, 9, 9, 6), (1, 9, 9, 5))
one("Rescaling", lambda: L.Rescaling(1 / 255, -1), I, (1, 3, 4, 6))
one("Rescaling list", lambda: L.Rescaling([0.1, 0.2, 0.3]), (None, None, 3), (1, 4, 4, 3), (1, 4, 4, 1))
one("Rescaling offset list", lambda: L.Rescaling(0.5, [0.1, 0.2, 0.3]), (None, None, 3), (1, 4, 4, 3), (1, 4, 4, 1))
one("Normalization", lambda: L.Normalization(), I, (1, 3, 4, 6), (1, 3, 4, 1))
one("Normalization values", lambda: L.Normalization(mean=[1.0] * 6, variance=[2.0] * 6), I, (1, 3, 4, 6), (1, 3, 4, 1))
one("Normalization scalar", lambda: L.Normalization(axis=None, mean=1.0, variance=2.0), I, (1, 3, 4, 6), (1, 3, 4, 1))
one("Normalization two axes", lambda: L.Normalization(axis=(1, 3)), (3, 4, 6), (1, 3, 4, 6))
one("PReLU", lambda: L.PReLU(), (3, 4, 6), (2, 3, 4, 6), (2, 3, 4, 1))
one("PReLU shared", lambda: L.PReLU(shared_axes=[1, 2]), I, (2, 3, 4, 6), (2, 3, 4, 1))
for name in ("ReLU", "LeakyReLU", "ELU", "Softmax"):
    one(name, lambda n=name: getattr(L, n)(), I, (1, 3, 4, 6))
one("ReLU all", lambda: L.ReLU(max_value=5.0, negative_slope=0.1, threshold=1.0), I, (1, 3, 4, 6))
one("Softmax axis", lambda: L.Softmax(axis=1), I, (1, 3, 4, 6))
one("ThresholdedReLU", lambda: L.ThresholdedReLU(), I, (1, 3, 4, 6), only=2)
for name, make in dict(Dropout=lambda: L.Dropout(0.2), SpatialDropout2D=lambda: L.SpatialDropout2D(0.2), GaussianNoise=lambda: L.GaussianNoise(0.1), AlphaDropout=lambda: L.AlphaDropout(0.1), Identity=lambda: L.Identity(), ActivityRegularization=lambda: L.ActivityRegularization(0.1), RandomFlip=lambda: L.RandomFlip(), RandomRotation=lambda: L.RandomRotation(0.1), RandomZoom=lambda: L.RandomZoom(0.1), RandomContrast=lambda: L.RandomContrast(0.1)).items():
    one(name, make, I, (1, 3, 4, 6))
one("Masking", lambda: L.Masking(), (None, 6), (1, 4, 6))
one("Resizing", lambda: L.Resizing(7, 9), I, (1, 3, 4, 6), (1, 30, 40, 6))
one("CenterCrop", lambda: L.CenterCrop(4, 5), I, (1, 9, 8, 6), (1, 3, 4, 6))
one("CategoryEncoding", lambda: L.CategoryEncoding(num_tokens=7, output_mode="multi_hot"), (3,), (2, 3), dtype="int32")
one("CategoryEncoding one hot", lambda: L.CategoryEncoding(num_tokens=7, output_mode="one_hot"), (1,), (2, 1), dtype="int32")

rnn = dict(SimpleRNN=L.SimpleRNN, LSTM=L.LSTM, GRU=L.GRU)
for name, cls in rnn.items():
    one(name, lambda c=cls: c(5), (None, 6), (2, 7, 6), (2, 7, 5), (2, 6))
    one(f"{name} sequences", lambda c=cls: c(5, return_sequences=True), (None, 6), (2, 7, 6))
    one(f"{name} no bias", lambda c=cls: c(5, use_bias=False), (4, 6), (2, 4, 6))
    case(f"{name} states", lambda x, c=cls: list(c(5, return_sequences=True, return_state=True)(x)), [(None, 6)], [(2, 7, 6)])
    one(f"Bidirectional {name}", lambda c=cls: L.Bidirectional(c(5, return_sequences=True)), (None, 6), (2, 7, 6))
    one(f"RNN of a cell {name}", lambda c=name: L.RNN(getattr(L, f"{c}Cell")(5), return_sequences=True), (None, 6), (2, 7, 6))
one("RNN stacked", lambda: L.RNN([L.LSTMCell(5), L.GRUCell(4)], return_sequences=True), (None, 6), (2, 7, 6))
case("LSTM initial state", lambda x, h, c: L.LSTM(5)(x, initial_state=[h, c]), [(None, 6), (5,), (5,)], [(2, 7, 6), (2, 5), (2, 5)])
for name, cls in rnn.items():
    case(f"{name} masked", lambda x, c=cls: c(5)(L.Embedding(9, 6, mask_zero=True)(x)), [(None,)], [(2, 7)], dtype="int32")
case("Bidirectional masked", lambda x: L.Bidirectional(L.GRU(5, return_sequences=True))(L.Embedding(9, 6, mask_zero=True)(x)), [(None,)], [(2, 7)], dtype="int32")
case("TimeDistributed masked", lambda x: L.TimeDistributed(L.Dense(3))(L.Embedding(9, 6, mask_zero=True)(x)), [(None,)], [(2, 7)], dtype="int32")
case("GlobalAveragePooling1D masked", lambda x: L.GlobalAveragePooling1D()(L.Masking()(x)), [(None, 6)], [(2, 7, 6)])
case("MultiHeadAttention masked", lambda a, m: L.MultiHeadAttention(2, 8)(query=a, value=a, attention_mask=m), [(None, 16), (None, None)], [(2, 5, 16), (2, 5, 5)])
case("Attention masked", lambda a, b: L.Attention()([L.Masking()(a), L.Masking()(b)]), [(None, 16), (None, 16)], [(2, 5, 16), (2, 7, 16)])
one("GRU reset before", lambda: L.GRU(5, reset_after=False), (None, 6), (2, 7, 6))
for mode in ("sum", "ave"):
    one(f"Bidirectional {mode}", lambda m=mode: L.Bidirectional(L.LSTM(5), merge_mode=m), (None, 6), (2, 7, 6))
case("Bidirectional both", lambda x: list(L.Bidirectional(L.LSTM(5), merge_mode=None)(x)), [(None, 6)], [(2, 7, 6)])
one("ConvLSTM2D", lambda: L.ConvLSTM2D(4, 3), (None, 8, 9, 6), (2, 3, 8, 9, 6))
one("ConvLSTM2D sequences", lambda: L.ConvLSTM2D(4, 3, padding="same", return_sequences=True), (None, 8, 9, 6), (2, 3, 8, 9, 6))
one("ConvLSTM1D", lambda: L.ConvLSTM1D(4, 3), (None, 8, 6), (2, 3, 8, 6))
one("TimeDistributed Dense", lambda: L.TimeDistributed(L.Dense(4)), (None, 6), (2, 7, 6), (2, 7, 5))
one("TimeDistributed Conv2D", lambda: L.TimeDistributed(L.Conv2D(4, 3)), (5, 9, 9, 6), (2, 5, 9, 9, 6))
one("TimeDistributed Flatten", lambda: L.TimeDistributed(L.Flatten()), (5, 3, 4), (2, 5, 3, 4))


def encoder(*shape):
    x = i = keras.Input(shape)
    x = L.BatchNormalization()(L.Conv2D(4, 3)(x))
    return keras.Model(i, L.Concatenate()([L.GlobalAveragePooling2D()(x), L.Flatten()(L.MaxPooling2D()(x))]))


one("TimeDistributed model", lambda: L.TimeDistributed(encoder(9, 9, 6)), (None, 9, 9, 6), (2, 5, 9, 9, 6), (2, 5, 9, 9, 5), (1, 5, 10, 9, 6))
one("TimeDistributed chain", lambda: L.TimeDistributed(keras.Sequential([keras.Input((6,)), L.Dense(4), L.ReLU()])), (5, 6), (2, 5, 6), (2, 5, 7))
one("TimeDistributed nested", lambda: L.TimeDistributed(keras.Sequential([keras.Input((9, 9, 6)), encoder(9, 9, 6), L.Dense(3)])), (None, 9, 9, 6), (2, 5, 9, 9, 6))

for name in ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"):
    two = lambda a, b, n=name: getattr(L, n)()([a, b])
    case(name, two, [I, I], [(1, 3, 4, 6), (1, 3, 4, 6)], [(1, 3, 4, 6), (1, 3, 4, 1)], [(1, 3, 4, 6), (1, 3, 5, 6)])
    case(f"{name} stretched", two, [I, (1, 1, 6)], [(1, 3, 4, 6), (1, 1, 1, 6)])
    case(f"{name} other rank", two, [(4, 6), (6,)], [(2, 4, 6), (2, 6)])
for axis in (-1, 1):
    case(f"Concatenate {axis}", lambda a, b, x=axis: L.Concatenate(axis=x)([a, b]), [I, I], [(1, 3, 4, 6), (1, 3, 4, 6)], [(1, 3, 4, 6), (1, 3, 5, 6)])
case("Concatenate open", lambda a, b: L.Concatenate(axis=1)([a, b]), [(None, 6), (4, 6)], [(1, 3, 6), (1, 4, 6)])
case("Dot", lambda a, b: L.Dot(axes=-1)([a, b]), [(6,), (6,)], [(2, 6), (2, 6)], [(3, 6), (1, 6)], [(3, 6), (2, 6)])
case("Dot matrices", lambda a, b: L.Dot(axes=(2, 1))([a, b]), [(3, 4), (4, 5)], [(2, 3, 4), (2, 4, 5)], [(1, 3, 4), (2, 4, 5)])
case("Dot normalized", lambda a, b: L.Dot(axes=1, normalize=True)([a, b]), [(6,), (6,)], [(2, 6), (2, 6)])
q, v = (None, 16), (None, 12)
case("MultiHeadAttention", lambda a, b: L.MultiHeadAttention(2, 8)(a, b), [q, v], [(2, 5, 16), (2, 7, 12)], [(2, 5, 16), (2, 7, 11)])
case("MultiHeadAttention by name", lambda a, b, c: L.MultiHeadAttention(2, 8, value_dim=6)(a, value=b, key=c), [q, v, (None, 10)], [(2, 5, 16), (2, 7, 12), (2, 7, 10)])
case("MultiHeadAttention itself", lambda a: L.MultiHeadAttention(2, 8, output_shape=9, use_bias=False)(a, a), [q], [(2, 5, 16)])
case("MultiHeadAttention scores", lambda a, b: list(L.MultiHeadAttention(2, 8)(a, b, return_attention_scores=True)), [q, v], [(2, 5, 16), (2, 7, 12)])
case("GroupQueryAttention", lambda a, b: L.GroupQueryAttention(8, 4, 2)(a, b), [q, q], [(2, 5, 16), (2, 7, 16)], only=3)
case("Attention", lambda a, b: L.Attention(use_scale=True)([a, b]), [q, q], [(2, 5, 16), (2, 7, 16)])
case("AdditiveAttention", lambda a, b: L.AdditiveAttention()([a, b]), [q, q], [(2, 5, 16), (2, 7, 16)])


one("Discretization", lambda: L.Discretization(bin_boundaries=[0.0, 1.0, 2.0]), (4,), (2, 4))
one("ConvLSTM3D", lambda: L.ConvLSTM3D(2, 2), (None, 4, 5, 6, 3), (1, 2, 4, 5, 6, 3))

for module in (words, audio, images, attention, cells, rare):
    module.cases(is3, one, case, keras, tf)
if is3:
    compressed.cases(case, keras)

if part == "operations":
    CASES.clear()
    operations.cases(is3, case, keras, tf)


def plain(message):
    """The message without colours and, where a graph was being built, without the call stack."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", str(message)).strip()
    innermost = re.sub(r"(?s)^in user code:.*\n    (?=\w+: )", "", text)
    return re.sub(r"(?s)\s+in user code:.*", "", innermost)[:300]


def shapes(value):
    return [list(v.shape) for v in tf.nest.flatten(value)]


def is_sized(weight):
    """Of what `adapt` keeps, a vocabulary has no shape, and a summary no fixed one."""
    return hasattr(weight, "shape") and None not in list(weight.shape)


def dtypes(shapes, dtype):
    return dtype if isinstance(dtype, list) else [dtype] * len(shapes)


# Some operations are written for numbers at hand, and fail wherever a graph is built.
NEEDS_NUMBERS = re.compile("OperatorNotAllowedInGraph|unknown rank|Dimension value must be integer|SymbolicTensor|node cond/")


def probe(model, tensors, dtype, is_run):
    """What the layers behind the input check make of these tensors: the model's own check is passed by. A null size depends on numbers."""
    def run(*xs):
        if is3:
            return model._run_through_graph(list(xs), operation_fn=lambda op: operation_fn(op, training=False))
        with base_layer_utils.call_context().enter(model, list(xs), build_graph=True, call_context_args={"training": False}):
            return model._run_internal_graph(list(xs))

    specs = [tf.TensorSpec(t, d) for t, d in zip(tensors, dtypes(tensors, dtype))]
    try:
        traced = tf.function(run).get_concrete_function(*specs).structured_outputs
        is_run = is_run or any(spec.shape.rank is None or None in spec.shape for spec in tf.nest.flatten(traced))
        return {"inputs": [list(t) for t in tensors], "output": executed(run, specs) if is_run else shapes(traced)}
    except Exception as error:
        message = plain(error)
    if NEEDS_NUMBERS.search(message):
        try:
            return {"inputs": [list(t) for t in tensors], "output": shapes(run(*[tf.ones(s.shape, s.dtype) for s in specs]))}
        except Exception:
            pass
    return {"inputs": [list(t) for t in tensors], "output": None, "message": message}


def executed(run, specs):
    """For what tracing leaves open: the sizes that are the same whatever the words and numbers are."""
    def filled(spec, words, modulus):
        if spec.dtype == tf.string:
            return tf.fill(spec.shape, words)
        return tf.cast(tf.reshape(tf.range(spec.shape.num_elements()) % modulus, spec.shape), spec.dtype)

    seen = [shapes(run(*[filled(spec, *filling) for spec in specs])) for filling in (("a", 1), ("a b c d e", 2))]
    return [[size if size == other else None for size, other in zip(*pair)] for pair in zip(*seen)]


def values(model, tensors, dtype):
    """What a model of operations computes of numbers that both sides make alike: at most 24 of each output, evenly spread; null is not finite."""
    def filled(shape, kind):
        numbers = np.arange(int(np.prod(shape)))
        return tf.constant((numbers * 7 % 5 if kind == "int32" else 0.1 + 0.8 * (numbers * 37 % 101) / 101).reshape(shape).astype(kind))

    def sampled(tensor):
        flat = np.abs(tensor).reshape(-1) if np.iscomplexobj(tensor) else np.asarray(tensor, "float64").reshape(-1)
        return [float(f"{v:.5g}") if np.isfinite(v) else None for v in flat[:: max(1, -(-flat.size // 24))]]

    xs = [filled(t, d) for t, d in zip(tensors, dtypes(tensors, dtype))]
    try:
        results = model._run_through_graph(xs, operation_fn=lambda op: op) if is3 else model._run_internal_graph(xs)
        return [sampled(np.asarray(result)) for result in tf.nest.flatten(results)]
    except Exception:
        return None  # refused, as its probe says, or made of words


def with_values(probed, model, dtype):
    """Chance gives other numbers each time."""
    if part == "operations" and probed and dtype in ("float32", "int32") and not CHANCE.search(name):
        probed[0]["values"] = values(model, probed[0]["inputs"], dtype)
    return probed


CHANCE = re.compile("random|dropout|elastic|unsorted")
out = []
for name, build, declared, probes, dtype, is_run in CASES:
    if wanted not in name:
        continue
    keras.backend.clear_session()
    inputs = [keras.Input(d, dtype=t, name=f"in{i}") for i, (d, t) in enumerate(zip(declared, dtypes(declared, dtype)))]
    try:
        outputs = build(*inputs)
        model = keras.Model(inputs, outputs)
        layer = model.layers[-1]
        out.append({
            "name": name,
            "config": json.loads(model.to_json()),
            "declared": shapes(outputs),
            "params": model.count_params(),
            "weights": [[re.sub(r":0$", "", w.name), list(w.shape)] for w in layer.weights if is_sized(w)],
            "probes": with_values([probe(model, p, dtype, is_run) for p in probes], model, dtype),
        })
    except Exception as error:
        print("LEFT OUT", name, plain(error)[:200], file=sys.stderr)
for found in out:
    strip = lambda value: {k: strip(v) for k, v in value.items() if not k.endswith(("_initializer", "_regularizer", "_constraint"))} if isinstance(value, dict) else [strip(v) for v in value] if isinstance(value, list) else value
    found["config"] = strip(found["config"])
text = "[\n" + ",\n".join(json.dumps(found, separators=(",", ":")) for found in out) + "\n]\n"
with open(path, "wb") as file:
    # The same cases give the same bytes: no name and no time of making in the archive.
    file.write(gzip.compress(text.encode(), 9, mtime=0))
print(len(out), "cases")
