import * as tf from "@tensorflow/tfjs-core";
import { type OperationRow, operation } from "../operation";
import { shapeOnly } from "../shape-only";
import { select } from "../stretching";
import { declaredShapeOf, dtypeArgument, numberArgument, tensorOf, tensorsOf } from "./values";

type Unary = (x: tf.Tensor) => tf.Tensor;

const PARAMETERS = "x|input|features|tensor|fill_value|inputs|images|image|value|variable";

const unary = (run: Unary): OperationRow =>
  operation(
    PARAMETERS,
    ({ x }) => run(tensorOf(x)),
    ({ x }) => declaredShapeOf(x),
  );

/** tfjs has no such function. */
const withoutNumbers: Unary = (x) => shapeOnly([x], x.shape);

/** The same everywhere where `x` is not a number. */
export function withoutNaN(x: tf.Tensor, instead: number): tf.Tensor {
  return select(tf.isNaN(x), tf.fill(x.shape, instead), x);
}

const sinc: Unary = (x) => {
  const angle = tf.mul(x, Math.PI);
  return select(tf.equal(x, 0), tf.onesLike(x), tf.div(tf.sin(angle), angle));
};

const imaginary: Unary = (x) => (x.dtype === "complex64" ? tf.imag(x) : tf.zerosLike(x));
const real: Unary = (x) => (x.dtype === "complex64" ? tf.real(x) : x);
const same: Unary = (x) => x;

const UNARY: { [name: string]: Unary } = {
  abs: tf.abs,
  acos: tf.acos,
  acosh: tf.acosh,
  angle: (x) => tf.atan2(imaginary(x), real(x)),
  asin: tf.asin,
  asinh: tf.asinh,
  atan: tf.atan,
  atanh: tf.atanh,
  bessel_i0: withoutNumbers,
  bessel_i0e: withoutNumbers,
  bessel_i1: withoutNumbers,
  bessel_i1e: withoutNumbers,
  bitwise_invert: (x) => tf.sub(tf.neg(x), tf.scalar(1, "int32")),
  cbrt: (x) => tf.mul(tf.sign(x), tf.pow(tf.abs(x), 1 / 3)),
  ceil: tf.ceil,
  check_numerics: same,
  conj: (x) => (x.dtype === "complex64" ? tf.complex(tf.real(x), tf.neg(tf.imag(x))) : x),
  copy: same,
  cos: tf.cos,
  cosh: tf.cosh,
  deg2rad: (x) => tf.mul(x, Math.PI / 180),
  dawsn: withoutNumbers,
  digamma: withoutNumbers,
  erf: tf.erf,
  erfc: (x) => tf.sub(1, tf.erf(x)),
  erfcinv: withoutNumbers,
  erfinv: withoutNumbers,
  exp: tf.exp,
  exp2: (x) => tf.exp(tf.mul(x, Math.LN2)),
  expm1: tf.expm1,
  floor: tf.floor,
  i0: withoutNumbers,
  identity: same,
  imag: imaginary,
  isfinite: tf.isFinite,
  isinf: tf.isInf,
  isnan: tf.isNaN,
  isneginf: (x) => tf.logicalAnd(tf.isInf(x), tf.less(x, 0)),
  isposinf: (x) => tf.logicalAnd(tf.isInf(x), tf.greater(x, 0)),
  isreal: (x) => tf.equal(imaginary(x), 0),
  lgamma: withoutNumbers,
  log: tf.log,
  log10: (x) => tf.div(tf.log(x), Math.LN10),
  log1p: tf.log1p,
  log2: (x) => tf.div(tf.log(x), Math.LN2),
  logical_not: (x) => tf.logicalNot(tf.cast(x, "bool")),
  ndtri: withoutNumbers,
  negative: tf.neg,
  rad2deg: (x) => tf.mul(x, 180 / Math.PI),
  real,
  reciprocal: tf.reciprocal,
  reciprocal_no_nan: (x) => tf.div(tf.cast(tf.notEqual(x, 0), "float32"), tf.add(x, tf.cast(tf.equal(x, 0), "float32"))),
  rint: tf.round,
  rsqrt: tf.rsqrt,
  sigmoid: tf.sigmoid,
  sign: tf.sign,
  signbit: (x) => tf.less(x, 0),
  sin: tf.sin,
  sinc,
  sinh: tf.sinh,
  sqrt: tf.sqrt,
  square: tf.square,
  stop_gradient: same,
  tan: tf.tan,
  tanh: tf.tanh,
  trunc: (x) => tf.mul(tf.sign(x), tf.floor(tf.abs(x))),
};

const likeInput: OperationRow["declare"] = ({ x }) => declaredShapeOf(x);

/** In Python 5.5 and 4.5 are rounded to even numbers, in tfjs as well. */
const round = operation(
  "x decimals",
  ({ x, decimals }) => {
    const scale = 10 ** numberArgument(decimals, 0);
    return scale === 1 ? tf.round(tensorOf(x)) : tf.div(tf.round(tf.mul(tensorOf(x), scale)), scale);
  },
  likeInput,
);

/** A tensor of the same shape, of the dtype that is asked for. */
const alike = (make: Unary): OperationRow =>
  operation(`${PARAMETERS} dtype`, ({ x, dtype }) => tf.cast(make(tensorOf(x)), dtypeArgument(dtype, tensorOf(x).dtype)), likeInput);

/** Functions of one tensor, element by element, by the name that Keras's `ops` or TensorFlow gives them. */
export const UNARIES: { [name: string]: OperationRow } = {
  ...Object.fromEntries(Object.entries(UNARY).map(([name, run]) => [name, unary(run)])),
  round,
  empty_like: alike(tf.zerosLike),
  ones_like: alike(tf.onesLike),
  zeros_like: alike(tf.zerosLike),
  nan_to_num: operation("x nan posinf neginf", ({ x, nan }) => withoutNaN(tensorOf(x), numberArgument(nan, 0)), likeInput),
  full_like: operation(
    "x fill_value",
    ({ x, fill_value: value }) => tf.add(tf.zerosLike(tensorOf(x)), tensorOf(value, tensorOf(x).dtype)),
    likeInput,
  ),
  saturate_cast: operation(`${PARAMETERS} dtype`, ({ x, dtype }) => tf.cast(tensorOf(x), dtypeArgument(dtype, "float32")), likeInput),
  add_n: operation("inputs", ({ inputs }) => tensorsOf(inputs).reduce((sum, one) => tf.add(sum, one))),
};
