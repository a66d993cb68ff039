import type { Argument, Shape } from "../../../../src/model";
import type { Dice } from "../dice";
import { anyAxis, asArgument, type DrawnTensor, type Dtype, images, isFloat, order, type Place, type Row, whole } from "../row";
import { broadcasts, partnerFor } from "./merging";
import { type Part, parts } from "./slices";

type Kwargs = { [name: string]: Argument };

/** A function of TensorFlow on one tensor, as tf_keras makes a layer of it. */
function lambda(
  name: string,
  draw: (shape: Shape, place: Place, tensor: DrawnTensor) => Kwargs | null = () => ({}),
  more: { takes?: Row["takes"]; dtype?: Dtype; className?: string } = {},
): Row {
  return {
    className: more.className ?? "TFOpLambda",
    module: "tf_keras.src.layers.core.tf_op_layer",
    kerasMajor: 2,
    takes: more.takes ?? ((tensor) => isFloat(tensor) && tensor.shape.length >= 2),
    draw: (tensor, place) => {
      const kwargs = draw(tensor.shape, place, tensor);
      return kwargs && { config: { function: name }, kwargs, ...(more.dtype ? { dtype: more.dtype } : {}) };
    },
  };
}

const UNARY =
  "math.abs math.exp math.sqrt math.rsqrt math.square math.tanh math.sigmoid math.sin math.floor math.sign math.erf math.softplus " +
  "nn.relu nn.relu6 nn.silu nn.gelu nn.elu nn.selu nn.leaky_relu nn.softmax nn.log_softmax nn.softsign stop_gradient identity ones_like";

const axes = (shape: Shape, dice: Dice): number | number[] =>
  dice.chance(3) ? shape.slice(1, -1).map((_, index) => index + 1) : anyAxis(shape, dice);

const reduction = (name: string): Row =>
  lambda(`math.reduce_${name}`, (shape, { dice }) => ({ axis: axes(shape, dice), ...(dice.chance(2) ? { keepdims: true } : {}) }));

const binary = (name: string, dtype: Dtype = "float32"): Row =>
  lambda(
    name,
    (_, place, tensor) => {
      const other = place.dice.chance(2) ? partnerFor(tensor, place, broadcasts) : null;
      return { y: other ? asArgument(other) : 0.5 };
    },
    { dtype },
  );

/** Called on a list, which tf_keras writes as such. */
const joining = (name: string): Row => ({
  className: "TFOpLambda",
  module: "tf_keras.src.layers.core.tf_op_layer",
  kerasMajor: 2,
  takes: (tensor) => isFloat(tensor) && tensor.shape.length >= 2,
  draw: (tensor, place) => {
    const other = partnerFor(tensor, place, (a, b) => a.length === b.length && a.slice(0, -1).every((size, axis) => size === b[axis]));
    return other && { config: { function: name }, args: [[tensor, other].map(asArgument)], kwargs: { axis: -1 } };
  },
});

const written = (part: Part): Argument => (part === "..." ? { class_name: "__ellipsis__" } : part);

const SHAPING: Row[] = [
  lambda("reshape", (shape) => ({ shape: [-1, shape.slice(1).reduce<number>((product, size) => product * (size ?? 1), 1)] }), {
    takes: whole,
  }),
  lambda("compat.v1.transpose", (shape, { dice }) => ({ perm: order(shape.length - 1, dice), name: "transpose", conjugate: false })),
  lambda("expand_dims", (shape, { dice }) => ({ axis: dice.range(1, shape.length) })),
  lambda("split", (shape, { dice }) => ({ num_or_size_splits: dice.range(1, 2), axis: anyAxis(shape, dice) })),
  lambda("tile", (shape, { dice }) => ({ multiples: [1, ...shape.slice(1).map(() => dice.range(1, 2))], name: null })),
  lambda("repeat", (shape, { dice }) => ({ repeats: dice.range(1, 3), axis: anyAxis(shape, dice) })),
  lambda("reverse", (shape, { dice }) => ({ axis: [anyAxis(shape, dice)], name: null })),
  lambda("roll", (shape, { dice }) => ({ shift: dice.range(0, 3), axis: anyAxis(shape, dice) })),
  lambda("compat.v1.pad", (shape, { dice }) => ({
    paddings: [[0, 0], ...shape.slice(1).map(() => [dice.range(0, 2), dice.range(0, 2)])],
    mode: "CONSTANT",
    name: null,
    constant_values: 0,
  })),
  lambda("clip_by_value", () => ({ clip_value_min: 0, clip_value_max: 1 })),
  lambda("math.l2_normalize", (shape, { dice }) => ({ axis: anyAxis(shape, dice) })),
  lambda("math.cumsum", (shape, { dice }) => ({ axis: anyAxis(shape, dice) })),
  lambda("cast", () => ({ dtype: "float32" }), { takes: () => true }),
  lambda("one_hot", (_, { dice }) => ({ depth: dice.range(2, 5) }), { takes: ({ dtype }) => dtype === "int32" }),
  lambda("math.argmax", (shape, { dice }) => ({ axis: anyAxis(shape, dice) }), { dtype: "int32" }),
  lambda("image.resize", (_, { dice }) => ({ size: [dice.range(1, 9), dice.range(1, 9)] }), { takes: images }),
  lambda(
    "nn.max_pool2d",
    (_, { dice }) => ({ ksize: dice.range(1, 3), strides: dice.range(1, 2), padding: dice.pick(["SAME", "VALID"]) }),
    {
      takes: images,
    },
  ),
  lambda("image.flip_left_right", () => ({}), { takes: images }),
];

const getItem = lambda("__operators__.getitem", (shape, { dice }) => ({ slice_spec: parts(shape, dice).map(written) }), {
  className: "SlicingOpLambda",
});

export const OPERATIONS_2: Row[] = [
  ...UNARY.split(" ").map((name) => lambda(name)),
  ...["mean", "sum", "max", "min", "prod", "variance", "std", "logsumexp"].map(reduction),
  ..."__operators__.add math.add math.subtract math.multiply math.truediv math.maximum math.minimum math.squared_difference"
    .split(" ")
    .map((name) => binary(name)),
  ...["math.greater", "math.less_equal"].map((name) => binary(name, "bool")),
  joining("concat"),
  joining("stack"),
  getItem,
  getItem,
  ...SHAPING,
];
