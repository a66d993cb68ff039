import * as tf from "@tensorflow/tfjs-core";
import { elementCount, formatShape } from "../../model";
import { frontAxis, requireFewParts } from "../config";
import { type OperationRow, operation } from "../operation";
import type { Bound } from "../row";
import { allAxes, part, steps } from "./axes";
import { axesArgument, declaredShapeOf, integerArgument, isNone, sizesOf, tensorOf, tensorsOf } from "./values";

/** Axes of 1 for those that a tensor lacks, as NumPy adds them. */
const LEAST: { [rank: number]: (x: tf.Tensor) => tf.Tensor } = {
  1: (x) => (x.rank < 1 ? tf.reshape(x, [1]) : x),
  2: (x) => (x.rank < 2 ? tf.expandDims(LEAST[1]?.(x) as tf.Tensor, 0) : x),
  3: (x) => (x.rank < 3 ? tf.expandDims(LEAST[2]?.(x) as tf.Tensor, -1) : x),
};

/** A vector has no second axis: it is joined along the first. */
const stacking = (rank: 1 | 2 | 3, axis: number): OperationRow =>
  operation("xs", ({ xs }) => {
    const tensors = tensorsOf(xs).map((x) => (LEAST[rank] as (x: tf.Tensor) => tf.Tensor)(x));
    return tf.concat(tensors, Math.min(axis, (tensors[0] as tf.Tensor).rank - 1));
  });

/** Cuts before these places; a place beyond the end leaves nothing. */
function cutAt(x: tf.Tensor, axis: number, places: readonly number[]): tf.Tensor[] {
  const whole = x.shape[axis] as number;
  const inside = places.map((place) => Math.min(Math.max(place < 0 ? place + whole : place, 0), whole));
  return [...inside, whole].map((end, index) => {
    const from = inside[index - 1] ?? 0;
    return part(x, axis, from, Math.max(end - from, 0));
  });
}

function cutEqually(x: tf.Tensor, axis: number, count: number): tf.Tensor[] {
  requireFewParts(count);
  if ((x.shape[axis] as number) % count !== 0)
    throw new Error(`${formatShape(x.shape)} cannot be split into ${count} equal parts along axis ${axis}`);
  return tf.split(x, count, axis);
}

const splitting = (axisFor: (rank: number) => number): OperationRow =>
  operation("x indices_or_sections", ({ x: given, indices_or_sections: parts }) => {
    const x = tensorOf(given);
    const axis = axisFor(x.rank);
    return typeof parts === "number" ? cutEqually(x, axis, parts) : cutAt(x, axis, sizesOf(parts));
  });

/** The first parts have one more, where the parts cannot be equal. */
const arraySplit = operation("x indices_or_sections axis", ({ x: given, indices_or_sections: parts, axis }) => {
  const x = tensorOf(given);
  const along = frontAxis(integerArgument(axis, 0), x.rank);
  if (typeof parts !== "number") return cutAt(x, along, sizesOf(parts));
  requireFewParts(parts);
  const whole = x.shape[along] as number;
  const least = Math.floor(whole / parts);
  const ends = steps(parts - 1).map((index) => (index + 1) * least + Math.min(index + 1, whole % parts));
  return cutAt(x, along, ends);
});

/** Each quarter turn mirrors the columns and lets both sides change places. */
function turned(x: tf.Tensor, turns: number, [first = 0, second = 1]: number[]): tf.Tensor {
  const [a, b] = [frontAxis(first, x.rank), frontAxis(second, x.rank)];
  const order = allAxes(x.rank).map((axis) => (axis === a ? b : axis === b ? a : axis));
  const quarters = ((turns % 4) + 4) % 4;
  return steps(quarters).reduce((image) => tf.transpose(tf.reverse(image, b), order), x);
}

