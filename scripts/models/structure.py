"""How a model is put together: names, structures of inputs and outputs, layers and models used again, what nobody reads."""

import numpy

from common import Input, Model, Sequential, around, is3, layers, model, register


@model([(2, 4), (2, 5), (2, 8, 8, 3)], [(1, 4), (1, 5), (1, 8, 8, 3)], [(1, 4), (1, 5), (1, 8, 8, 1)], [(1, 5), (1, 5), (1, 8, 8, 3)], [(1, 4), (1, 5), (1, 5, 5, 3)])
def nested_structures():
    """Inputs in a dict of lists, outputs in a list of dicts."""
    image, row, other = Input((8, 8, 3), name="z_image"), Input((4,), name="a_row"), Input((5,), name="m_other")
    x = layers.GlobalMaxPooling2D()(layers.Conv2D(4, 3)(image))
    y = layers.Add()([x, row])
    outputs = [{"sum": y, "joined": layers.Concatenate()([y, other])}, layers.Dense(2)(other)]
    return Model({"seen": image, "rows": [row, other]}, outputs)


@model([(2, 4), (2, 6)], [(1, 4), (1, 6)], [(2, 4), (1, 6)], [(2, 5), (2, 6)], [(2, 1), (2, 6)], [(2, 4, 1), (2, 6)])
def inputs_out_of_order():
    """The order of the inputs is not that of their making, a dict sorts them again."""
    first, second = Input((6,), name="b"), Input((4,), name="a")
    x = layers.Concatenate()([layers.Dense(3)(first), layers.Dense(3)(second)])
    return Model({"b": first, "a": second}, {"z": layers.Dense(1, name="last")(x), "c": layers.Dense(2, name="first")(x)})


@model((2, 6), (1, 6), (1, 5), (1, 1), (6,))
def output_that_is_an_input():
    """The input comes out as it went in, beside the result; one output comes twice."""
    row = Input((6,))
    y = layers.Dense(3)(row)
    return Model(row, [row, y, y])


@model([(2, 6), (2, 3)], [(1, 6), (1, 3)], [(2, 6), (1, 3)], [(2, 5), (2, 3)], [(2, 6), (2, 4)])
def input_that_nobody_reads():
    row, idle = Input((6,), name="row"), Input((3,), name="idle")
    return Model([row, idle], layers.Dense(2)(row))


@model(*around((8, 8, 3), (1, 16, 8, 3)))
def layer_that_nobody_reads():
    """A second head that was cut off: its layers are not in the model."""
    image = Input((None, None, 3))
    x = layers.Conv2D(4, 3)(image)
    layers.Dense(100)(layers.GlobalMaxPooling2D()(x))
    return Model(image, layers.GlobalAveragePooling2D()(x))


@model(*around((12, 12, 3), (1, 5, 9, 3), (1, 4, 4, 3)))
def layers_called_again():
    """One convolution three times, on its own result too; one activation everywhere."""
    image = Input((None, None, 3))
    twist, bend = layers.Conv2D(3, 3, name="twist"), layers.ReLU(name="bend")
    x = bend(twist(image))
    y = bend(twist(x))
    z = bend(twist(layers.ZeroPadding2D(1)(y)))
    return Model(image, [layers.Concatenate()([y, z]), layers.GlobalMaxPooling2D()(x)])


@model([(1, 12, 12, 3), (1, 16, 16, 3)], [(2, 12, 12, 3), (2, 8, 8, 3)], [(1, 12, 12, 1), (1, 16, 16, 3)], [(1, 12, 12, 3), (1, 16, 16, 1)], [(1, 12, 12, 3), (1, 2, 2, 3)])
def only_the_second_call():
    """A layer whose first call belongs to another model."""
    shared = layers.Conv2D(4, 3, name="shared")
    shared(Input((None, None, 3)))
    a, b = Input((None, None, 3), name="a"), Input((None, None, 3), name="b")
    return Model([a, b], [layers.GlobalMaxPooling2D()(shared(a)), layers.GlobalAveragePooling2D()(shared(b))])


@model([(2, 10, 10, 3), (2, 10, 10, 3)], [(1, 10, 10, 3), (1, 8, 9, 3)], [(1, 10, 10, 3), (1, 10, 10, 1)], [(1, 1, 1, 3), (1, 10, 10, 3)], [(1, 10, 10, 3), (1, 10, 10)], files=("model.h5", "model.json"))
def model_called_again():
    """A functional model used twice and once more inside another, which is used twice as well. Keras cannot load its own .keras file of it."""
    image = Input((None, None, 3))
    inner = Model(image, layers.Conv2D(3, 3, padding="same")(layers.BatchNormalization()(image)), name="inner")
    middle_input = Input((None, None, 3))
    middle = Model(middle_input, layers.Add()([inner(middle_input), middle_input]), name="middle")
    a, b = Input((None, None, 3), name="a"), Input((None, None, 3), name="b")
    pooled = [layers.GlobalMaxPooling2D()(middle(x)) for x in (a, b)]
    return Model([a, b], [layers.Concatenate()(pooled), layers.GlobalAveragePooling2D()(inner(a))])


