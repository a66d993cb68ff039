"""Asks real Keras the numbers of the answers to the questions that people ask (test/answers/questions.test.ts): questions.py [OUT]

Writes test/answers/questions.json: of each question what Keras says, by name; and two small models, flatten.json and loss.json, into
test/answers/models. Nothing is downloaded: pretrained weights change neither shapes
nor parameters; what they hold in the stem of EfficientNet stands in Keras's own source.
"""
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import brotli
import keras
import numpy as np
import tensorflow as tf
import tf_keras

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "../../test/answers/questions.json")


def shapes_of(model, shape):
    """Of each layer that ran what it gave for a tensor of this shape, in running order, as tracing the model tells, and which one failed."""
    shapes, failed = {}, []

    def watched(layer, call):
        def run(*args, **kwargs):
            try:
                result = call(*args, **kwargs)
            except ValueError:
                failed.append(layer.name)
                raise
            shapes[layer.name] = list(tf.nest.flatten(result)[0].shape)
            return result

        return run

    calls = [layer.call for layer in model.layers]
    for layer, call in zip(model.layers, calls):
        layer.call = watched(layer, call)
    try:
        tf.function(lambda x: model(x, training=False)).get_concrete_function(tf.TensorSpec(shape))
    except ValueError:
        pass  # `failed` says where
    finally:
        for layer, call in zip(model.layers, calls):
            layer.call = call
    return shapes, failed[0] if failed else None


def grayscale():
    """EfficientNetB5 as TensorFlow 2.11 and earlier spell it."""
    from tf_keras.src.applications import efficientnet

    with open(os.path.join(HERE, "../../media/zoo/EfficientNetB5.2.9.jsonl.br"), "rb") as file:
        variants, *configs = brotli.decompress(file.read()).decode().splitlines()
    model = tf_keras.models.model_from_json(configs[json.loads(variants).index("notop")])
    mean = list(tf_keras.applications.EfficientNetV2B0(include_top=False, weights=None).get_layer("normalization").get_config()["mean"])
    variance = list(efficientnet.IMAGENET_STDDEV_RGB)
    normalization = next(layer for layer in model.layers if layer.__class__.__name__ == "Normalization")
    normalization.set_weights([np.array(mean, "float32"), np.array(variance, "float32"), np.array(0)])
    normalization.finalize_state()
    gray = tf.constant(np.random.default_rng(0).uniform(0, 255, (1, 128, 128, 1)), tf.float32)
    once, thrice = model(gray), model(tf.repeat(gray, 3, axis=-1))
    shapes, _ = shapes_of(model, [1, 128, 128, 1])
    first = dict(list(shapes.items())[:5])
    return {
        "parameters": model.count_params(),
        "weights": len(model.weights),
        "layers": len(model.layers),
        "layers from normalization on": len(model.layers) - model.layers.index(normalization),
        "first layers": first,
        "mean": {"shape": list(normalization.mean.shape), "values": mean},
        "roots of the variances": [float(np.sqrt(each)) for each in variance],
        "output": list(once.shape),
        "farthest from the repeated channel": float(tf.reduce_max(tf.abs(once - thrice))),
        "parameters of learned channels": tf_keras.Sequential([tf_keras.Input((128, 128, 1)), tf_keras.layers.Conv2D(3, 1)]).count_params(),
    }


def built(make, shape):
    model = make(keras.Input(shape))
    return {"output": list(model.output_shape), "parameters": model.count_params(), "weights": len(model.weights)}


def kernels(a, b):
    """Weights of two models, layer by layer, that have other shapes."""
    pairs = [(layer, weight, other) for layer, twin in zip(a.layers, b.layers) for weight, other in zip(layer.weights, twin.weights)]
    return [[layer.name, weight.name, list(weight.shape), list(other.shape)] for layer, weight, other in pairs if weight.shape != other.shape]


