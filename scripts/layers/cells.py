"""Cases of recurrent cells by themselves, and of wrappers around what is known."""


def cases(is3, one, case, keras, tf):
    L = keras.layers
    x = (6,)
    for name, states in (("SimpleRNNCell", 1), ("GRUCell", 1), ("LSTMCell", 2)):
        cell = lambda n=name, **o: getattr(L, n)(5, **o)
        state = [(5,)] * states
        probes = [[(2, 6)] + [(2, 5)] * states, [(2, 7)] + [(2, 5)] * states, [(2, 6)] + [(2, 4)] * states, [(2, 6)] + [(1, 5)] * states, [(2, 3, 6)] + [(2, 5)] * states]
        case(name, lambda x, *s, c=cell: flat(tf, c()(x, list(s))), [x, *state], *probes)
        case(f"{name} no bias", lambda x, *s, c=cell: flat(tf, c(use_bias=False)(x, list(s))), [x, *state], *probes[:1])
        if states == 1:
            case(f"{name} of a state alone", lambda x, s, c=cell: flat(tf, c()(x, s)), [x, *state], *probes[:1])
    case("GRUCell before", lambda x, s: flat(tf, L.GRUCell(5, reset_after=False)(x, [s])), [x, (5,)], [(2, 6), (2, 5)])
    stack = lambda: L.StackedRNNCells([L.LSTMCell(5), L.GRUCell(4)])
    case("StackedRNNCells", lambda x, h, c, s: flat(tf, stack()(x, [[h, c], s] if not is3 else [[h, c], [s]])), [x, (5,), (5,), (4,)], [(2, 6), (2, 5), (2, 5), (2, 4)])
    wrappers(L, one, case)


def flat(tf, outputs):
    return tf.nest.flatten(outputs)


def wrappers(L, one, case):
    line = (None, 6)
    gru = lambda **o: L.GRU(5, **o)
    for mode in ("concat", "sum", "ave", "mul", None):
        for steps in (False, True):
            case(f"Bidirectional {mode} {'steps' if steps else 'last'} with states", lambda x, m=mode, s=steps: list(L.Bidirectional(L.LSTM(5, return_sequences=s, return_state=True), merge_mode=m)(x)), [line], [(2, 7, 6)])
    case("Bidirectional from states", lambda x, a, b: L.Bidirectional(gru())(x, initial_state=[a, b]), [line, (5,), (5,)], [(2, 7, 6), (2, 5), (2, 5)], [(2, 7, 6), (2, 5), (2, 4)])
    one("Bidirectional of two kinds", lambda: L.Bidirectional(L.LSTM(5), backward_layer=L.LSTM(5, go_backwards=True)), line, (2, 7, 6))
    one("Bidirectional of two widths", lambda: L.Bidirectional(L.GRU(5), backward_layer=L.GRU(3, go_backwards=True)), line, (2, 7, 6))
    one("Bidirectional of a cell", lambda: L.Bidirectional(L.RNN(L.GRUCell(5))), line, (2, 7, 6))
    one("Bidirectional ConvLSTM1D", lambda: L.Bidirectional(L.ConvLSTM1D(4, 3)), (None, 8, 6), (2, 3, 8, 6))
    one("Bidirectional refuses images", lambda: L.Bidirectional(gru()), line, (2, 7), (2, 7, 5))
    one("TimeDistributed LSTM", lambda: L.TimeDistributed(L.LSTM(5)), (3, None, 6), (2, 3, 7, 6), (2, 3, 6))
    one("TimeDistributed Bidirectional", lambda: L.TimeDistributed(L.Bidirectional(L.LSTM(5))), (3, 4, 6), (2, 3, 4, 6))
    one("TimeDistributed twice", lambda: L.TimeDistributed(L.TimeDistributed(L.Dense(4))), (3, 4, 6), (2, 3, 4, 6))
    one("TimeDistributed Embedding", lambda: L.TimeDistributed(L.Embedding(9, 4)), (3, 4), (2, 3, 4), dtype="int32")
    one("TimeDistributed Dropout", lambda: L.TimeDistributed(L.Dropout(0.5)), (3, 4), (2, 3, 4))
    one("TimeDistributed BatchNormalization", lambda: L.TimeDistributed(L.BatchNormalization()), (3, 4), (2, 3, 4), (2, 3, 5))
    one("TimeDistributed pooling", lambda: L.TimeDistributed(L.MaxPooling2D()), (None, None, None, 3), (2, 3, 8, 9, 3), (2, 3, 1, 9, 3))
    one("TimeDistributed too few axes", lambda: L.TimeDistributed(L.Dense(4)), (3, 6), (2, 3, 6), (2, 6))
    for name in ("SimpleRNN", "GRU", "LSTM"):
        cell = lambda n=name, **o: getattr(L, n)(5, **o)
        case(f"{name} last and states", lambda x, c=cell: list(c(return_state=True)(x)), [line], [(2, 7, 6)])
        one(f"{name} backwards", lambda c=cell: c(go_backwards=True, return_sequences=True), line, (2, 7, 6))
        one(f"{name} unrolled", lambda c=cell: c(unroll=True), (4, 6), (2, 4, 6))
        one(f"{name} declared batch", lambda c=cell: c(return_sequences=True), (4, 6), (2, 4, 6), (1, 5, 6))
    case("RNN of cells with states", lambda x: list(L.RNN([L.LSTMCell(5), L.GRUCell(4)], return_state=True)(x)), [line], [(2, 7, 6)])
    case("RNN of a cell with states", lambda x: list(L.RNN(L.LSTMCell(5), return_state=True, return_sequences=True)(x)), [line], [(2, 7, 6)])
    for rank in (1, 2, 3):
        size = (None, *(8, 9, 10)[:rank], 3)
        at = (2, 2, *(8, 9, 10)[:rank], 3)
        case(f"ConvLSTM{rank}D states", lambda x, r=rank: list(getattr(L, f"ConvLSTM{r}D")(4, 3, return_state=True, return_sequences=True, strides=2)(x)), [size], [at])
