import type { Argument, JsonObject, Shape } from "../../../../src/model";
import type { Dice } from "../dice";
import { anyAxis, asArgument, type Drawn, type Dtype, images, isFloat, order, type Place, type Row, whole } from "../row";
import { broadcasts, partnerFor } from "./merging";
import { type Part, parts } from "./slices";

/** An operation of Keras 3 on one tensor. */
function operation(
  module: string,
  className: string,
  draw: (shape: Shape, place: Place) => JsonObject | null = () => ({}),
  more: { takes?: Row["takes"]; dtype?: Dtype } = {},
): Row {
  return {
    className,
    module: `keras.src.ops.${module}`,
    kerasMajor: 3,
    takes: more.takes ?? ((tensor) => isFloat(tensor) && tensor.shape.length >= 2),
    draw: ({ shape }, place): Drawn | null => {
      const config = draw(shape, place);
      return config && { config, ...(more.dtype ? { dtype: more.dtype } : {}) };
    },
  };
}

const UNARY = {
  numpy: "Absolute Exp Sqrt Square Tanh Sin Cos Floor Sign Negative Reciprocal Log1p Expm1 Arctan",
  nn: "Sigmoid Relu Relu6 Silu Selu Softplus Softsign HardSigmoid HardSilu LogSigmoid",
  math: "Rsqrt Erf",
};
const unary = Object.entries(UNARY).flatMap(([module, names]) => names.split(" ").map((name) => operation(module, name)));

/** The batch stays: what takes it away has nowhere to go in a model. */
const axes = (shape: Shape, dice: Dice): number | number[] =>
  dice.chance(3) ? shape.slice(1, -1).map((_, index) => index + 1) : anyAxis(shape, dice);

const reduction = (module: string, className: string, dtype: Dtype = "float32"): Row =>
  operation(module, className, (shape, { dice }) => ({ axis: axes(shape, dice), keepdims: dice.chance(2) }), { dtype });

const index = (className: string): Row =>
  operation("numpy", className, (shape, { dice }) => ({ axis: anyAxis(shape, dice), keepdims: dice.chance(2) }), { dtype: "int32" });

/** With another tensor, or with a number, on either side. */
const binary = (className: string, dtype: Dtype = "float32"): Row => ({
  className,
  module: "keras.src.ops.numpy",
  kerasMajor: 3,
  takes: (tensor) => isFloat(tensor) && tensor.shape.length >= 2,
  draw: (tensor, place) => {
    const own = asArgument(tensor);
    const other = place.dice.chance(2) ? partnerFor(tensor, place, broadcasts) : null;
    const args: Argument[] = other ? [own, asArgument(other)] : place.dice.chance(3) ? [2, own] : [own, 0.5];
    return { config: {}, args, dtype };
  },
});

const joining = (className: string): Row => ({
  className,
  module: "keras.src.ops.numpy",
  kerasMajor: 3,
  takes: (tensor) => isFloat(tensor) && tensor.shape.length >= 2,
  draw: (tensor, place) => {
    const other = partnerFor(tensor, place, (a, b) => a.length === b.length && a.slice(0, -1).every((size, axis) => size === b[axis]));
    return other && { config: { axis: -1 }, args: [[tensor, other].map(asArgument)] };
  },
});

const written = (part: Part): Argument => {
  if (part === "...") return { class_name: "__ellipsis__", config: {} };
  return typeof part === "object" && part !== null ? { class_name: "__slice__", config: part } : part;
};

const getItem: Row = {
  className: "GetItem",
  module: "keras.src.ops.numpy",
  kerasMajor: 3,
  takes: (tensor) => isFloat(tensor) && tensor.shape.length >= 2,
  draw: (tensor, { dice }) => ({ config: {}, args: [asArgument(tensor), parts(tensor.shape, dice).map(written)] }),
};

const matmul: Row = {
  className: "Matmul",
  module: "keras.src.ops.numpy",
  kerasMajor: 3,
  takes: (tensor) => isFloat(tensor) && tensor.shape.length === 3,
  draw: (tensor, { partner }) => {
    const other = partner((one) => isFloat(one) && one.shape.length === 3 && one.shape[1] === tensor.shape[2] && one.shape[1] !== null);
    return other && { config: {}, args: [tensor, other].map(asArgument) };
  },
};

