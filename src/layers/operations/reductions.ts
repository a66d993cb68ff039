import * as tf from "@tensorflow/tfjs-core";
import type { Named, OperationRow } from "../operation";
import { axesArgument, integerArgument, tensorOf } from "./values";

type Reduce = (x: tf.Tensor, axes: number[], keep: boolean) => tf.Tensor;

/** TensorFlow says `input_tensor` and `keepdims` (once `keep_dims`), Keras `x`. */
const input = (named: Named): tf.Tensor => tensorOf(named["x"] ?? named["input_tensor"] ?? named["input"] ?? named["tensor"]);

const axesOf = (named: Named, rank: number): number[] => {
  const axes =
    axesArgument(named["axis"] ?? named["axes"] ?? named["reduction_indices"]) ?? Array.from({ length: rank }, (_, axis) => axis);
  return axes.map((axis) => (axis < 0 ? axis + rank : axis));
};

const keeps = (named: Named): boolean => (named["keepdims"] ?? named["keep_dims"]) === true;

const reduction = (reduce: Reduce): OperationRow => ({
  parameters: ["x", "axis", "keepdims"],
  run: (named) => {
    const x = input(named);
    return reduce(x, axesOf(named, x.rank), keeps(named));
  },
});

const variance: Reduce = (x, axes, keep) => tf.mean(tf.square(tf.sub(x, tf.mean(x, axes, true))), axes, keep);

const REDUCTIONS: { [name: string]: Reduce } = {
  mean: (x, axes, keep) => tf.mean(x, axes, keep),
  sum: (x, axes, keep) => tf.sum(x, axes, keep),
  max: (x, axes, keep) => tf.max(x, axes, keep),
  min: (x, axes, keep) => tf.min(x, axes, keep),
  prod: (x, axes, keep) => tf.prod(x, axes, keep),
  any: (x, axes, keep) => tf.any(tf.cast(x, "bool"), axes, keep),
  all: (x, axes, keep) => tf.all(tf.cast(x, "bool"), axes, keep),
  logsumexp: (x, axes, keep) => tf.logSumExp(x, axes, keep),
  var: variance,
  std: (x, axes, keep) => tf.sqrt(variance(x, axes, keep)),
  norm: (x, axes, keep) => tf.sqrt(tf.sum(tf.square(x), axes, keep)),
};

const index = (find: (x: tf.Tensor, axis: number) => tf.Tensor): OperationRow => ({
  parameters: ["x", "axis", "keepdims"],
  run: (named) => {
    const x = input(named);
    const isFlat = named["axis"] === null || named["axis"] === undefined;
    const axis = integerArgument(named["axis"], 0);
    const found = find(isFlat && "keepdims" in named ? tf.reshape(x, [-1]) : x, axis);
    return keeps(named) ? tf.expandDims(found, axis) : found;
  },
});

const cumulative = (run: (x: tf.Tensor, axis: number) => tf.Tensor): OperationRow => ({
  parameters: ["x", "axis"],
  run: (named) => {
    const x = input(named);
    // NumPy's cumsum, and so Keras 3's, flattens where no axis is given; TensorFlow's takes the first.
    const isFlat = named["axis"] === null;
    return run(isFlat ? tf.reshape(x, [-1]) : x, integerArgument(named["axis"], 0));
  },
});

const moments: OperationRow = {
  parameters: ["x", "axes", "shift", "keepdims"],
  run: (named) => {
    const x = input(named);
    const axes = axesOf(named, x.rank);
    return [tf.mean(x, axes, keeps(named)), variance(x, axes, keeps(named))];
  },
};

/** To length 1 along an axis. */
const normalize: OperationRow = {
  parameters: ["x", "axis", "epsilon"],
  run: (named) => {
    const x = input(named);
    const axes = axesOf(named["axis"] === undefined ? { ...named, axis: -1 } : named, x.rank);
    return tf.mul(x, tf.rsqrt(tf.maximum(tf.sum(tf.square(x), axes, true), 1e-12)));
  },
};

export const REDUCING: { [name: string]: OperationRow } = {
  ...Object.fromEntries(Object.entries(REDUCTIONS).map(([name, reduce]) => [name, reduction(reduce)])),
  argmax: index((x, axis) => tf.argMax(x, axis)),
  argmin: index((x, axis) => tf.argMin(x, axis)),
  cumsum: cumulative((x, axis) => tf.cumsum(x, axis)),
  cumprod: cumulative((x, axis) => tf.cumprod(x, axis)),
  moments,
  normalize,
};
