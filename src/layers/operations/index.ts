import type { JsonObject } from "../../model";
import { ACTIVATION_NAMES, activationOf } from "../activations";
import { type OperationRow, OperationRunner } from "../operation";
import type { Runner } from "../row";
import { ELEMENTWISE } from "./elementwise";
import { IMAGE } from "./image";
import { PRODUCTS } from "./products";
import { REDUCING } from "./reductions";
import { SHAPING } from "./shaping";
import { SLICING } from "./slicing";
import { declaredShapeOf, tensorOf } from "./values";

/** Activations as functions: `nn.relu`, `Silu`. */
const ACTIVATING: { [name: string]: OperationRow } = Object.fromEntries(
  ACTIVATION_NAMES.map((name): [string, OperationRow] => [
    name,
    {
      parameters: ["x"],
      run: (named) => activationOf(name, 3).apply(tensorOf(named["x"] ?? named["features"] ?? named["logits"])),
      ...(name === "glu" ? {} : { declare: (named) => declaredShapeOf(named["x"] ?? named["features"] ?? named["logits"]) }),
    },
  ]),
);

/** By the name that Keras's `ops` give a function. */
const OPERATIONS: { [name: string]: OperationRow } = {
  ...ACTIVATING,
  ...ELEMENTWISE,
  ...REDUCING,
  ...SHAPING,
  ...SLICING,
  ...PRODUCTS,
  ...IMAGE,
};

/** Other names of the same functions: TensorFlow's, Python's operators, NumPy's. */
const ALIASES: { [name: string]: string } = {
  sub: "subtract",
  mul: "multiply",
  div: "truediv",
  divide: "truediv",
  true_divide: "truediv",
  realdiv: "truediv",
  floor_divide: "floordiv",
  floor_div: "floordiv",
  floormod: "mod",
  power: "pow",
  neg: "negative",
  absolute: "abs",
  arctan: "atan",
  arctan2: "atan2",
  arccos: "acos",
  arcsin: "asin",
  is_nan: "isnan",
  is_finite: "isfinite",
  is_inf: "isinf",
  invert: "logical_not",
  reduce_mean: "mean",
  reduce_sum: "sum",
  reduce_max: "max",
  reduce_min: "min",
  reduce_prod: "prod",
  reduce_any: "any",
  reduce_all: "all",
  reduce_variance: "var",
  reduce_std: "std",
  reduce_logsumexp: "logsumexp",
  amax: "max",
  amin: "min",
  l2_normalize: "normalize",
  concat: "concatenate",
  concat_v2: "concatenate",
  gather: "take",
  gather_v2: "take",
  reverse: "flip",
  clip_by_value: "clip",
  permute_dimensions: "transpose",
  softmax_v2: "softmax",
  expand_dims_v2: "expand_dims",
  squeeze_v2: "squeeze",
  where_v2: "where",
  pad_v2: "pad",
  shape_v2: "shape",
};

/** A layer that tf_keras makes of a call of TensorFlow: `TFOpLambda`, whose config names the function (`math.truediv`). Null for one nobody knows. */
export function lambdaRunner(config: JsonObject): Runner | null {
  const name = config["function"];
  return typeof name === "string" ? operationRunner(name.split(".").at(-1) as string, {}) : null;
}

/** An operation of Keras 3 by its class (`TrueDivide`), with what its config holds of its arguments. Null for one nobody knows. */
export function keras3Operation(className: string, config: JsonObject): Runner | null {
  return operationRunner(functionName(className), config);
}

/** Whether there is a row for the operation of this class of Keras 3. */
export function isKnownOperation(className: string): boolean {
  return rowOf(functionName(className)) !== undefined;
}

const functionName = (className: string): string => className.replace(/(?<=[a-z0-9])([A-Z])/g, "_$1").toLowerCase();

function rowOf(name: string): OperationRow | undefined {
  const key = Object.hasOwn(ALIASES, name) ? (ALIASES[name] as string) : name;
  return Object.hasOwn(OPERATIONS, key) ? OPERATIONS[key] : undefined;
}

function operationRunner(name: string, config: JsonObject): Runner | null {
  const row = rowOf(name);
  return row ? new OperationRunner(row, config) : null;
}
