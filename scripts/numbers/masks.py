"""Writes what real Keras computes where positions are masked: small models with weights by a formula and the fill `ramp`.

usage: masks.py 3|2 FILE       (adds its generation's answers to FILE, test/numbers/masks.json.gz; versions in scripts/zoo/requirements.txt)

An answer: as make.py's, `model` being the name of the case, with the model's `config`. A model that Keras refuses is left out.
"""

import gzip
import json
import os
import sys

generation, path = sys.argv[1:3]
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["TF_USE_LEGACY_KERAS"] = "1"
if generation == "3":
    import keras
else:
    import tf_keras as keras
from answer import told

L = keras.layers
CASES = {}


def case(name, build, *shapes, only=None):
    """`build` is given the inputs: whole numbers where a shape is a list, floats where it is a tuple; batch in front."""
    if only in (None, generation):
        CASES[name] = (build, shapes)


def words(x, width=4):
    return L.Embedding(10, width, mask_zero=True)(x)


def padded(x):
    """Steps of zeros in front and behind, which count for nothing."""
    return L.Masking()(L.ZeroPadding1D((1, 2))(x))


def stacked():
    return L.RNN([L.LSTMCell(4), L.GRUCell(3)], return_sequences=True)


tokens, others, series = [3, 7], [3, 5], (2, 4, 3)
for kind in ("SimpleRNN", "GRU", "LSTM"):
    make = getattr(L, kind)
    case(kind, lambda x, make=make: make(3)(words(x)), tokens)
    case(f"{kind} steps and states", lambda x, make=make: make(3, return_sequences=True, return_state=True)(words(x)), tokens)
    case(f"{kind} backwards", lambda x, make=make: make(3, return_sequences=True, go_backwards=True)(words(x)), tokens)
    case(f"{kind} padded", lambda x, make=make: make(3)(padded(x)), series)
    case(f"{kind} stacked", lambda x, make=make: make(2)(make(3, return_sequences=True)(words(x))), tokens)
    case(f"Bidirectional {kind}", lambda x, make=make: L.Bidirectional(make(3))(words(x)), tokens)
    case(f"Bidirectional {kind} steps", lambda x, make=make: L.Bidirectional(make(3, return_sequences=True, return_state=True))(words(x)), tokens)
case("LSTM zeros", lambda x: L.LSTM(3, return_sequences=True, zero_output_for_mask=True)(words(x)), tokens)
case("LSTM from states", lambda x, y: L.LSTM(3, return_sequences=True)(words(x), initial_state=L.LSTM(3, return_state=True)(words(y))[1:]), tokens, others)
case("LSTM from states, stacked", lambda x, y: L.GRU(2)(L.GRU(3, return_sequences=True)(words(x), initial_state=L.GRU(3)(words(y)))), tokens, others)
case("RNN of cells", lambda x: L.GRU(2)(stacked()(words(x))), tokens)
case("RNN of a cell", lambda x: L.RNN(L.GRUCell(3))(words(x)), tokens)
case("ConvLSTM1D", lambda x: L.ConvLSTM1D(2, 2)(L.TimeDistributed(L.Reshape((4, 1)))(words(x))), tokens)
for mode in ("sum", "mul", "ave", None):
    case(f"Bidirectional {mode}", lambda x, mode=mode: L.Bidirectional(L.GRU(3, return_sequences=True), merge_mode=mode)(words(x)), tokens)
case("Bidirectional stacked", lambda x: L.Bidirectional(L.LSTM(2))(L.Bidirectional(L.LSTM(3, return_sequences=True))(words(x))), tokens)
case("Bidirectional from states", lambda x, y: L.Bidirectional(L.GRU(3))(words(x), initial_state=[L.GRU(3)(words(y)), L.GRU(3)(words(y))]), tokens, others)
case("GlobalAveragePooling1D", lambda x: L.GlobalAveragePooling1D()(words(x)), tokens)
case("GlobalAveragePooling1D keepdims", lambda x: L.GlobalAveragePooling1D(keepdims=True)(padded(x)), series)
case("GlobalMaxPooling1D", lambda x: L.GlobalMaxPooling1D()(words(x)), tokens)
case("Masking", lambda x: L.Masking()(L.ReLU(threshold=0.03)(x)), series)
case("Masking of another value", lambda x: L.GlobalAveragePooling1D()(L.Masking(-1.0)(L.ZeroPadding1D(1)(x))), series)

