import type { OperationRow } from "../operation";
import { ACTIVATING } from "./activating";
import { ALGEBRA } from "./algebra";
import { BINARIES } from "./binary";
import { CONVOLVING } from "./convolving";
import { IMAGE } from "./image";
import { JOINING } from "./joining";
import { LOSSES } from "./losses";
import { MAKING } from "./making";
import { NORMALIZING } from "./normalizing";
import { ORDERING } from "./ordering";
import { fold, unfold } from "./patches";
import { PICKING } from "./picking";
import { PRODUCTS } from "./products";
import { REDUCING } from "./reductions";
import { REPEATING } from "./repeating";
import { SEARCHING } from "./searching";
import { SHAPING } from "./shaping";
import { SIGNALS } from "./signals";
import { SLICING } from "./slicing";
import { nanRows, STATISTICS } from "./statistics";
import { LIKE_KERAS, TENSORFLOW, TENSORFLOW_ALIASES } from "./tensorflow";
import { UNARIES } from "./unary";
import { WINDOWS } from "./windows";

/** By the name that Keras's `ops` give a function. */
const OPERATIONS: { [name: string]: OperationRow } = {
  ...ACTIVATING,
  ...UNARIES,
  ...BINARIES,
  ...REDUCING,
  ...STATISTICS,
  ...ORDERING,
  ...nanRows(REDUCING),
  ...SHAPING,
  ...SLICING,
  ...REPEATING,
  ...PRODUCTS,
  ...IMAGE,
  ...WINDOWS,
  ...CONVOLVING,
  ...NORMALIZING,
  ...JOINING,
  ...PICKING,
  ...MAKING,
  ...SIGNALS,
  ...ALGEBRA,
  ...SEARCHING,
  ...LOSSES,
  unfold,
  fold,
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
  extract_patches_3d: "extract_patches",
  fabs: "abs",
  fmax: "maximum",
  fmin: "minimum",
  conjugate: "conj",
  array: "copy",
  convert_to_tensor: "copy",
  arccosh: "acosh",
  arcsinh: "asinh",
  arctanh: "atanh",
  bitwise_not: "bitwise_invert",
  bitwise_left_shift: "left_shift",
  bitwise_right_shift: "right_shift",
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

/** The row of an operation of Keras 3, by its class (`TrueDivide`). */
export function rowOfClass(className: string): OperationRow | undefined {
  return rowOf(functionName(className));
}

/** The row of a function of TensorFlow, by the name that tf_keras writes. */
export function rowOfFunction(name: string): OperationRow | undefined {
  return tensorflowRow(name.replace(/^(compat\.v[12]\.|__operators__\.)/, ""));
}

/** The names of `keras.ops` (without its modules) that have a row, and other names of the same. */
export function knownOperations(): string[] {
  return [...new Set([...Object.keys(OPERATIONS), ...Object.keys(ALIASES)])].sort();
}

/** Every row with its name, which may stand twice: for Keras's function, and for TensorFlow's. */
export function allRows(): [name: string, row: OperationRow][] {
  return [...Object.entries(OPERATIONS), ...Object.entries(TENSORFLOW)];
}

/** `image.resize` by its whole name, or by its last part. */
function tensorflowRow(name: string): OperationRow | undefined {
  const dot = name.lastIndexOf(".");
  const [module, last] = [name.slice(0, Math.max(dot, 0)), name.slice(dot + 1)];
  const own = ownOf(TENSORFLOW, name) ?? (LIKE_KERAS.has(module) ? ownOf(TENSORFLOW, last) : undefined);
  if (own) return own;
  return LIKE_KERAS.has(module) ? rowOf(ownOf(TENSORFLOW_ALIASES, last) ?? last) : undefined;
}

/** What an object has itself under a name. */
function ownOf<T>(table: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Classes that are not named as their functions. */
const FUNCTIONS: { [className: string]: string } = {
  AllClose: "allclose",
  BatchNorm: "batch_normalization",
  CTCDecode: "ctc_decode",
  CTCLoss: "ctc_loss",
  HSVToRGB: "hsv_to_rgb",
  IsIn: "isin",
  LayerNorm: "layer_normalization",
  RGBToGrayscale: "rgb_to_grayscale",
  RGBToHSV: "rgb_to_hsv",
  RMSNorm: "rms_normalization",
  SearchSorted: "searchsorted",
  CDist: "cdist",
};

/** `TrueDivide` is `true_divide`. */
export function functionName(className: string): string {
  return ownOf(FUNCTIONS, className) ?? className.replace(/(?<=[a-z0-9])([A-Z])/g, "_$1").toLowerCase();
}

function rowOf(name: string): OperationRow | undefined {
  return ownOf(OPERATIONS, ownOf(ALIASES, name) ?? name);
}
