"""Transformers of text: encoders, decoders, both."""

from common import TOKENS, Input, Model, Sequential, is3, keras, layers, model, tf


def positions_of(tokens, length, width):
    """An Embedding of the indices, which come from the shape of the tokens."""
    if is3:
        indices = keras.ops.arange(0, keras.ops.shape(tokens)[-1])
    else:
        indices = tf.range(start=0, limit=tf.shape(tokens)[-1], delta=1)
    return layers.Embedding(length, width, name="positions")(indices)


@model((1, 16), (2, 16), (1, 15), (1, 16, 1))
def transformer_encoder():
    """The tutorial's text classification with a block written out, of a fixed length."""
    tokens = Input((16,), dtype="int32")
    x = layers.Embedding(100, 8)(tokens) + positions_of(tokens, 16, 8)
    attended = layers.MultiHeadAttention(2, 4)(x, x)
    x = layers.LayerNormalization(epsilon=1e-6)(x + layers.Dropout(0.1)(attended))
    hidden = Sequential([layers.Dense(16, activation="relu"), layers.Dense(8)], name="feed_forward")
    x = layers.LayerNormalization(epsilon=1e-6)(x + hidden(x))
    return Model(tokens, layers.Dense(2, activation="softmax")(layers.GlobalAveragePooling1D()(x)))


@model(*TOKENS)
def transformer_masked():
    """Padding is masked through attention and residuals."""
    tokens = Input((None,), dtype="int32")
    x = layers.Embedding(100, 8, mask_zero=True)(tokens)
    x = layers.LayerNormalization()(layers.Add()([x, layers.MultiHeadAttention(2, 4)(x, x)]))
    return Model(tokens, layers.Dense(3)(layers.GlobalAveragePooling1D()(x)))


@model(*TOKENS)
def language_model():
    """A decoder: causal attention, a score for each next word."""
    tokens = Input((None,), dtype="int32")
    x = layers.Embedding(60, 8)(tokens)
    for _ in range(2):
        y = layers.LayerNormalization()(x)
        x = layers.Add()([x, layers.MultiHeadAttention(2, 4, value_dim=3)(y, y, use_causal_mask=True)])
        y = layers.Dense(8)(layers.Dense(16, activation="gelu")(layers.LayerNormalization()(x)))
        x = layers.Add()([x, y])
    return Model(tokens, layers.Dense(60)(x))


@model([(2, 7), (2, 9)], [(1, 4), (1, 4)], [(2, 7), (3, 9)], [(2, 7), (2, 9, 1)])
def transformer_translation():
    """Cross attention; its scores are an output, too."""
    source, target = Input((None,), dtype="int32", name="source"), Input((None,), dtype="int32", name="target")
    memory = layers.Embedding(40, 8)(source)
    memory = layers.LayerNormalization()(layers.add([memory, layers.MultiHeadAttention(2, 4)(memory, memory)]))
    x = layers.Embedding(50, 8)(target)
    x = layers.add([x, layers.MultiHeadAttention(2, 4)(x, x, use_causal_mask=True)])
    attended, scores = layers.MultiHeadAttention(2, 4, name="cross")(query=x, value=memory, key=memory, return_attention_scores=True)
    return Model([source, target], {"words": layers.Dense(50)(layers.add([x, attended])), "scores": scores})


@model([(2, 10)] * 3, [(1, 10)] * 3, [(1, 10), (1, 10), (1, 9)], [(1, 9)] * 3)
def bert_like():
    """Word, position and segment embeddings; a mask given as an input, made four-dimensional by operations; the first token pooled."""
    words, segments, mask = [Input((10,), dtype="int32", name=name) for name in ("words", "segments", "mask")]
    x = layers.Embedding(80, 8)(words) + layers.Embedding(2, 8)(segments) + positions_of(words, 16, 8)
    x = layers.Dropout(0.1)(layers.LayerNormalization(epsilon=1e-12)(x))
    if is3:
        wide = keras.ops.cast(keras.ops.expand_dims(mask, axis=1), "bool")
    else:
        wide = tf.cast(tf.expand_dims(mask, axis=1), "bool")
    x = layers.LayerNormalization()(x + layers.MultiHeadAttention(2, 4)(x, x, attention_mask=wide))
    pooled = layers.Dense(8, activation="tanh")(x[:, 0, :])
    return Model([words, segments, mask], {"sequence": x, "pooled": pooled})