# What hands masks on, and what does not.
average = lambda x: L.GlobalAveragePooling1D()(x)
passing = {
    "Dense": lambda: L.Dense(3), "Activation": lambda: L.Activation("tanh"), "ReLU": lambda: L.ReLU(), "LeakyReLU": lambda: L.LeakyReLU(),
    "PReLU": lambda: L.PReLU(shared_axes=[1]), "ELU": lambda: L.ELU(), "Dropout": lambda: L.Dropout(0.5), "SpatialDropout1D": lambda: L.SpatialDropout1D(0.5),
    "GaussianNoise": lambda: L.GaussianNoise(1.0), "GaussianDropout": lambda: L.GaussianDropout(0.5), "AlphaDropout": lambda: L.AlphaDropout(0.5),
    "ActivityRegularization": lambda: L.ActivityRegularization(l2=0.1), "BatchNormalization": lambda: L.BatchNormalization(),
    "LayerNormalization": lambda: L.LayerNormalization(), "UnitNormalization": lambda: L.UnitNormalization(),
    "Identity": lambda: L.Identity(), "Rescaling": lambda: L.Rescaling(2.0), "Conv1D": lambda: L.Conv1D(3, 3, padding="same"),
    "Reshape": lambda: L.Reshape((-1, 4)), "EinsumDense": lambda: L.EinsumDense("abc,cd->abd", output_shape=(None, 3), bias_axes="d"),
    "TimeDistributed Dense": lambda: L.TimeDistributed(L.Dense(3)), "Normalization": lambda: L.Normalization(mean=[0.1] * 4, variance=[2.0] * 4),
    "Cropping1D": lambda: L.Cropping1D((0, 0)), "Permute": lambda: L.Permute((1, 2)),
}
for name, make in passing.items():
    case(f"{name}, then average", lambda x, make=make: average(make()(words(x))), tokens)
for name in ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"):
    case(f"{name} of two masks", lambda x, y, name=name: average(getattr(L, name)()([words(x), words(y)])), tokens, tokens)
    case(f"{name} of a mask and none", lambda x, name=name: average(getattr(L, name)()([words(x), L.Embedding(10, 4)(x)])), tokens)
shifted = lambda x: L.Masking()(L.ReLU(threshold=0.03)(x))
case("Add of other masks", lambda x, y: average(L.Add()([words(x, 3), shifted(y)])), [2, 4], series)
case("Concatenate of other masks", lambda x, y: average(L.Concatenate()([words(x, 3), shifted(y)])), [2, 4], series)
for axis in (-1, 1):
    case(f"Concatenate {axis}", lambda x, axis=axis: average(L.Concatenate(axis=axis)([words(x), words(x)])), tokens)
    case(f"Concatenate {axis} with none", lambda x, axis=axis: average(L.Concatenate(axis=axis)([words(x), L.Embedding(10, 4)(x)])), tokens)
case("Concatenate 1 of lengths", lambda x, y: L.LSTM(3)(L.Concatenate(axis=1)([words(x), words(y)])), tokens, others)
case("Dot", lambda x, y: average(L.Dot(axes=(2, 1))([L.Dot(axes=(2, 2))([words(x), words(y)]), words(y)])), tokens, others)

# Attention.
for kind in ("Attention", "AdditiveAttention"):
    make = getattr(L, kind)
    case(kind, lambda x, y, make=make: make()([words(x), words(y)]), tokens, others)
    case(f"{kind}, then average", lambda x, y, make=make: average(make()([words(x), words(y)])), tokens, others)
    case(f"{kind} causal", lambda x, make=make: make()([words(x), words(x)], use_causal_mask=True, return_attention_scores=True), tokens)
    case(f"{kind} of a masked value", lambda x, y, make=make: make()([L.Embedding(10, 4)(x), words(y)]), tokens, others)
heads = lambda **options: L.MultiHeadAttention(2, 3, **options)


def attended(x, **options):
    x = words(x)
    return heads()(x, x, **options)


def residual(x):
    x = words(x)
    x = L.LayerNormalization()(L.Add()([x, heads()(x, x)]))
    x = L.Add()([x, L.Dense(4)(L.Dense(8, activation="relu")(x))])
    x = L.LayerNormalization()(L.Add()([heads()(x, x), x]))
    return average(x)


