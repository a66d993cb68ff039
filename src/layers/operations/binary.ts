import * as tf from "@tensorflow/tfjs-core";
import { broadcastShapes } from "../broadcast-shapes";
import { type OperationRow, operation } from "../operation";
import { shapeOnly } from "../shape-only";
import { select } from "../stretching";
import { declaredShapeOf, numberArgument, tensorOf } from "./values";

type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

/** Names of the two parameters: `x` and `y` nearly everywhere, in Keras 3 `x1` and `x2`. */
const PARAMETERS = "x|x1|a|numerator|abs_|logits y|x2|b|denominator|angle|labels";

const binary = (run: Binary): OperationRow =>
  operation(
    PARAMETERS,
    ({ x, y }) => {
      const dtype = x instanceof tf.Tensor ? x.dtype : y instanceof tf.Tensor ? y.dtype : "float32";
      return run(tensorOf(x, dtype), tensorOf(y, dtype));
    },
    ({ x, y }) => broadcastShapes(declaredShapeOf(x), declaredShapeOf(y)),
  );

const asBool = (x: tf.Tensor): tf.Tensor => tf.cast(x, "bool");
const isTrue = (x: tf.Tensor): tf.Tensor => tf.cast(x, "float32");

/** tfjs has no such operation: the stretching is that of a sum, and nobody has the numbers. */
const withoutNumbers: Binary = (a, b) => {
  const sum = tf.add(a, b);
  return shapeOnly([sum], sum.shape, a.dtype);
};

const divideNoNan: Binary = (a, b) => {
  const isZero = tf.equal(b, 0);
  return tf.div(tf.mul(a, isTrue(tf.logicalNot(isZero))), tf.add(b, isTrue(isZero)));
};

const logAddExp: Binary = (a, b) => tf.add(tf.maximum(a, b), tf.log1p(tf.exp(tf.neg(tf.abs(tf.sub(a, b))))));
const logAddExp2: Binary = (a, b) => tf.div(logAddExp(tf.mul(a, Math.LN2), tf.mul(b, Math.LN2)), Math.LN2);

const twoTo = (x: tf.Tensor): tf.Tensor => tf.exp(tf.mul(tf.cast(x, "float32"), Math.LN2));
/** tfjs's function asks for the same shapes, which its kernel does not. */
const and: Binary = (a, b) => tf.engine().runKernel("BitwiseAnd", { a, b });

/** Each bit of a sum is that of either, but for those that both have. */
const without = (a: tf.Tensor, b: tf.Tensor, shared: number): tf.Tensor =>
  tf.sub(tf.add(a, b), tf.mul(and(a, b), tf.scalar(shared, "int32")));

const ldexp: Binary = (a, b) => {
  if (b.dtype !== "int32") throw new Error(`its exponents must be whole numbers, got ${b.dtype}`);
  return tf.mul(a, twoTo(b));
};

const BINARY: { [name: string]: Binary } = {
  add: (a, b) => tf.add(a, b),
  subtract: (a, b) => tf.sub(a, b),
  multiply: (a, b) => tf.mul(a, b),
  truediv: (a, b) => tf.div(tf.cast(a, "float32"), tf.cast(b, "float32")),
  floordiv: (a, b) => tf.floorDiv(a, b),
  divide_no_nan: divideNoNan,
  multiply_no_nan: (a, b) => tf.mul(a, b),
  mod: (a, b) => tf.mod(a, b),
  fmod: (a, b) => tf.mul(tf.sign(a), tf.mod(tf.abs(a), tf.abs(b))),
  pow: (a, b) => tf.pow(a, b),
  maximum: (a, b) => tf.maximum(a, b),
  minimum: (a, b) => tf.minimum(a, b),
  squared_difference: (a, b) => tf.squaredDifference(a, b),
  atan2: (a, b) => tf.atan2(a, b),
  hypot: (a, b) => tf.sqrt(tf.add(tf.square(a), tf.square(b))),
  ldexp,
  heaviside: (a, b) => tf.add(tf.cast(tf.greater(a, 0), "float32"), tf.mul(tf.cast(tf.equal(a, 0), "float32"), b)),
  logaddexp: logAddExp,
  logaddexp2: logAddExp2,
  nextafter: withoutNumbers,
  xlogy: (a, b) => tf.mul(a, tf.log(b)),
  xlog1py: (a, b) => tf.mul(a, tf.log1p(b)),
  xdivy: divideNoNan,
  greater: (a, b) => tf.greater(a, b),
  greater_equal: (a, b) => tf.greaterEqual(a, b),
  less: (a, b) => tf.less(a, b),
  less_equal: (a, b) => tf.lessEqual(a, b),
  equal: (a, b) => tf.equal(a, b),
  not_equal: (a, b) => tf.notEqual(a, b),
  logical_and: (a, b) => tf.logicalAnd(asBool(a), asBool(b)),
  logical_or: (a, b) => tf.logicalOr(asBool(a), asBool(b)),
  logical_xor: (a, b) => tf.logicalXor(asBool(a), asBool(b)),
  bitwise_and: and,
  bitwise_or: (a, b) => without(a, b, 1),
  bitwise_xor: (a, b) => without(a, b, 2),
  left_shift: (a, b) => tf.mul(a, tf.cast(tf.round(twoTo(b)), "int32")),
  right_shift: (a, b) => tf.floorDiv(a, tf.cast(tf.round(twoTo(b)), "int32")),
  gcd: withoutNumbers,
  lcm: withoutNumbers,
  polar: (a, b) => tf.complex(tf.mul(a, tf.cos(b)), tf.mul(a, tf.sin(b))),
};

function areClose(a: tf.Tensor, b: tf.Tensor, relative: number, absolute: number): tf.Tensor {
  return tf.lessEqual(tf.abs(tf.sub(a, b)), tf.add(tf.mul(tf.abs(b), relative), absolute));
}

const CLOSE = `${PARAMETERS} rtol atol`;

/** The two operands of a choice may be lists of tensors. */
const choose: OperationRow = operation("condlist choicelist default", ({ condlist, choicelist, default: otherwise }) => {
  const choices = (Array.isArray(choicelist) ? choicelist : [choicelist]).map((choice) => tensorOf(choice));
  const conditions = (Array.isArray(condlist) ? condlist : [condlist]).map((condition) => asBool(tensorOf(condition)));
  return choices.reduceRight((rest, choice, index) => select(conditions[index] as tf.Tensor, choice, rest), tensorOf(otherwise ?? 0));
});

/** Functions of two tensors, element by element, by the name that Keras's `ops` or Python's operators give them. */
export const BINARIES: { [name: string]: OperationRow } = {
  ...Object.fromEntries(Object.entries(BINARY).map(([name, run]) => [name, binary(run)])),
  isclose: operation(
    CLOSE,
    ({ x, y, rtol, atol }) => areClose(tensorOf(x), tensorOf(y), numberArgument(rtol, 1e-5), numberArgument(atol, 1e-8)),
    ({ x, y }) => broadcastShapes(declaredShapeOf(x), declaredShapeOf(y)),
  ),
  allclose: operation(CLOSE, ({ x, y, rtol, atol }) =>
    tf.all(areClose(tensorOf(x), tensorOf(y), numberArgument(rtol, 1e-5), numberArgument(atol, 1e-8))),
  ),
  select: choose,
};
