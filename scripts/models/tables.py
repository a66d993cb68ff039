"""Tables: several Embeddings, preprocessing of columns, wide and deep."""

import numpy

from common import Input, Model, Sequential, layers, model


@model([(2, 4)] + [(2, 1)] * 3, [(1, 4)] + [(1, 1)] * 3, [(5, 4)] + [(5,)] * 3, [(2, 3)] + [(2, 1)] * 3, [(2, 4), (2, 1), (1, 1), (2, 1)])
def entity_embeddings():
    """Numbers beside categories, each with an Embedding of its own."""
    numbers = Input((4,), name="numbers")
    categories = [Input((1,), dtype="int32", name=name) for name in ("store", "day", "state")]
    columns = [layers.Flatten()(layers.Embedding(size, width)(one)) for one, size, width in zip(categories, (30, 7, 12), (5, 3, 4))]
    x = layers.Concatenate()([layers.BatchNormalization()(numbers), *columns])
    for units in (16, 8):
        x = layers.Dropout(0.1)(layers.ReLU()(layers.BatchNormalization()(layers.Dense(units)(x))))
    return Model([numbers, *categories], layers.Dense(1)(x))


@model([(3, 6), (3, 4)], [(1, 6), (1, 4)], [(3, 6), (1, 4)], [(2, 6), (3, 4)], [(3, 5), (3, 4)], [(3, 6), (3, 4, 1)])
def wide_and_deep():
    """Inputs and outputs are dicts."""
    deep, wide = Input((6,), name="deep"), Input((4,), name="wide")
    x = layers.Dense(8, activation="selu")(layers.AlphaDropout(0.1)(layers.Dense(8, activation="elu")(deep)))
    both = layers.concatenate([wide, x])
    outputs = {"main": layers.Dense(1, name="main")(both), "auxiliary": layers.Dense(1, name="auxiliary")(x)}
    return Model({"wide_columns": wide, "deep_columns": deep}, outputs)


@model([(2, 3), (2, 1), (2, 1)], [(1, 3), (1, 1), (1, 1)], [(1, 3), (2, 1), (1, 1)], [(1, 4), (1, 1), (1, 1)], files=("model.keras", "model.json"))
def columns_prepared():
    """Statistics that were adapted, words looked up, integers encoded."""
    numbers, words, ages = Input((3,), name="numbers"), Input((1,), dtype="string", name="words"), Input((1,), name="ages")
    normalize = layers.Normalization()
    normalize.adapt(numpy.array([[1.0, 2.0, 3.0], [3.0, 2.0, 9.0]], "float32"))
    lookup = layers.StringLookup(vocabulary=["a", "b", "c"], output_mode="one_hot")
    buckets = layers.CategoryEncoding(num_tokens=5, output_mode="one_hot")(layers.Discretization(bin_boundaries=[1.0, 2.0, 3.0])(ages))
    x = layers.Concatenate()([normalize(numbers), lookup(words), buckets])
    return Model([numbers, words, ages], layers.Dense(1)(x))


@model((2, 3), (1, 3), (1, 1), (2, 4), (3,), (2, 3, 1))
def normalization_adapted():
    """Mean and variance are weights."""
    normalize = layers.Normalization()
    normalize.adapt(numpy.array([[1.0, 2.0, 3.0], [3.0, 2.0, 9.0]], "float32"))
    return Sequential([Input((3,)), normalize, layers.Dense(4), layers.UnitNormalization()])


@model([(2, 1), (2, 1)], [(5,), (5,)], [(2, 1), (3, 1)], [(2, 2), (2, 1)])
def matrix_factorization():
    """A recommender: Dot of two embeddings and their biases."""
    user, item = Input((1,), dtype="int32", name="user"), Input((1,), dtype="int32", name="item")
    u, v = layers.Embedding(40, 6)(user), layers.Embedding(60, 6)(item)
    score = layers.Flatten()(layers.Dot(axes=2)([u, v]))
    biases = [layers.Flatten()(layers.Embedding(size, 1)(one)) for one, size in ((user, 40), (item, 60))]
    return Model([user, item], layers.Activation("sigmoid")(layers.Add()([score, *biases])))


@model([(2, 5)], [(1, 5)], [(2, 6)], [(2, 5, 1)])
def factorization_machine():
    """Second order terms by arithmetic: the square of a sum less the sum of squares."""
    fields = Input((5,), dtype="int32")
    x = layers.Embedding(50, 4)(fields)
    total = layers.GlobalAveragePooling1D()(x) * 5.0
    squares = layers.GlobalAveragePooling1D()(layers.Multiply()([x, x])) * 5.0
    second = 0.5 * (total**2 - squares)
    deep = layers.Dense(4, activation="relu")(layers.Flatten()(x))
    return Model(fields, layers.Dense(1, activation="sigmoid")(layers.Concatenate()([second, deep])))


@model((2, 8), (1, 8), (2, 7), (2, 1), (2, 8, 1))
def mixture_of_experts():
    """A gate multiplies the results of several networks."""
    row = Input((8,))
    gate = layers.Reshape((3, 1))(layers.Dense(3, activation="softmax")(row))
    experts = [layers.Reshape((1, 4))(Sequential([layers.Dense(6, activation="relu"), layers.Dense(4)], name=f"expert_{n}")(row)) for n in range(3)]
    mixed = layers.Multiply()([layers.Concatenate(axis=1)(experts), gate])
    return Model(row, layers.Dense(1)(layers.GlobalAveragePooling1D()(mixed)))
