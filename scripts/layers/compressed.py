"""Cases of layers that were quantized or fine-tuned through LoRA after they were built (Keras 3)."""


def cases(case, keras):
    L = keras.layers
    made = {
        "Dense": (lambda: L.Dense(6), (4,), "float32"),
        "Dense of sequences": (lambda: L.Dense(6, use_bias=False), (5, 4), "float32"),
        "EinsumDense": (lambda: L.EinsumDense("abc,cde->abde", output_shape=(None, 2, 3), bias_axes="de"), (5, 4), "float32"),
        "EinsumDense back": (lambda: L.EinsumDense("abcd,cde->abe", output_shape=(None, 6)), (5, 2, 3), "float32"),
        "Embedding": (lambda: L.Embedding(10, 6), (5,), "int32"),
        "ReversibleEmbedding": (lambda: L.ReversibleEmbedding(10, 6, tie_weights=False), (5,), "int32"),
        "Conv1D": (lambda: L.Conv1D(6, 3), (9, 4), "float32"),
        "Conv2D": (lambda: L.Conv2D(6, 3), (9, 9, 4), "float32"),
        "Conv3D": (lambda: L.Conv3D(6, 3), (9, 9, 9, 4), "float32"),
    }
    for name, (make, shape, dtype) in made.items():
        ways = ["lora"] if name.startswith("Conv") else ["int8", "lora", "lora int8"] + (["float8"] if "ense" in name else [])
        for way in ways:
            case(f"{name} compressed by {way}", lambda x, m=make, w=way: changed(m(), x, w), [shape], [(2, *shape)], dtype=dtype)


def changed(layer, x, way):
    y = layer(x)
    if "lora" in way:
        layer.enable_lora(2)
    if "8" in way:
        layer.quantize(way.split()[-1])
    return y
