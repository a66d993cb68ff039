"""Cases of layers that turn words and categories into numbers."""


def cases(is3, one, case, keras, tf):
    L = keras.layers
    words = ["the", "cat", "sat"]
    string, integers = dict(dtype="string", run=True), dict(dtype="int64", run=True)
    lookups(L, one, words, string, integers)
    vectorizations(L, one, is3, words, string)
    hashings(L, one, case, string, integers)
    encodings(L, one, case, is3)


def lookups(L, one, words, string, integers):
    for mode in ("int", "one_hot", "multi_hot", "count"):
        tag = f"{mode}"
        one(f"StringLookup {tag}", lambda m=mode: L.StringLookup(vocabulary=words, output_mode=m), (4,), (2, 4), (3,), (2, 4, 5), **string)
        one(f"StringLookup {tag} of one", lambda m=mode: L.StringLookup(vocabulary=words, output_mode=m), (1,), (2, 1), (2, 5), **string)
        one(f"StringLookup {tag} of more axes", lambda m=mode: L.StringLookup(vocabulary=words, output_mode=m), (3, 4), (2, 3, 4), (2, 3, 1), **string)
        one(f"IntegerLookup {tag}", lambda m=mode: L.IntegerLookup(vocabulary=[12, 36, 1138], output_mode=m), (4,), (2, 4), (3,), **integers)
    one("StringLookup open", lambda: L.StringLookup(vocabulary=words, output_mode="multi_hot"), (None,), (2, 4), **string)
    one("StringLookup without batch only", lambda: L.StringLookup(vocabulary=words, output_mode="one_hot"), (), (2,), **string)
    one("StringLookup masked", lambda: L.StringLookup(vocabulary=words, mask_token="", num_oov_indices=2, output_mode="count"), (4,), (2, 4), **string)
    one("StringLookup without others", lambda: L.StringLookup(vocabulary=words, num_oov_indices=0, output_mode="one_hot"), (1,), (2, 1), dtype="string")
    one("StringLookup with special tokens", lambda: L.StringLookup(vocabulary=["[UNK]"] + words, output_mode="multi_hot"), (4,), (2, 4), **string)
    one("StringLookup padded", lambda: L.StringLookup(vocabulary=words, max_tokens=9, pad_to_max_tokens=True, output_mode="multi_hot"), (4,), (2, 4), **string)
    one("StringLookup padded without words", lambda: L.StringLookup(max_tokens=9, pad_to_max_tokens=True, output_mode="multi_hot"), (4,), (2, 4), dtype="string")
    one("StringLookup without words", lambda: L.StringLookup(), (4,), (2, 4), dtype="string")
    one("StringLookup most words", lambda: L.StringLookup(vocabulary=words, max_tokens=9, output_mode="multi_hot"), (4,), (2, 4), **string)
    one("StringLookup weighed", lambda: L.StringLookup(vocabulary=words, idf_weights=[0.1, 0.2, 0.3], output_mode="tf_idf"), (4,), (2, 4), **string)
    one("IntegerLookup weighed", lambda: L.IntegerLookup(vocabulary=[1, 2, 3], idf_weights=[0.1, 0.2, 0.3], output_mode="tf_idf"), (4,), (2, 4), **integers)
    one("IntegerLookup masked", lambda: L.IntegerLookup(vocabulary=[1, 2, 3], mask_token=0, num_oov_indices=2), (4,), (2, 4), **integers)
    one("IntegerLookup inverted", lambda: L.IntegerLookup(vocabulary=[1, 2, 3], invert=True), (4,), (2, 4), **integers)
    one("StringLookup inverted", lambda: L.StringLookup(vocabulary=words, invert=True), (4,), (2, 4), **integers)

    def adapted(layer, tokens):
        layer.adapt(tokens)
        return layer

    one("StringLookup adapted", lambda: adapted(L.StringLookup(output_mode="multi_hot"), [["a", "b", "c", "a"]]), (4,), (2, 4), **string)
    one("StringLookup adapted one hot", lambda: adapted(L.StringLookup(output_mode="one_hot", max_tokens=3), [["a", "b", "c", "a"]]), (1,), (2, 1), **string)
    one("IntegerLookup adapted", lambda: adapted(L.IntegerLookup(output_mode="count"), [[1, 2, 3, 1]]), (4,), (2, 4), **integers)


