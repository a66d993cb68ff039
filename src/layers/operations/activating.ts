import * as tf from "@tensorflow/tfjs-core";
import { ACTIVATION_NAMES, activationOf } from "../activations";
import { type OperationRow, operation } from "../operation";
import { allAxes, alongLast, mergedLast, steps } from "./axes";
import { axesArgument, declaredShapeOf, isNone, numberArgument, tensorOf } from "./values";

const PARAMETERS = "x|features|logits|input";
const likeInput: OperationRow["declare"] = ({ x }) => declaredShapeOf(x);

/** Along one axis, several as if they were one, or all. */
function normalized(x: tf.Tensor, axis: number[] | null, last: (x: tf.Tensor) => tf.Tensor): tf.Tensor {
  const axes = (axis ?? allAxes(x.rank)).map((one) => (one < 0 ? one + x.rank : one));
  if (axes.length === 1) return alongLast(x, axes[0] as number, last);
  const order = [...allAxes(x.rank).filter((one) => !axes.includes(one)), ...axes];
  const moved = tf.transpose(x, order);
  const result = tf.reshape(last(mergedLast(x, axes)), moved.shape);
  return tf.transpose(
    result,
    allAxes(x.rank).map((one) => order.indexOf(one)),
  );
}

const along = (last: (x: tf.Tensor) => tf.Tensor): OperationRow =>
  operation(
    `${PARAMETERS} axis|dim`,
    ({ x, axis }) => normalized(tensorOf(x), axis === null ? null : (axesArgument(axis) ?? [-1]), last),
    likeInput,
  );

/** To the nearest point of the simplex. @see Martins & Astudillo 2016, algorithm 1 */
function sparsemax(x: tf.Tensor): tf.Tensor {
  const size = x.shape.at(-1) as number;
  const sorted = tf.topk(x, size, true).values;
  const counts = tf.tensor1d(steps(size, 1, 1));
  const sums = tf.cumsum(sorted, x.rank - 1);
  const isSupport = tf.cast(tf.greater(tf.add(tf.mul(sorted, counts), 1), sums), "float32");
  // Keras 3 adds up all partial sums of the support, where the paper has the last one.
  const threshold = tf.div(tf.sub(tf.sum(tf.mul(sums, isSupport), -1, true), 1), tf.sum(isSupport, -1, true));
  return tf.relu(tf.sub(x, threshold));
}

const keepWhere = (x: tf.Tensor, holds: tf.Tensor, otherwise: number): tf.Tensor =>
  tf.add(tf.mul(x, tf.cast(holds, "float32")), tf.mul(tf.cast(tf.logicalNot(holds), "float32"), otherwise));

/** A row with a number that shapes the function, 0.5 for example. */
const shaped = (parameter: string, fallback: number, run: (x: tf.Tensor, value: number) => tf.Tensor): OperationRow =>
  operation(
    `${PARAMETERS} value|${parameter}`,
    ({ x, value }) => run(tensorOf(x), isNone(value) ? fallback : numberArgument(value, fallback)),
    likeInput,
  );

const plain = (name: string): OperationRow => operation(PARAMETERS, ({ x }) => activationOf(name, 3).apply(tensorOf(x)), likeInput);

/** Activations as functions (`nn.relu`, `Silu`), with the arguments that activations by name do not have. */
export const ACTIVATING: { [name: string]: OperationRow } = {
  ...Object.fromEntries(ACTIVATION_NAMES.map((name) => [name, plain(name)])),
  softmax: along(tf.softmax),
  log_softmax: along(tf.logSoftmax),
  sparsemax: along(sparsemax),
  glu: operation(`${PARAMETERS} axis`, ({ x, axis }) =>
    alongLast(tensorOf(x), numberArgument(axis, -1), (last) => activationOf("glu", 3).apply(last)),
  ),
  leaky_relu: shaped("negative_slope|alpha", 0.2, (x, slope) => tf.leakyRelu(x, slope)),
  elu: shaped("alpha", 1, (x, alpha) => tf.add(tf.relu(x), tf.mul(tf.expm1(tf.minimum(x, 0)), alpha))),
  celu: shaped("alpha", 1, (x, alpha) => tf.add(tf.relu(x), tf.mul(tf.expm1(tf.div(tf.minimum(x, 0), alpha)), alpha))),
  hard_shrink: shaped("threshold", 0.5, (x, threshold) => keepWhere(x, tf.greater(tf.abs(x), threshold), 0)),
  soft_shrink: shaped("threshold", 0.5, (x, threshold) => tf.mul(tf.sign(x), tf.relu(tf.sub(tf.abs(x), threshold)))),
  squareplus: shaped("b", 4, (x, b) => tf.mul(tf.add(x, tf.sqrt(tf.add(tf.square(x), b))), 0.5)),
  threshold: operation(
    `${PARAMETERS} threshold default_value`,
    ({ x, threshold, default_value: otherwise }) =>
      keepWhere(tensorOf(x), tf.greater(tensorOf(x), numberArgument(threshold, 0)), numberArgument(otherwise, 0)),
    likeInput,
  ),
};