const rot90 = operation(
  "x|array|images|image k axes",
  ({ x, k, axes }) => turned(tensorOf(x), integerArgument(k, 1), axesArgument(axes) ?? [0, 1]),
  // Keras 3 lets the axes change places however often it turns.
  ({ x, axes }) => {
    const shape = declaredShapeOf(x).slice();
    const [a = 0, b = 1] = (axesArgument(axes as Bound) ?? [0, 1]).map((axis) => frontAxis(axis, shape.length));
    [shape[a], shape[b]] = [shape[b] as number | null, shape[a] as number | null];
    return shape;
  },
);

/** Each vector along an axis of its own; in the order `xy` the first two axes change places. */
const meshgrid = operation("*args indexing", ({ args, indexing }) => {
  const vectors = tensorsOf(args).map((x) => tf.reshape(x, [-1]));
  const place = (index: number): number => (indexing === "ij" || index > 1 || vectors.length < 2 ? index : 1 - index);
  const shape = vectors.map((_, index) => (vectors[place(index)] as tf.Tensor).size);
  return vectors.map((x, index) =>
    tf.tile(
      tf.reshape(
        x,
        shape.map((_, axis) => (axis === place(index) ? x.size : 1)),
      ),
      shape.map((size, axis) => (axis === place(index) ? 1 : size)),
    ),
  );
});

/** `"(h p) w"` as `[["h", "p"], ["w"]]`. */
function groupsIn(pattern: string): string[][] {
  return [...pattern.matchAll(/\(([^)]*)\)|(\S+)/g)].map(([, group, single]) =>
    single ? [single] : (group ?? "").split(/\s+/).filter(Boolean),
  );
}

/** One open size in a group is what the others leave of the axis. */
function sizesIn(group: string[], whole: number, known: { [name: string]: Bound }): [string, number][] {
  const given = group.map((name) => (typeof known[name] === "number" ? (known[name] as number) : null));
  const product = given.reduce<number>((count, size) => count * (size ?? 1), 1);
  const sizes = given.map((size) => size ?? whole / product);
  if (elementCount(sizes) !== whole || !sizes.every(Number.isInteger))
    throw new Error(`an axis of ${whole} cannot be taken apart as (${group.join(" ")}) with ${product}`);
  return group.map((name, index) => [name, sizes[index] as number]);
}

/** Axes taken apart, put into another order and together again, as a pattern of names says. @see einops */
const rearrange = operation("tensor pattern", ({ tensor, pattern, ...lengths }) => {
  const x = tensorOf(tensor);
  const [from, to] = String(pattern).split("->").map(groupsIn) as [string[][], string[][]];
  if (from.length !== x.rank) throw new Error(`its pattern has ${from.length} axes, ${formatShape(x.shape)} has ${x.rank}`);
  const named = from.flatMap((group, axis) => sizesIn(group, x.shape[axis] as number, lengths));
  const names = named.map(([name]) => name);
  const size = Object.fromEntries(named);
  const apart = tf.reshape(
    x,
    named.map(([, count]) => count),
  );
  const ordered = tf.transpose(
    apart,
    to.flat().map((name) => names.indexOf(name)),
  );
  return tf.reshape(
    ordered,
    to.map((group) => elementCount(group.map((name) => size[name] as number))),
  );
});

/** What joins tensors, cuts them, and turns them round. */
export const JOINING: { [name: string]: OperationRow } = {
  hstack: stacking(1, 1),
  vstack: stacking(2, 0),
  dstack: stacking(3, 2),
  append: operation("x1 x2 axis", ({ x1, x2, axis }) => {
    const both = [tensorOf(x1), tensorOf(x2)];
    return isNone(axis) ? tf.concat(both.map((x) => tf.reshape(x, [-1]))) : tf.concat(both, integerArgument(axis, 0));
  }),
  array_split: arraySplit,
  hsplit: splitting((rank) => Math.min(1, rank - 1)),
  vsplit: splitting(() => 0),
  dsplit: splitting(() => 2),
  fliplr: operation("x", ({ x }) => tf.reverse(tensorOf(x), 1)),
  flipud: operation("x", ({ x }) => tf.reverse(tensorOf(x), 0)),
  rot90,
  meshgrid,
  rearrange,
};