const SHAPING: Row[] = [
  operation("numpy", "Transpose", (shape, { dice }) => ({ axes: order(shape.length - 1, dice) })),
  operation("numpy", "ExpandDims", (shape, { dice }) => ({ axis: dice.range(1, shape.length) })),
  operation(
    "numpy",
    "Squeeze",
    (shape) => {
      const axis = shape.indexOf(1, 1);
      return axis < 0 ? null : { axis };
    },
    { takes: (tensor) => isFloat(tensor) && tensor.shape.length >= 3 },
  ),
  operation("numpy", "Swapaxes", (shape, { dice }) => ({ axis1: anyAxis(shape, dice), axis2: anyAxis(shape, dice) })),
  operation("numpy", "Moveaxis", (shape, { dice }) => ({ source: anyAxis(shape, dice), destination: anyAxis(shape, dice) })),
  operation("numpy", "Flip", (shape, { dice }) => ({ axis: anyAxis(shape, dice) })),
  operation("numpy", "Roll", (shape, { dice }) => ({ shift: dice.range(-2, 3), axis: anyAxis(shape, dice) })),
  operation("numpy", "Tile", (shape, { dice }) => ({ repeats: [1, ...shape.slice(1).map(() => dice.range(1, 2))] })),
  operation("numpy", "Repeat", (shape, { dice }) => ({ repeats: dice.range(1, 3), axis: anyAxis(shape, dice) })),
  operation("numpy", "Cumsum", (shape, { dice }) => ({ axis: anyAxis(shape, dice), dtype: null })),
  operation("numpy", "Split", (shape, { dice }) => ({
    indices_or_sections: dice.pick<number | number[]>([1, 2, [1], [1, 2]]),
    axis: anyAxis(shape, dice),
  })),
  operation(
    "numpy",
    "Reshape",
    (shape) => ({ newshape: [-1, shape.slice(1).reduce<number>((product, size) => product * (size ?? 1), 1)] }),
    {
      takes: whole,
    },
  ),
  operation("numpy", "Sort", (shape, { dice }) => ({ axis: anyAxis(shape, dice) })),
  operation("numpy", "Diff", (shape, { dice }) => ({ n: dice.range(1, 2), axis: anyAxis(shape, dice) })),
  operation("numpy", "Tril", (_, { dice }) => ({ k: dice.range(-1, 1) })),
  operation("numpy", "Triu", (_, { dice }) => ({ k: dice.range(-1, 1) })),
  operation("numpy", "Pad", (shape, { dice }) => ({
    pad_width: [[0, 0], ...shape.slice(1).map(() => [dice.range(0, 2), dice.range(0, 2)])],
    mode: "constant",
  })),
  operation("numpy", "Clip", () => ({ x_min: 0, x_max: 1 })),
  operation("core", "Cast", (_, { dice }) => ({ dtype: dice.pick(["float32"]) }), { takes: () => true }),
  operation("nn", "Softmax", () => ({ axis: -1 })),
  operation("nn", "Normalize", () => ({ axis: -1, order: 2, epsilon: null })),
  operation("nn", "Moments", (shape, { dice }) => ({ axes: axes(shape, dice), keepdims: dice.chance(2), synchronized: false })),
  operation("linalg", "Norm", (shape, { dice }) => ({ ord: null, axis: anyAxis(shape, dice), keepdims: dice.chance(2) })),
  operation(
    "nn",
    "MaxPool",
    (_, { dice }) => ({ pool_size: dice.range(1, 3), strides: dice.range(1, 2), padding: dice.pick(["valid", "same"]) }),
    {
      takes: images,
    },
  ),
  operation("image", "Resize", (_, { dice }) => ({ size: [dice.range(1, 9), dice.range(1, 9)], interpolation: "bilinear" }), {
    takes: images,
  }),
  operation("nn", "OneHot", (_, { dice }) => ({ num_classes: dice.range(2, 5), axis: -1, dtype: "float32", sparse: false }), {
    takes: ({ dtype }) => dtype === "int32",
  }),
];

export const OPERATIONS_3: Row[] = [
  ...unary,
  ...["Mean", "Sum", "Max", "Min", "Prod", "Var", "Std"].map((name) => reduction("numpy", name)),
  reduction("math", "Logsumexp"),
  reduction("numpy", "Median"),
  ...["Any", "All"].map((name) => reduction("numpy", name, "bool")),
  index("Argmax"),
  index("Argmin"),
  ...["Add", "Subtract", "Multiply", "TrueDivide", "Maximum", "Minimum", "Power"].map((name) => binary(name)),
  ...["Greater", "LessEqual", "Equal"].map((name) => binary(name, "bool")),
  joining("Concatenate"),
  joining("Stack"),
  getItem,
  getItem,
  matmul,
  ...SHAPING,
];
