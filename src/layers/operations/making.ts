import * as tf from "@tensorflow/tfjs-core";
import { requireFewParts } from "../config";
import { type Named, type OperationRow, operation } from "../operation";
import { broadcastTo } from "../stretching";
import { steps } from "./axes";
import { integerArgument, isNone, numberArgument, sizesOf, tensorOf } from "./values";

type Line = (start: tf.Tensor, stop: tf.Tensor, share: number) => tf.Tensor;

const straight: Line = (start, stop, share) => tf.add(start, tf.mul(tf.sub(stop, start), share));

/** So many steps from one tensor to the other, along a new axis. */
const stepping = (line: (named: Named) => Line): OperationRow =>
  operation("start stop num endpoint base axis", (named) => {
    const count = integerArgument(named["num"], 50);
    requireFewParts(count);
    const last = named["endpoint"] === false ? count : Math.max(count - 1, 1);
    const [start, stop] = [tensorOf(named["start"]), tensorOf(named["stop"])];
    const tensors = steps(count).map((index) => line(named)(start, stop, index / last));
    const rank = (tensors[0] as tf.Tensor).rank;
    const axis = integerArgument(named["axis"], 0);
    return tf.stack(tensors, axis < 0 ? axis + rank + 1 : axis);
  });

/** Columns of powers, the highest first unless they increase. */
const vander = operation("x N increasing", ({ x: given, N, increasing }) => {
  const x = tensorOf(given);
  const count = integerArgument(N, x.size);
  requireFewParts(count);
  const powers = steps(count).map((power) => tf.pow(x, increasing === true ? power : count - 1 - power));
  return tf.stack(powers, -1 + x.rank + 1);
});

const oneHot = (value: tf.Tensor, depth: number, axis: number): tf.Tensor => {
  const last = tf.oneHot(tf.cast(value, "int32"), depth, 1, 0, "float32");
  if (axis < 0 || axis >= value.rank) return last;
  const order = steps(value.rank);
  order.splice(axis, 0, value.rank);
  return tf.transpose(last, order);
};

/** What makes tensors of sizes that it is told, and codes of whole numbers. */
export const MAKING: { [name: string]: OperationRow } = {
  linspace: stepping(() => straight),
  logspace: stepping(
    ({ base }) =>
      (start, stop, share) =>
        tf.pow(numberArgument(base, 10), straight(start, stop, share)),
  ),
  geomspace: stepping(() => (start, stop, share) => tf.exp(straight(tf.log(start), tf.log(stop), share))),
  vander,
  full: operation("fill_value|value shape|dims", ({ fill_value: value, shape }) => broadcastTo(tensorOf(value), sizesOf(shape))),
  zeros: operation("shape", ({ shape }) => tf.zeros(sizesOf(shape))),
  ones: operation("shape", ({ shape }) => tf.ones(sizesOf(shape))),
  arange: operation("start stop|limit step|delta", ({ start, stop, step }) => {
    const [from, to] = isNone(stop) ? [0, numberArgument(start, 0)] : [numberArgument(start, 0), numberArgument(stop, 0)];
    return tf.range(from, to, numberArgument(step, 1), "int32");
  }),
  one_hot: operation("x|indices num_classes|depth axis", ({ x, num_classes: count, axis }) =>
    oneHot(tensorOf(x, "int32"), integerArgument(count, 1), integerArgument(axis, -1)),
  ),
  multi_hot: operation("inputs num_classes axis", ({ inputs, num_classes: count, axis }) => {
    const x = tensorOf(inputs, "int32");
    return tf.max(oneHot(x, integerArgument(count, 1), integerArgument(axis, -1)), x.rank > 1 ? 1 : 0);
  }),
};