def vectorizations(L, one, is3, words, string):
    def of(**options):
        return lambda: L.TextVectorization(vocabulary=words, **options)

    one("TextVectorization", of(), (1,), (2, 1), (2,), (2, 3), **string)
    one("TextVectorization of texts without axis", of(), (), (2,), (2, 1), **string)
    one("TextVectorization length", of(output_sequence_length=7), (1,), (2, 1), (2,), (2, 3), **string)
    one("TextVectorization length without axis", of(output_sequence_length=7), (), (2,), (2, 1), **string)
    one("TextVectorization ragged", of(ragged=True), (1,), (2, 1), **string)
    one("TextVectorization ragged length", of(ragged=True, output_sequence_length=7), (1,), (2, 1), **string)
    one("TextVectorization characters", of(split="character", output_sequence_length=5), (1,), (2, 1), **string)
    one("TextVectorization pairs", of(ngrams=2, output_sequence_length=5), (1,), (2, 1), **string)
    one("TextVectorization pairs open", of(ngrams=(1, 2)), (1,), (2, 1), **string)
    one("TextVectorization unsplit", of(split=None), (4,), (2, 4), (2, 1), (2,), **string)
    one("TextVectorization unsplit length", of(split=None, output_sequence_length=7), (4,), (2, 4), (2, 9), **string)
    one("TextVectorization unsplit ragged length", of(split=None, ragged=True, output_sequence_length=3), (4,), (2, 4), (2, 2), **string)
    one("TextVectorization unsplit pairs", of(split=None, ngrams=2), (4,), (2, 4), **string)
    one("TextVectorization unsplit pairs up to 2", of(split=None, ngrams=2, output_sequence_length=7), (4,), (2, 4), **string)
    for mode in ("multi_hot", "count"):
        one(f"TextVectorization {mode}", of(output_mode=mode), (1,), (2, 1), (2,), (2, 3), **string)
        one(f"TextVectorization {mode} without axis", of(output_mode=mode), (), (2,), **string)
        one(f"TextVectorization {mode} padded", of(output_mode=mode, max_tokens=9, pad_to_max_tokens=True), (1,), (2, 1), **string)
        one(f"TextVectorization {mode} unsplit", of(output_mode=mode, split=None), (4,), (2, 4), (2,), (2, 3, 4), **string)
        one(f"TextVectorization {mode} unsplit without axis", of(output_mode=mode, split=None), (), (2,), **string)
    one("TextVectorization tf_idf", of(output_mode="tf_idf", idf_weights=[0.1, 0.2, 0.3]), (1,), (2, 1), **string)
    one("TextVectorization tf_idf padded", of(output_mode="tf_idf", idf_weights=[0.1, 0.2, 0.3], max_tokens=9, pad_to_max_tokens=True), (1,), (2, 1), **string)
    for mode in ("int", "count"):
        one(f"TextVectorization {mode} of more axes", of(output_mode=mode, output_sequence_length=5 if mode == "int" else None), (3, 1), (2, 3, 1), **string)
    one("TextVectorization plain", of(standardize=None, output_sequence_length=3), (1,), (2, 1), **string)

    def adapted():
        layer = L.TextVectorization(output_mode="multi_hot", ngrams=2)
        layer.adapt(["the cat sat", "the dog"])
        return layer

    def learned():
        layer = L.TextVectorization(output_sequence_length=6, max_tokens=100)
        layer.adapt(["the cat sat", "the dog"])
        return layer

    one("TextVectorization adapted", adapted, (1,), (2, 1), **string)
    one("TextVectorization adapted words", learned, (1,), (2, 1), **string)
    one("TextVectorization before Embedding", lambda: lambda x: L.Embedding(100, 8)(of(output_sequence_length=6)()(x)), (1,), (2, 1), **string)
    one("TextVectorization open before Embedding", lambda: lambda x: L.Embedding(100, 8)(of()()(x)), (1,), (2, 1), **string)
    one("TextVectorization counted before Dense", lambda: lambda x: L.Dense(8)(of(output_mode="count")()(x)), (1,), (2, 1), **string)


def hashings(L, one, case, string, integers):
    for mode in ("int", "one_hot", "multi_hot", "count"):
        one(f"Hashing {mode}", lambda m=mode: L.Hashing(num_bins=7, output_mode=m), (4,), (2, 4), (2,), (2, 3, 4), **string)
        one(f"Hashing {mode} of one", lambda m=mode: L.Hashing(num_bins=7, output_mode=m), (1,), (2, 1), **string)
        one(f"Hashing {mode} of more axes", lambda m=mode: L.Hashing(num_bins=7, output_mode=m), (3, 4), (2, 3, 4), (2, 3, 1), **integers)
        one(f"Hashing {mode} of numbers", lambda m=mode: L.Hashing(num_bins=7, output_mode=m), (4,), (2, 4), **integers)
    one("Hashing salted", lambda: L.Hashing(num_bins=7, salt=[1, 2], mask_value=""), (4,), (2, 4), **string)
    one("Hashing of floats", lambda: L.Hashing(num_bins=7), (4,), (2, 4))
    for mode in ("int", "one_hot"):
        for shape, probes in (((1,), [(2, 1), (2, 2)]), ((), [(2,)])):
            case(f"HashedCrossing {mode} {list(shape)}", lambda a, b, m=mode: L.HashedCrossing(num_bins=7, output_mode=m)((a, b)), [shape, shape], *[[p, p] for p in probes], [(2, 1), (3, 1)], dtype=["string", "int64"], run=True)


def encodings(L, one, case, is3):
    edges = [0.0, 1.0, 2.0]
    for mode in ("int", "one_hot", "multi_hot", "count"):
        for shape in ((4,), (1,), (3, 4), (3, 1), (None,), ()):
            # Others of the same rank: a model adds or takes a last axis of 1 before its layers see the tensor.
            others = {1: [], 2: [(2, 4), (2, 1)], 3: [(2, 3, 4), (2, 5, 1)]}[len(shape) + 1]
            probes = [tuple(2 if size is None else size for size in (2, *shape)), *others]
            tag = f"{mode} {list(shape)}"
            one(f"Discretization {tag}", lambda m=mode: L.Discretization(bin_boundaries=edges, output_mode=m), shape, *dict.fromkeys(probes), run=True)
            if mode != "int":
                one(f"CategoryEncoding {tag}", lambda m=mode: L.CategoryEncoding(num_tokens=7, output_mode=m), shape, *dict.fromkeys(probes), dtype="int32", run=True)
    one("Discretization untaught", lambda: L.Discretization(num_bins=5), (4,), (2, 4))

    def adapted():
        layer = L.Discretization(num_bins=5, output_mode="one_hot")
        layer.adapt([[float(i)] for i in range(50)])
        return layer

    one("Discretization adapted", adapted, (1,), (2, 1))
    case("CategoryEncoding weighed", lambda a, w: L.CategoryEncoding(num_tokens=7, output_mode="count")(a, count_weights=w), [(4,), (4,)], [(2, 4), (2, 4)], [(2, 4), (2, 3)], dtype=["int32", "float32"], run=True)
