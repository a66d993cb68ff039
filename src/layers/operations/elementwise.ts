import * as tf from "@tensorflow/tfjs-core";
import { broadcastShapes } from "../broadcast-shapes";
import type { OperationRow } from "../operation";
import { declaredShapeOf, tensorOf } from "./values";

type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;
type Unary = (x: tf.Tensor) => tf.Tensor;

/** Names of the two parameters: `x` and `y` nearly everywhere, in Keras 3 `x1` and `x2`. */
const binary = (run: Binary): OperationRow => ({
  parameters: ["x", "y"],
  run: (named) => {
    const left = named["x"] ?? named["x1"] ?? named["a"];
    const right = named["y"] ?? named["x2"] ?? named["b"];
    const dtype = left instanceof tf.Tensor ? left.dtype : right instanceof tf.Tensor ? right.dtype : "float32";
    return run(tensorOf(left, dtype), tensorOf(right, dtype));
  },
  declare: (named) =>
    broadcastShapes(declaredShapeOf(named["x"] ?? named["x1"] ?? named["a"]), declaredShapeOf(named["y"] ?? named["x2"] ?? named["b"])),
});

const unary = (run: Unary): OperationRow => ({
  parameters: ["x"],
  run: (named) => run(tensorOf(named["x"] ?? named["input"] ?? named["features"])),
  declare: (named) => declaredShapeOf(named["x"] ?? named["input"] ?? named["features"]),
});

const BINARY: { [name: string]: Binary } = {
  add: (a, b) => tf.add(a, b),
  subtract: (a, b) => tf.sub(a, b),
  multiply: (a, b) => tf.mul(a, b),
  truediv: (a, b) => tf.div(tf.cast(a, "float32"), tf.cast(b, "float32")),
  floordiv: (a, b) => tf.floorDiv(a, b),
  mod: (a, b) => tf.mod(a, b),
  pow: (a, b) => tf.pow(a, b),
  maximum: (a, b) => tf.maximum(a, b),
  minimum: (a, b) => tf.minimum(a, b),
  squared_difference: (a, b) => tf.squaredDifference(a, b),
  atan2: (a, b) => tf.atan2(a, b),
  greater: (a, b) => tf.greater(a, b),
  greater_equal: (a, b) => tf.greaterEqual(a, b),
  less: (a, b) => tf.less(a, b),
  less_equal: (a, b) => tf.lessEqual(a, b),
  equal: (a, b) => tf.equal(a, b),
  not_equal: (a, b) => tf.notEqual(a, b),
  logical_and: (a, b) => tf.logicalAnd(tf.cast(a, "bool"), tf.cast(b, "bool")),
  logical_or: (a, b) => tf.logicalOr(tf.cast(a, "bool"), tf.cast(b, "bool")),
  logical_xor: (a, b) => tf.logicalXor(tf.cast(a, "bool"), tf.cast(b, "bool")),
};

const UNARY: { [name: string]: Unary } = {
  abs: tf.abs,
  acos: tf.acos,
  asin: tf.asin,
  atan: tf.atan,
  ceil: tf.ceil,
  cos: tf.cos,
  cosh: tf.cosh,
  erf: tf.erf,
  exp: tf.exp,
  expm1: tf.expm1,
  floor: tf.floor,
  log: tf.log,
  log1p: tf.log1p,
  logical_not: (x) => tf.logicalNot(tf.cast(x, "bool")),
  negative: tf.neg,
  reciprocal: tf.reciprocal,
  round: tf.round,
  rsqrt: tf.rsqrt,
  sigmoid: tf.sigmoid,
  sign: tf.sign,
  sin: tf.sin,
  sinh: tf.sinh,
  sqrt: tf.sqrt,
  square: tf.square,
  tan: tf.tan,
  tanh: tf.tanh,
  isnan: tf.isNaN,
  isfinite: tf.isFinite,
  isinf: tf.isInf,
  ones_like: tf.onesLike,
  zeros_like: tf.zerosLike,
  stop_gradient: (x) => x,
  identity: (x) => x,
};

const addAll: OperationRow = {
  parameters: ["inputs"],
  run: ({ inputs }) => (Array.isArray(inputs) ? inputs : [inputs]).map((one) => tensorOf(one)).reduce((sum, one) => tf.add(sum, one)),
};

const rows = <T>(table: { [name: string]: T }, make: (run: T) => OperationRow): { [name: string]: OperationRow } =>
  Object.fromEntries(Object.entries(table).map(([name, run]) => [name, make(run)]));

/** By the name that Keras's `ops` give the function. */
export const ELEMENTWISE: { [name: string]: OperationRow } = { ...rows(BINARY, binary), ...rows(UNARY, unary), add_n: addAll };
