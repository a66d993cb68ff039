import * as tf from "@tensorflow/tfjs-core";
import { formatShape, type Shape } from "../../model";
import { addAsKeras3 } from "../bias-add";
import { broadcastShapes } from "../broadcast-shapes";
import { axesOf, boolean, frontAxis, integer, number } from "../config";
import { type Definition, define } from "../define";
import type { LayerTable } from "../row";

type Combine = (a: tf.Tensor, b: tf.Tensor, kerasMajor: 2 | 3) => tf.Tensor;

const add: Combine = (a, b, kerasMajor) => (kerasMajor === 3 ? addAsKeras3(a, b) : tf.add(a, b));

/** Tensors of fewer axes get axes of 1 behind the batch, as Keras does it. */
function alignRanks(tensors: tf.Tensor[]): tf.Tensor[] {
  const rank = Math.max(...tensors.map((tensor) => tensor.rank));
  return tensors.map((tensor) => (tensor.rank === rank ? tensor : tf.reshape(tensor, alignShape(tensor.shape, rank) as number[])));
}

function alignShape(shape: Shape, rank: number): Shape {
  return [...shape.slice(0, 1), ...Array(rank - shape.length).fill(1), ...shape.slice(1)];
}

/** Keras 3 declares an axis open where one of the two is, tf_keras traces and knows what it will be stretched to. */
function declareMerged(inputs: Shape[], isTraced: boolean): Shape {
  const rank = Math.max(...inputs.map((shape) => shape.length));
  const shapes = inputs.map((shape) => (shape.length === 0 ? shape : alignShape(shape, rank)).slice(1));
  const merged = shapes.reduce((a, b) => {
    const met = broadcastShapes(a, b);
    return isTraced ? met : met.map((size, axis) => (a[axis] === null || b[axis] === null ? null : size));
  });
  const batches = new Set(inputs.map(([batch]) => batch ?? null).filter((batch) => batch !== null && batch !== 1));
  if (batches.size > 1) throw new Error(`its inputs have the batch sizes ${[...batches].join(" and ")}`);
  const [batch = null] = batches;
  return [batch, ...merged];
}

const sumAsIs = (sum: tf.Tensor): tf.Tensor => sum;

/** What Keras 3 makes of tensors with these masks. */
type MaskedMerge = (tensors: tf.Tensor[], masks: (tf.Tensor | null)[]) => tf.Tensor;

/** A mask as conditions on the values of its tensor. */
const countsIn = (x: tf.Tensor, mask: tf.Tensor): tf.Tensor => tf.greater(tf.add(tf.zerosLike(x), tf.expandDims(mask, -1)), 0);

/** Values that do not count are ones; where none counts the product is 0. */
const multiplyMasked: MaskedMerge = (tensors, masks) => {
  const values = tensors.map((x, index) => (masks[index] ? tf.where(countsIn(x, masks[index]), x, tf.onesLike(x)) : x));
  const product = values.reduce((a, b) => tf.mul(a, b));
  if (masks.includes(null)) return product;
  const any = (masks as tf.Tensor[]).reduce((a, b) => tf.maximum(a, b));
  return tf.where(countsIn(product, any), product, tf.zerosLike(product));
};

/** A value that does not count is taken from the other tensor. @see Keras `_apply_merge_op_and_or_mask` */
const chooseMasked =
  (choose: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): MaskedMerge =>
  ([first, ...others], [firstMask = null, ...otherMasks]) => {
    let [output, mask] = [first as tf.Tensor, firstMask];
    others.forEach((x, index) => {
      const own = otherMasks[index] ?? null;
      const value = own ? tf.where(countsIn(x, own), x, output) : x;
      const before = mask ? tf.where(countsIn(output, mask), output, value) : output;
      mask = own && mask ? tf.maximum(own, mask) : null;
      output = choose(before, value);
    });
    return output;
  };

const merging = (
  combine: Combine,
  finish: (sum: tf.Tensor, count: number) => tf.Tensor = sumAsIs,
  masked: MaskedMerge | null = null,
): Definition<{ kerasMajor: 2 | 3; alignsRanks: boolean }> => ({
  options: (_, { kerasMajor }) => ({ kerasMajor, alignsRanks: true }),
  weights: (options, _, inputs) => {
    // Settled once, when the layer is built: tensors that came with as many axes are merged as they are for ever.
    options.alignsRanks = new Set(inputs.map(({ length }) => length)).size > 1;
    return [];
  },
  declare: ({ kerasMajor }, _, inputs) => declareMerged(inputs, kerasMajor === 2),
  run: ({ kerasMajor, alignsRanks }, _, __, { tensors, masks }) => {
    const aligned = alignsRanks ? alignRanks(tensors) : tensors;
    const maskOfEach = masks && masked && kerasMajor === 3 ? aligned.map((tensor) => masks.of(tensor)) : [];
    if (masked && maskOfEach.some((mask) => mask !== null)) return masked(aligned, maskOfEach);
    return finish(
      aligned.reduce((a, b) => combine(a, b, kerasMajor)),
      tensors.length,
    );
  },
});

