"""Text: classifiers, taggers, encoders and decoders; series of numbers."""

from common import TOKENS, Input, Model, Sequential, layers, model

@model(*TOKENS)
def sentiment_lstm():
    """Masked padding through two recurrent layers."""
    embed = layers.Embedding(100, 8, mask_zero=True)
    return Sequential([Input((None,), dtype="int32"), embed, layers.LSTM(6, return_sequences=True), layers.LSTM(4), layers.Dense(1, activation="sigmoid")])


@model(*TOKENS)
def sentiment_without_input():
    """Never told its input's size, built by its first call, as many tutorials do."""
    built = Sequential([layers.Embedding(100, 8), layers.Bidirectional(layers.LSTM(6)), layers.Dense(1)])
    built.build((None, None))
    return built


@model(*TOKENS)
def tagger():
    """A tag a word."""
    words = Input((None,), dtype="int32")
    x = layers.SpatialDropout1D(0.1)(layers.Embedding(50, 8, mask_zero=True)(words))
    x = layers.Bidirectional(layers.LSTM(5, return_sequences=True, recurrent_dropout=0.1))(x)
    return Model(words, layers.TimeDistributed(layers.Dense(7, activation="softmax"))(x))


@model((1, 30), (2, 12), (2, 4), (1, 3), (1, 30, 1), (30,))
def text_cnn():
    """Convolutions of several widths: a text shorter than the widest fails there."""
    words = Input((None,), dtype="int32")
    x = layers.Embedding(60, 8)(words)
    pooled = [layers.GlobalMaxPooling1D()(layers.Conv1D(4, width, activation="relu")(x)) for width in (3, 4, 5)]
    return Model(words, layers.Dense(2, activation="softmax")(layers.Dropout(0.5)(layers.Concatenate()(pooled))))


@model((1, 16), (2, 16), (1, 15), (1, 16, 1))
def character_cnn():
    """A fixed length, ended by Flatten."""
    text = Input((16,), dtype="int32")
    x = layers.Embedding(30, 6)(text)
    for width in (5, 3):
        x = layers.MaxPooling1D(2)(layers.ReLU(threshold=1e-6)(layers.Conv1D(8, width)(x)))
    return Model(text, layers.Dense(4)(layers.Flatten()(x)))


@model((1, 9, 5), (2, 4, 5), (2, 9, 1), (1, 9, 6), (1, 9))
def stacked_states():
    """States of one layer begin the next; all states are outputs."""
    series = Input((None, 5))
    x, h, c = layers.LSTM(4, return_sequences=True, return_state=True)(series)
    y, h2, c2 = layers.LSTM(4, return_sequences=True, return_state=True)(x, initial_state=[h, c])
    z, g = layers.GRU(4, return_state=True)(y, initial_state=h2)
    return Model(series, [z, g, c2])


@model((2, 7, 5), (2, 3, 5), (3, 7, 5), (2, 7, 4))
def stateful_recurrent():
    """A fixed batch."""
    series = Input(batch_shape=(2, None, 5))
    return Model(series, layers.Dense(2)(layers.GRU(4, stateful=True)(layers.SimpleRNN(3, stateful=True, return_sequences=True)(series))))


@model((1, 9, 5), (2, 4, 5), (2, 9, 1), (1, 9, 6))
def recurrent_cells():
    """Cells in RNN, stacked cells, both directions of a GRU summed, backwards."""
    series = Input((None, 5))
    x = layers.RNN([layers.LSTMCell(4), layers.GRUCell(3)], return_sequences=True)(series)
    x = layers.Bidirectional(layers.GRU(6, return_sequences=True, reset_after=False), merge_mode="sum")(x)
    x = layers.SimpleRNN(4, go_backwards=True, return_sequences=True)(x)
    y = layers.RNN(layers.SimpleRNNCell(4))(x)
    return Model(series, [y, layers.Bidirectional(layers.LSTM(3), backward_layer=layers.GRU(3, go_backwards=True), merge_mode="concat")(x)])


@model([(2, 7), (2, 9)], [(1, 1), (1, 1)], [(2, 7), (3, 9)], [(2, 7, 1), (2, 9)], [(2, 7, 3), (2, 9)])
def seq2seq():
    """Encoder and decoder: the decoder begins with the encoder's states."""
    source, target = Input((None,), dtype="int32", name="source"), Input((None,), dtype="int32", name="target")
    _, h, c = layers.LSTM(6, return_state=True, name="encoder")(layers.Embedding(40, 5)(source))
    decoded, _, _ = layers.LSTM(6, return_sequences=True, return_state=True, name="decoder")(layers.Embedding(50, 5)(target), initial_state=[h, c])
    return Model([source, target], layers.Dense(50, activation="softmax")(decoded))


