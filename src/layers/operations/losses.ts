import * as tf from "@tensorflow/tfjs-core";
import { formatShape } from "../../model";
import { broadcastShapes } from "../broadcast-shapes";
import { frontAxis } from "../config";
import { type OperationRow, operation } from "../operation";
import { shapeOnly } from "../shape-only";
import { alongLast } from "./axes";
import { declaredShapeOf, integerArgument, tensorOf } from "./values";

/** @throws Error where the two differ */
function requireSame(a: tf.Tensor, b: tf.Tensor): void {
  if (a.shape.join() !== b.shape.join())
    throw new Error(`the target has ${formatShape(a.shape)}, the output ${formatShape(b.shape)}: they must be the same`);
}

const BOTH = "target|labels output|logits from_logits axis";

const logSigmoids = (x: tf.Tensor, target: tf.Tensor): tf.Tensor =>
  tf.add(tf.sub(tf.relu(x), tf.mul(x, target)), tf.log1p(tf.exp(tf.neg(tf.abs(x)))));

/** The numbers are probabilities, or what a sigmoid makes them of. */
const binary = operation(
  BOTH,
  (named) => {
    const [target, output] = [tensorOf(named["target"]), tensorOf(named["output"])];
    requireSame(target, output);
    if (named["from_logits"] === true) return logSigmoids(output, target);
    const [yes, no] = [tf.log(output), tf.log(tf.sub(1, output))];
    return tf.neg(tf.add(tf.mul(target, yes), tf.mul(tf.sub(1, target), no)));
  },
  ({ output }) => declaredShapeOf(output),
);

const logs = (output: tf.Tensor, isLogits: boolean): tf.Tensor =>
  isLogits ? tf.logSoftmax(output) : tf.log(tf.div(output, tf.sum(output, -1, true)));

const categorical = operation(
  BOTH,
  (named) => {
    const [target, output] = [tensorOf(named["target"]), tensorOf(named["output"])];
    requireSame(target, output);
    const axis = integerArgument(named["axis"], -1);
    const surprise = alongLast(output, axis, (last) => logs(last, named["from_logits"] === true));
    return tf.neg(tf.sum(tf.mul(target, surprise), frontAxis(axis, output.rank)));
  },
  ({ output }) => declaredShapeOf(output).slice(0, -1),
);

/** The target names the class. */
const sparse = operation(BOTH, (named) => {
  const [given, output] = [tensorOf(named["target"], "int32"), tensorOf(named["output"])];
  const target = given.rank === output.rank && given.shape.at(-1) === 1 ? tf.squeeze(given, [given.rank - 1]) : given;
  const rest = output.shape.slice(0, -1);
  if (target.shape.join() !== rest.join())
    throw new Error(`expected a target of ${formatShape(rest)} for ${formatShape(output.shape)}, got ${formatShape(given.shape)}`);
  const classes = tf.oneHot(tf.cast(target, "int32"), output.shape.at(-1) as number);
  return tf.neg(tf.sum(tf.mul(tf.cast(classes, "float32"), logs(output, named["from_logits"] === true)), -1));
});

/** @throws Error where the batches differ */
function requireSameBatch(tensors: tf.Tensor[]): number {
  const [first = 0, ...others] = tensors.map(({ shape }) => shape[0] as number);
  const other = others.find((size) => size !== first);
  if (other !== undefined) throw new Error(`the tensors are of batches of ${first} and ${other}`);
  return first;
}

const ctcLoss = operation("target output target_length output_length", (named) => {
  const tensors = ["target", "output", "target_length", "output_length"].map((name) => tensorOf(named[name]));
  return shapeOnly(tensors, [requireSameBatch(tensors)]);
});

const ctcDecode = operation("inputs sequence_lengths strategy beam_width top_paths", (named) => {
  const [inputs, lengths] = [tensorOf(named["inputs"]), tensorOf(named["sequence_lengths"])];
  const paths = named["strategy"] === "beam_search" ? integerArgument(named["top_paths"], 1) : 1;
  const [batch = 0, length = 0] = inputs.shape;
  return [shapeOnly([inputs, lengths], [paths, batch, length], "int32"), shapeOnly([inputs], [batch, paths])];
});

/** In decibels, over everything. */
const psnr = operation(
  "x1 x2 max_val",
  ({ x1, x2 }) => {
    const error = tf.mean(tf.squaredDifference(tensorOf(x1), tensorOf(x2)));
    return tf.div(tf.mul(tf.log(error), -10), Math.LN10);
  },
  ({ x1, x2 }) => broadcastShapes(declaredShapeOf(x1), declaredShapeOf(x2)).slice(0, 0),
);

export const LOSSES: { [name: string]: OperationRow } = {
  binary_crossentropy: binary,
  categorical_crossentropy: categorical,
  sparse_categorical_crossentropy: sparse,
  ctc_loss: ctcLoss,
  ctc_decode: ctcDecode,
  psnr,
};