@model((2, 6), (1, 6), (1, 7), (1, 1), files=("model.h5", "model.keras", "model.json"))
def names_of_all_kinds():
    """Slashes, dots, another alphabet (which Keras 3 cannot run), names of JavaScript's own."""
    row = Input((6,), name="eingabe")
    names = ["a.b-c", "constructor", "toString", "valueOf"] if is3 else ["block_1/dense", "größe.b", "constructor", "__proto__", "toString"]
    x = row
    for name in names:
        x = layers.Dense(4, name=name)(x)
    return Model(row, x, name="model.1" if is3 else "modell_ä")


@model(*around((8, 8, 3), (1, 9, 8, 3)), only=2)
def names_with_slashes():
    """As older applications have them; a model of such a name, too."""
    image = Input((8, 8, 3), name="input/image")
    inner_image = Input((8, 8, 3))
    inner = Model(inner_image, layers.Conv2D(4, 3, name="stage/conv")(inner_image), name="body/inner")
    return Model(image, layers.Dense(2, name="head/dense")(layers.Flatten(name="head/flatten")(inner(image))))


@model(refused="unbuilt", files=("model.keras", "model.json"))
def sequential_never_built():
    """No input known at all: what is there to say?"""
    return Sequential([layers.Dense(4), layers.Dense(2)])


@model((2, 5), (1, 5), (1, 7), (1, 1), (3, 2, 5), (5,))
def sequential_built():
    built = Sequential([layers.Dense(4, activation="relu"), layers.BatchNormalization(), layers.Dense(2)])
    built.build((None, 5))
    return built


@model((2, 5), (1, 5), (1, 7), (1, 1))
def sequential_of_sequentials():
    """Three deep, the innermost with the input."""
    innermost = Sequential([Input((5,)), layers.Dense(4)], name="innermost")
    middle = Sequential([innermost, layers.ReLU()], name="middle")
    return Sequential([middle, Sequential([layers.Dense(3), layers.Softmax()], name="head")])


@model(*around((10, 10, 3), (1, 12, 12, 3), (1, 4, 4, 3)))
def sequential_of_models_with_open_size():
    image = Input((None, None, 3))
    body = Model(image, layers.MaxPooling2D()(layers.Conv2D(4, 3)(image)), name="body")
    return Sequential([body, layers.Conv2D(4, 3), layers.GlobalAveragePooling2D(), layers.Dense(2)])


@model(*around((10, 10, 3), (1, 12, 12, 3)))
def one_layer():
    return Sequential([Input((None, None, 3)), layers.Conv2D(2, 3)])


@model((2, 4, 4, 3), (1, 4, 4, 3), (2, 4, 4, 1), (2, 4, 5, 3))
def batch_of_two():
    """The batch is declared."""
    image = Input(batch_shape=(2, 4, 4, 3))
    return Model(image, layers.Dense(2)(layers.Reshape((-1,))(layers.Conv2D(3, 2)(image))))


@model((2,), (1,), (2, 1), (3, 2))
def scalars():
    """A number an example."""
    number = Input(())
    return Model(number, layers.Dense(2)(layers.Reshape((1,))(number)))


@model([(2, 3), (2, 3)], [(1, 3), (1, 3)], [(2, 3), (1, 3)], [(1, 4), (1, 3)], only=3)
def optional_input():
    """An input that may be left out."""
    given, extra = Input((3,), name="given"), Input((3,), name="extra", optional=True)
    return Model([given, extra], layers.Dense(2)(layers.Add()([given, extra])))


@model(*around((8, 8, 3), (1, 16, 8, 3)))
def deep_chain():
    """Sixty layers and residuals over many of them."""
    image = x = Input((None, None, 3))
    for index in range(20):
        y = layers.ReLU()(layers.Conv2D(3, 3, padding="same")(x))
        x = layers.Add()([x, y]) if index % 3 else y
    return Model(image, x)


@register
class FunctionalOfItsOwn(Model):
    """A class of its own, but made of inputs and outputs."""

    def __init__(self, units=4, **kwargs):
        row = Input((6,))
        super().__init__(row, layers.Dense(2)(layers.Dense(units)(row)), **kwargs)
        self.units = units

    def get_config(self):
        return {"units": self.units, "name": self.name}

    @classmethod
    def from_config(cls, config):
        return cls(**config)


@model((2, 6), refused="subclassed")
def functional_of_its_own_class():
    return FunctionalOfItsOwn()


@register
class OwnModel(Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.first, self.second = layers.Dense(4), layers.Dense(2)

    def call(self, inputs):
        return self.second(self.first(inputs))

    def get_config(self):
        return {"name": self.name}


@model((2, 6), refused="subclassed", files=("model.keras",))
def subclassed_model():
    """Layers are Python code: a file cannot say what they are."""
    made = OwnModel()
    made(numpy.zeros((1, 6), "float32"))
    return made