case("MultiHeadAttention", attended, tokens)
case("MultiHeadAttention, then average", lambda x: average(attended(x)), tokens)
case("MultiHeadAttention causal", lambda x: attended(x, use_causal_mask=True), tokens)
case("MultiHeadAttention scores", lambda x: attended(x, return_attention_scores=True), tokens)
case("MultiHeadAttention across", lambda x, y: heads()(words(x), words(y)), tokens, others)
case("MultiHeadAttention across, value masked", lambda x, y: heads()(L.Embedding(10, 4)(x), words(y)), tokens, others)
case("MultiHeadAttention across, key", lambda x, y: heads()(words(x), words(y), key=words(y)), tokens, others)
case("MultiHeadAttention by name", lambda x, y: average(heads()(query=words(x), value=words(y), key=L.Embedding(10, 4)(y))), tokens, others)
case("MultiHeadAttention residual", residual, tokens)
case("MultiHeadAttention dropout", lambda x: (lambda e: heads(dropout=0.1)(e, e))(words(x)), tokens)
case("MultiHeadAttention window", lambda x: heads(sliding_window=2)(words(x), words(x)), tokens, only="3")
case("GroupQueryAttention", lambda x: (lambda e: average(L.GroupQueryAttention(3, 4, 2)(e, e)))(words(x)), tokens, only="3")
case("Softmax", lambda x: L.Softmax()(L.Reshape((7,))(L.Dense(1)(words(x)))), tokens)
case("Softmax of scores", lambda x, m: L.Softmax()(x, mask=keras.ops.less(m, 0.01) if generation == "3" else m < 0.01), (2, 7), (2, 7))
case("Softmax axes", lambda x, m: L.Softmax(axis=[1, 2])(x, mask=keras.ops.less(m, 0.01) if generation == "3" else m < 0.01), (2, 3, 4), (2, 3, 4))

# Layers and models inside.
case("TimeDistributed of sentences", lambda x: L.LSTM(3)(L.TimeDistributed(L.LSTM(4))(words(x))), [2, 3, 5])
case("TimeDistributed of averages", lambda x: average(L.TimeDistributed(L.GlobalAveragePooling1D())(words(x))), [2, 3, 5])
case("TimeDistributed of Dense, sentences", lambda x: L.TimeDistributed(L.LSTM(4))(L.TimeDistributed(L.Dense(3))(words(x))), [2, 3, 5])
case("SpectralNormalization", lambda x: average(L.SpectralNormalization(L.Dense(3))(words(x))), tokens)


def nested(x, y):
    given = keras.Input((None, 4))
    inner = keras.Model(given, L.GRU(4, return_sequences=True)(L.Dropout(0.5)(given)))
    return average(inner(words(x))), L.LSTM(3)(inner(words(y)))


def embedded(x):
    given = keras.Input((None,))
    inner = keras.Model(given, L.Dense(4)(words(given)))
    return L.LSTM(3)(inner(x))


case("a model inside", nested, tokens, others)
case("a model inside that masks", embedded, tokens)
case("a Sequential inside", lambda x: L.GRU(2)(keras.Sequential([L.Dense(4), L.Dropout(0.1), L.LSTM(3, return_sequences=True)])(words(x))), tokens)
case("a layer called twice", lambda x, y: (lambda lstm: L.Add()([lstm(words(x)), lstm(L.Embedding(10, 4)(y))]))(L.LSTM(3)), tokens, others)
case("operations end masks", lambda x: average(words(x) * 2.0), tokens)


def answers():
    for name, (build, shapes) in CASES.items():
        keras.backend.clear_session()
        try:
            inputs = [keras.Input(shape[1:], dtype="int32" if isinstance(shape, list) else "float32") for shape in shapes]
            model = keras.Model(inputs, build(*inputs))
            answer = told(name, model, [list(shape) for shape in shapes], generation)
        except Exception as error:
            print("LEFT OUT", name, str(error)[:200].replace("\n", " "), flush=True)
            continue
        if "NaN" in json.dumps(answer):
            print("LEFT OUT", name, "has no numbers somewhere", flush=True)
            continue
        yield {**answer, "config": json.loads(model.to_json())}


kept = json.loads(gzip.open(path).read()) if os.path.exists(path) else {}
kept[generation] = []
for answer in answers():
    kept[generation].append(answer)
    with open(path, "wb") as file:
        file.write(gzip.compress(json.dumps(dict(sorted(kept.items())), separators=(",", ":")).encode(), mtime=0))