function declareConcatenated(axis: number, inputs: Shape[]): Shape {
  const first = inputs[0] ?? [];
  const along = frontAxis(axis, first.length);
  for (const shape of inputs) requireSameBeside(along, first, shape);
  const sizes = inputs.map((shape) => shape[along] ?? null);
  const total = sizes.reduce<number | null>((sum, size) => (sum === null || size === null ? null : sum + size), 0);
  return first.map((size, index) => (index === along ? total : (size ?? inputs.find((shape) => shape[index] !== null)?.[index] ?? null)));
}

function requireSameBeside(along: number, a: Shape, b: Shape): void {
  const agrees = a.length === b.length && a.every((size, axis) => axis === along || size === null || b[axis] === null || size === b[axis]);
  if (!agrees) throw new Error(`shapes ${formatShape(a)} and ${formatShape(b)} differ elsewhere than along axis ${along}`);
}

const concatenate: Definition<{ axis: number }> = {
  options: (config) => ({ axis: integer(config, "axis", -1) }),
  declare: ({ axis }, _, inputs) => declareConcatenated(axis, inputs),
  run: ({ axis }, x, _, { tensors }) => {
    const along = frontAxis(axis, x.rank);
    for (const tensor of tensors) requireSameBeside(along, x.shape, tensor.shape);
    return tf.concat(tensors, along);
  },
};

interface DotOptions {
  axes: number[];
  isNormalized: boolean;
}

const dotAxes = (axes: number[], ranks: number[]): [number, number] =>
  [0, 1].map((index) => frontAxis((axes.length === 1 ? axes[0] : axes[index]) as number, ranks[index] as number)) as [number, number];

/** Products along one axis of each, batch by batch. @see Keras `batch_dot` */
const dot: Definition<DotOptions> = {
  options: (config) => ({ axes: axesOf(config, "axes", -1), isNormalized: boolean(config, "normalize", false) }),
  declare: ({ axes }, _, inputs) => {
    const [a = [], b = []] = inputs;
    const [left, right] = dotAxes(axes, [a.length, b.length]);
    if (a[left] !== b[right]) throw new Error(`axis ${left} of ${formatShape(a)} and axis ${right} of ${formatShape(b)} differ`);
    const rest = [...a.filter((_, axis) => axis !== left), ...b.filter((_, axis) => axis !== right && axis !== 0)];
    return rest.length === 1 ? [...rest, 1] : rest;
  },
  run: ({ axes, isNormalized }, _, __, { tensors }) => {
    const [a, b] = tensors as [tf.Tensor, tf.Tensor];
    const [left, right] = dotAxes(axes, [a.rank, b.rank]);
    if (a.shape[left] !== b.shape[right])
      throw new Error(`axis ${left} of ${formatShape(a.shape)} and axis ${right} of ${formatShape(b.shape)} differ`);
    if (a.shape[0] !== b.shape[0])
      throw new Error(`its tensors have different batch sizes: ${formatShape(a.shape)} and ${formatShape(b.shape)}`);
    const rows = asMatrices(isNormalized ? unit(a, left) : a, left);
    const columns = asMatrices(isNormalized ? unit(b, right) : b, right);
    const product = tf.matMul(rows, columns, false, true);
    const shape = [...a.shape.filter((_, axis) => axis !== left), ...b.shape.filter((_, axis) => axis !== right && axis !== 0)];
    return tf.reshape(product, shape.length === 1 ? [...shape, 1] : shape);
  },
};

const unit = (x: tf.Tensor, axis: number): tf.Tensor => tf.mul(x, tf.rsqrt(tf.maximum(tf.sum(tf.square(x), axis, true), 1e-12)));

/** `[batch, everything else, axis]`. */
function asMatrices(x: tf.Tensor, axis: number): tf.Tensor {
  const others = x.shape.map((_, index) => index).filter((index) => index !== 0 && index !== axis);
  const moved = tf.transpose(x, [0, ...others, axis]);
  return tf.reshape(moved, [
    x.shape[0] as number,
    others.reduce((product, other) => product * (x.shape[other] as number), 1),
    x.shape[axis] as number,
  ]);
}

/** The residual of InceptionResNetV2: `inputs[0] + inputs[1] * scale`. */
const customScale: Definition<{ scale: number }> = {
  options: (config) => ({ scale: number(config, "scale", 1) }),
  run: ({ scale }, x, _, { tensors }) => tf.add(x, tf.mul(tensors[1] as tf.Tensor, tf.scalar(scale))),
};

export const MERGING: LayerTable = {
  Add: define(merging(add)),
  Subtract: define(merging((a, b) => tf.sub(a, b))),
  Multiply: define(merging((a, b) => tf.mul(a, b), sumAsIs, multiplyMasked)),
  Maximum: define(merging((a, b) => tf.maximum(a, b), sumAsIs, chooseMasked(tf.maximum))),
  Minimum: define(merging((a, b) => tf.minimum(a, b), sumAsIs, chooseMasked(tf.minimum))),
  Average: define(merging(add, (sum, count) => tf.div(sum, tf.scalar(count)))),
  Concatenate: define(concatenate),
  // What a FeatureSpace puts its features together with.
  TFDConcat: define(concatenate),
  Dot: define(dot),
  CustomScaleLayer: define(customScale),
};