def custom_size():
    inception = keras.applications.InceptionV3
    free = inception(include_top=False, weights=None)
    result = {"documented": {"smallest": 75, "with top": 299}, "parameters": free.count_params(), "weights": len(free.weights), "layers": len(free.layers)}
    result |= {"without top": {side: list(free(tf.zeros((1, side, side, 3))).shape) for side in (299, 256, 224, 75)}}
    for side in (32, 74):
        ran, failed = shapes_of(free, [1, side, side, 3])
        result[f"at {side}"] = {"layers that ran": len(ran), "fails": failed, "fed": list(ran.items())[-1], "kernel": list(free.get_layer(failed).kernel.shape)}
    result["default with top"] = built(lambda x: inception(include_top=True, weights=None), (299, 299, 3))
    result["224 with top"] = built(lambda x: inception(include_top=True, weights=None, input_tensor=x), (224, 224, 3))
    elsewhere = inception(include_top=True, weights=None, input_tensor=keras.Input((224, 224, 3)))
    result["pooled at 224"] = {name: list(elsewhere.get_layer(name).output.shape) for name in ("mixed10", "avg_pool", "predictions")}
    result["lost at 224"] = kernels(inception(include_top=True, weights=None), elsewhere)
    four = inception(include_top=False, weights=None, input_shape=(256, 256, 4))
    result["lost with 4 channels"] = [pair[1:] for pair in kernels(free, four)]
    layers = keras.layers
    x = layers.SpectralNormalization(layers.Conv2D(64, 3, strides=2, padding="same", activation="leaky_relu"))(four.output)
    x = layers.Dropout(0.3)(x)
    x = layers.GlobalAveragePooling2D()(x)
    whole = keras.Model(four.inputs, layers.Dense(9)(x))
    result["own head"] = {"output": list(whole.output_shape), "parameters": whole.count_params(), "before": list(four.output.shape), "weights": len(four.weights), "fit": len(four.weights) - len(result["lost with 4 channels"]), "pooled": list(whole.layers[-3].output.shape)}
    result["shapes in the head"] = [list(layer.output.shape) for layer in whole.layers[-4:]]
    vgg, small = (keras.applications.VGG16(include_top=True, weights=None, input_shape=(side, side, 3)) for side in (224, 160))
    result["VGG16"] = {"lost at 160": kernels(vgg, small), "flattened": list(small.get_layer("flatten").output.shape), "of": list(small.get_layer("block5_pool").output.shape), "parameters": vgg.count_params(), "layers before": len(vgg.layers) - 4, "at 224": {layer.name: list(layer.output.shape) for layer in vgg.layers[-5:]}, "without top": keras.applications.VGG16(include_top=False, weights=None).count_params()}
    return result


def pooling():
    base = keras.applications.MobileNetV2(input_shape=(160, 160, 3), include_top=False, weights=None)
    layers = keras.layers
    heads = {
        "average": [layers.GlobalAveragePooling2D(), layers.Dense(9)],
        "maximum": [layers.GlobalMaxPooling2D(), layers.Dense(9)],
        "flatten": [layers.Flatten(), layers.Dense(9)],
        "dense": [layers.Dense(9)],
    }
    result = {"output": list(base.output_shape), "parameters": base.count_params()}
    for name, stack in heads.items():
        x, shapes = base.output, []
        for layer in stack:
            x = layer(x)
            shapes.append(list(x.shape))
        result[name] = {"shapes": shapes, "parameters": sum(layer.count_params() for layer in stack)}
    result["positions"] = result["output"][1] * result["output"][2]
    result["times"] = round(result["flatten"]["parameters"] / result["average"]["parameters"])
    free = keras.applications.MobileNetV2(include_top=False, weights=None)
    sizes = [(160, 160), (208, 208), (104, 208), (256, 408), (208, 104)]
    result["sizes"] = []
    for height, width in sizes:
        features = list(free(tf.zeros((1, height, width, 3))).shape)
        flat = keras.Sequential([keras.Input(features[1:]), layers.Flatten(), layers.Dense(9)])
        own = {"features": features, "positions": features[1] * features[2], "flattened": flat.layers[0].output.shape[1], "parameters": flat.count_params()}
        result["sizes"].append({"input": [height, width], **own})
    return result


def will_it_work():
    layers = keras.layers
    digits = keras.Sequential(
        [
            keras.Input((64, 64, 3), name="image"),
            layers.Conv2D(64, 3, padding="same", name="conv"),
            layers.MaxPooling2D(4, name="pool"),
            layers.Flatten(name="flatten"),
            layers.Dense(10, name="dense"),
        ],
        name="digits",
    )
    flat = list(digits.layers[2].output.shape)
    free = keras.Sequential([keras.Input((128, 128, 3)), *(layer.__class__.from_config(layer.get_config()) for layer in digits.layers[:3])])
    prediction, label = keras.Input((1,), name="prediction"), keras.Input((), name="label")
    loss = prediction - label
    for name, model in (("flatten", digits), ("loss", keras.Model([prediction, label], loss))):
        with open(os.path.join(HERE, "../../test/answers/models", f"{name}.json"), "w", encoding="utf-8") as file:
            file.write(model.to_json())
    actual = list((tf.zeros((8, 1)) - tf.zeros((8,))).shape)
    return {
        "built for 64": {"shapes": [list(layer.output.shape) for layer in digits.layers], "parameters": digits.count_params(), "weights": len(digits.weights)},
        "flattened": flat,
        "at 128": [list(layer.output.shape) for layer in free.layers],
        "rebuilt for 128": flat[1] * 4 * 10,
        "loss": {"declared": list(loss.shape), "actual": actual},
    }


if __name__ == "__main__":
    answers = {"grayscale": grayscale(), "custom size": custom_size(), "pooling": pooling(), "will it work": will_it_work()}
    answers["versions"] = {"keras": keras.__version__, "tf_keras": tf_keras.__version__}
    with open(OUT, "w", encoding="utf-8") as file:
        json.dump(answers, file, indent=1)
        file.write("\n")