@model([(2, 7), (2, 9)], [(1, 3), (1, 5)], [(2, 7), (3, 9)], [(2, 1), (2, 9)])
def seq2seq_with_attention():
    """Luong's: Attention over masked states, a context beside the decoder's own."""
    source, target = Input((None,), dtype="int32", name="source"), Input((None,), dtype="int32", name="target")
    encoded, h, c = layers.Bidirectional(layers.LSTM(3, return_sequences=True, return_state=True))(layers.Embedding(40, 5, mask_zero=True)(source))[:3]
    encoded = layers.Dense(6)(encoded)
    decoded = layers.GRU(6, return_sequences=True)(layers.Embedding(50, 5, mask_zero=True)(target), initial_state=layers.Concatenate()([h, c]))
    context = layers.Attention(use_scale=True)([decoded, encoded])
    other = layers.AdditiveAttention()([decoded, encoded])
    return Model([source, target], layers.Dense(50)(layers.Concatenate()([decoded, context, other])))


@model((1, 3, 5), (2, 3, 5), (2, 7, 5), (1, 3, 4), (1, 15))
def hierarchical_attention():
    """Sentences of words: a model in TimeDistributed, weights by softmax along time."""
    words = Input((5,), dtype="int32")
    read = Model(words, layers.GlobalAveragePooling1D()(layers.Embedding(40, 6)(words)), name="sentence")
    document = Input((None, 5), dtype="int32")
    sentences = layers.TimeDistributed(read)(document)
    scores = layers.Softmax(axis=1)(layers.Dense(1, activation="tanh")(sentences))
    mixed = layers.Multiply()([sentences, scores])
    total = layers.Reshape((6,))(layers.Dot(axes=1)([mixed, scores]))
    return Model(document, layers.Dense(2)(total))


@model([(2, 8), (2, 5)], [(1, 8), (1, 1)], [(4, 8), (2, 5)], [(4, 8), (1, 5)])
def two_towers():
    """Queries and documents by one Embedding, their cosine."""
    query, document = Input((None,), dtype="int32", name="query"), Input((None,), dtype="int32", name="document")
    words = layers.Embedding(70, 6)
    towers = [layers.Dense(4)(layers.GlobalAveragePooling1D()(words(one))) for one in (query, document)]
    return Model([query, document], layers.Dot(axes=-1, normalize=True)(towers))


@model((1, 1), (4, 1), (1, 2), (3,), files=("model.keras", "model.json"))
def text_vectorization():
    """Strings in front."""
    text = Input((1,), dtype="string")
    vectorize = layers.TextVectorization(max_tokens=20, output_sequence_length=6)
    vectorize.adapt(["a small text about nothing", "another text"])
    return Model(text, layers.Dense(1)(layers.GlobalAveragePooling1D()(layers.Embedding(20, 4)(vectorize(text)))))


@model((1, 6, 10), (2, 6, 10), (1, 6, 9), (1, 5, 10), (1, 6, 10, 1))
def time_series():
    """Many steps at once: a Dense reshaped, repeated, and added to the last step."""
    series = Input((6, 10))
    last = layers.RepeatVector(3)(layers.Reshape((10,))(layers.Cropping1D((5, 0))(series)))
    x = layers.LSTM(4)(layers.GaussianNoise(0.1)(series))
    x = layers.Reshape((3, 10))(layers.Dense(30, kernel_initializer="zeros")(x))
    return Model(series, layers.Add()([last, x]))


@model((1, 9, 5), (2, 4, 5), (1, 9, 1), (1, 9, 6))
def masked_series():
    """Masking through layers that keep it, and one that ends it."""
    series = Input((None, 5))
    x = layers.Masking(-1.0)(series)
    x = layers.BatchNormalization()(layers.Dropout(0.1)(layers.Dense(4, activation="relu")(x)))
    x = layers.Concatenate()([x, layers.Activation("tanh")(x)])
    return Model(series, layers.Dense(1)(layers.GRU(3)(layers.GRU(5, return_sequences=True)(x))))
