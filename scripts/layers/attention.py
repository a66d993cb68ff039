"""Cases of attention over several axes, at other ranks, with masks and scores."""

HEADS = 2
WIDTH = 8


def cases(is3, one, case, keras, tf):
    L = keras.layers
    heads(L, case, is3)
    plain(L, case, is3)
    if is3:
        grouped(L, case)


def heads(L, case, is3):
    def to(**options):
        return lambda a, b: L.MultiHeadAttention(HEADS, WIDTH, **options)(a, b)

    def scored(**options):
        return lambda a, b: list(L.MultiHeadAttention(HEADS, WIDTH, **options)(a, b, return_attention_scores=True))

    image, other = (5, 6, 16), (5, 7, 12)
    pair = [(2, 5, 6, 16), (2, 5, 7, 12)]
    for axes in (None, (1,), (2,), (1, 2), (2, 1), 2, (-2,), (-3, -2)):
        a, b = (image, (5, 6, 12)) if axes in ((1, 2), (2, 1), None, (-3, -2), (1,)) else (image, other)
        c = [(2, *a), (2, *b)]
        case(f"MultiHeadAttention along {axes}", to(attention_axes=axes), [a, b], c, [(3, *a), (3, *b)], [(2, *a), (2, *b[:-1], 11)], [(2, 5, 16), (2, 5, 12)])
        case(f"MultiHeadAttention along {axes} scores", scored(attention_axes=axes), [a, b], c)
    case("MultiHeadAttention to another size along 2", to(attention_axes=(2,)), [(None, None, 16), (None, None, 12)], pair, [(2, 5, 6, 16), (2, 4, 7, 12)], [(2, 5, 6, 16), (2, 1, 7, 12)])
    case("MultiHeadAttention to another size along 1 and 2", to(attention_axes=(1, 2)), [(5, 6, 16), (3, 4, 12)], [(2, 5, 6, 16), (2, 3, 4, 12)], [(1, 5, 6, 16), (2, 3, 4, 12)])
    case("MultiHeadAttention to another size along 1 and 2, scores", scored(attention_axes=(1, 2)), [(5, 6, 16), (3, 4, 12)], [(2, 5, 6, 16), (2, 3, 4, 12)])
    case("MultiHeadAttention of volumes", to(attention_axes=(1, 3)), [(3, 4, 5, 16), (3, 4, 5, 12)], [(2, 3, 4, 5, 16), (2, 3, 4, 5, 12)])
    case("MultiHeadAttention of volumes scores", scored(attention_axes=(1, 3)), [(3, 4, 5, 16), (3, 4, 5, 12)], [(2, 3, 4, 5, 16), (2, 3, 4, 5, 12)])
    steps, far = (None, 16), (None, 12)
    case("MultiHeadAttention batches", to(), [steps, far], [(2, 5, 16), (1, 7, 12)], [(2, 5, 16), (3, 7, 12)], [(1, 5, 16), (2, 7, 12)])
    case("MultiHeadAttention output of axes", to(output_shape=(3, 4)), [steps, far], [(2, 5, 16), (2, 7, 12)])
    case("MultiHeadAttention output of axes, scores", scored(output_shape=9, value_dim=5), [steps, far], [(2, 5, 16), (2, 7, 12)])
    case("MultiHeadAttention causal", lambda a: L.MultiHeadAttention(HEADS, WIDTH)(a, a, use_causal_mask=True), [steps], [(2, 5, 16)])
    case("MultiHeadAttention causal to others", lambda a, b: L.MultiHeadAttention(HEADS, WIDTH)(a, b, use_causal_mask=True), [steps, far], [(2, 5, 16), (2, 7, 12)])
    case("MultiHeadAttention causal along images", lambda a: L.MultiHeadAttention(HEADS, WIDTH, attention_axes=(2,))(a, a, use_causal_mask=True), [(5, 6, 16)], [(2, 5, 6, 16)])
    case("MultiHeadAttention mask", lambda a, b, m: L.MultiHeadAttention(HEADS, WIDTH)(a, b, attention_mask=m), [steps, far, (None, None)], [(2, 5, 16), (2, 7, 12), (2, 5, 7)], [(2, 5, 16), (2, 7, 12), (2, 1, 7)], [(2, 5, 16), (2, 7, 12), (2, 5, 6)], dtype=["float32", "float32", "bool"])
    case("MultiHeadAttention mask of heads", lambda a, b, m: L.MultiHeadAttention(HEADS, WIDTH)(a, b, attention_mask=m), [steps, far, (2, None, None)], [(2, 5, 16), (2, 7, 12), (2, 2, 5, 7)], dtype=["float32", "float32", "bool"])
    case("MultiHeadAttention embedded", lambda a: (lambda e: L.MultiHeadAttention(HEADS, WIDTH)(e, e))(L.Embedding(9, 16, mask_zero=True)(a)), [(None,)], [(2, 7)], dtype="int32")
    case("MultiHeadAttention of a matrix", to(), [(16,), (12,)], [(2, 16), (2, 12)])
    if is3:
        case("MultiHeadAttention gated", to(use_gate=True), [steps, far], [(2, 5, 16), (2, 7, 12)])
        case("MultiHeadAttention flash", to(flash_attention=False), [steps, far], [(2, 5, 16), (2, 7, 12)])
        for name in ("query_mask", "value_mask", "key_mask"):
            case(f"MultiHeadAttention {name}", lambda a, b, m, n=name: L.MultiHeadAttention(HEADS, WIDTH)(a, b, **{n: m}), [steps, far, (None,)], [(2, 5, 16), (2, 7, 12), (2, 5 if name == "query_mask" else 7)], dtype=["float32", "float32", "bool"])


def plain(L, case, is3):
    steps = (None, 16)
    three = [(2, 5, 16), (2, 7, 16), (2, 7, 16)]
    for name in ("Attention", "AdditiveAttention"):
        make = lambda n=name, **o: getattr(L, n)(**o)
        case(f"{name} with key", lambda a, b, c, m=make: m()([a, b, c]), [steps, (None, 9), steps], [(2, 5, 16), (2, 7, 9), (2, 7, 16)], [(2, 5, 16), (2, 7, 9), (2, 6, 16)], [(2, 5, 16), (2, 7, 9), (2, 7, 15)])
        case(f"{name} scores", lambda a, b, m=make: list(m()([a, b], return_attention_scores=True)), [steps, steps], three[:2])
        case(f"{name} causal", lambda a, b, m=make: m()([a, b], use_causal_mask=True), [steps, steps], three[:2])
        case(f"{name} no scale", lambda a, b, m=make: m(use_scale=False)([a, b]), [steps, steps], three[:2], [(1, 5, 16), (2, 7, 16)])
        case(f"{name} images", lambda a, b, m=make: m()([a, b]), [(3, None, 16), (3, None, 16)], [(2, 3, 5, 16), (2, 3, 7, 16)], [(2, 3, 5, 16), (2, 4, 7, 16)], [(2, 5, 16), (2, 7, 16)])
        case(f"{name} masks", lambda a, b, q, v, m=make: m()([a, b], mask=[q, v]), [steps, steps, (None,), (None,)], [(2, 5, 16), (2, 7, 16), (2, 5), (2, 7)], dtype=["float32", "float32", "bool", "bool"])
        case(f"{name} dropped", lambda a, b, m=make: m(dropout=0.5)([a, b]), [steps, steps], three[:2])
    case("Attention concat", lambda a, b: L.Attention(score_mode="concat")([a, b]), [steps, steps], three[:2], [(2, 5, 16), (2, 7, 15)])
    case("Attention concat scaled", lambda a, b: L.Attention(score_mode="concat", use_scale=True)([a, b]), [steps, steps], three[:2])


def grouped(L, case):
    steps, far = (None, 16), (None, 16)
    at = [(2, 5, 16), (2, 7, 16)]
    make = lambda **o: L.GroupQueryAttention(8, 4, 2, **o)
    case("GroupQueryAttention scores", lambda a, b: list(make()(a, b, return_attention_scores=True)), [steps, far], at)
    case("GroupQueryAttention causal", lambda a: make()(a, a, use_causal_mask=True), [steps], [(2, 5, 16)])
    case("GroupQueryAttention no bias", lambda a, b: make(use_bias=False)(a, b), [steps, far], at, [(2, 5, 16), (2, 7, 11)], [(1, 5, 16), (2, 7, 16)], [(5, 16), (7, 16)])
    case("GroupQueryAttention with key", lambda a, b, c: make()(a, b, c), [steps, far, (None, 16)], [*at, (2, 7, 16)], [*at, (2, 6, 16)])
    case("GroupQueryAttention gated", lambda a, b: make(use_gate=True)(a, b), [steps, far], at)
    case("GroupQueryAttention mask", lambda a, b, m: make()(a, b, attention_mask=m), [steps, far, (None, None)], [*at, (2, 5, 7)], dtype=["float32", "float32", "bool"])
