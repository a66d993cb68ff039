import * as tf from "@tensorflow/tfjs-core";
import { knownValues, UnknownNumbers } from "../../engines";
import { elementCount, formatShape, type Shape } from "../../model";
import { broadcastShapes } from "../broadcast-shapes";
import { frontAxis, requireFewParts } from "../config";
import { type Named, type OperationRow, operation } from "../operation";
import type { Bound, DeclaredArgument } from "../row";
import { broadcastTo, select } from "../stretching";
import { axesArgument, declaredShapeOf, declaredSizes, dtypeArgument, integerArgument, isNone, sizesOf, tensorOf } from "./values";

const input = (named: Named): tf.Tensor =>
  tensorOf(named["x"] ?? named["tensor"] ?? named["input"] ?? named["value"] ?? named["a"] ?? named["params"]);

/** Tensors of a list, which TensorFlow calls `values` and Keras `xs`. */
function list(named: Named): tf.Tensor[] {
  const given = named["xs"] ?? named["values"] ?? named["x"];
  const all = Array.isArray(given) ? given : [given];
  // Numbers among tensors are of their dtype: sizes stay whole.
  const beside = all.find((value) => value instanceof tf.Tensor) as tf.Tensor | undefined;
  return all.map((value) => tensorOf(value, beside?.dtype));
}

const row = (parameters: string[], run: OperationRow["run"]): OperationRow => ({ parameters, run });

const axis = (named: Named, fallback: number): number => integerArgument(named["axis"], fallback);

function reshape(x: tf.Tensor, sizes: number[]): tf.Tensor {
  const fixed = sizes.filter((size) => size !== -1).reduce((product, size) => product * size, 1);
  const fits = sizes.includes(-1) ? fixed > 0 && x.size % fixed === 0 : x.size === fixed;
  if (!fits)
    throw new Error(
      `${formatShape(x.shape)} (${x.size} values) cannot take the shape ${sizes.map((size) => (size === -1 ? "?" : size)).join("×")}`,
    );
  return tf.reshape(x, sizes);
}

/** What -1 stands for is open wherever an axis is. */
function declareReshape({ x, newshape }: { [parameter: string]: DeclaredArgument }): Shape {
  const shape = declaredShapeOf(x);
  const target = declaredSizes(newshape);
  const isOpen = shape.includes(null) || target.includes(null);
  if (isOpen) return target.map((size) => (size === -1 ? null : size));
  const [count, rest] = [elementCount(shape as number[]), elementCount((target as number[]).filter((size) => size !== -1))];
  return target.map((size) => (size === -1 ? count / rest : size));
}

function permute(x: tf.Tensor, order: number[] | null): tf.Tensor {
  return tf.transpose(x, order ? order.map((index) => frontAxis(index, x.rank)) : undefined);
}

function move(x: tf.Tensor, from: number[], to: number[]): tf.Tensor {
  const sources = from.map((index) => frontAxis(index, x.rank));
  const order: number[] = Array.from({ length: x.rank }, (_, index) => index).filter((index) => !sources.includes(index));
  const places = to.map((index, which) => [frontAxis(index, x.rank), sources[which] as number] as const).sort(([a], [b]) => a - b);
  for (const [place, source] of places) order.splice(place, 0, source);
  return tf.transpose(x, order);
}

function swap(x: tf.Tensor, one: number, other: number): tf.Tensor {
  const order = Array.from({ length: x.rank }, (_, index) => index);
  const [a, b] = [frontAxis(one, x.rank), frontAxis(other, x.rank)];
  order[a] = b;
  order[b] = a;
  return tf.transpose(x, order);
}

function squeeze(x: tf.Tensor, axes: number[] | null): tf.Tensor {
  const front = axes?.map((index) => frontAxis(index, x.rank));
  const wrong = front?.find((index) => x.shape[index] !== 1);
  if (wrong !== undefined)
    throw new Error(`expected 1 along axis ${wrong} to leave it out, got ${x.shape[wrong]} from ${formatShape(x.shape)}`);
  return tf.squeeze(x, front && front.length > 0 ? front : undefined);
}

/** In so many parts, of these sizes (TensorFlow), or at these places (Keras 3). */
function split(named: Named): tf.Tensor[] {
  const x = input(named);
  const along = frontAxis(axis(named, 0), x.rank);
  const parts = named["num_or_size_splits"] ?? named["indices_or_sections"];
  if (typeof parts === "number") {
    requireFewParts(parts);
    if ((x.shape[along] as number) % parts !== 0)
      throw new Error(`${formatShape(x.shape)} cannot be split into ${parts} equal parts along axis ${along}`);
    return tf.split(x, parts, along);
  }
  const numbers = sizesOf(parts);
  const sizes =
    "indices_or_sections" in named
      ? [...numbers, x.shape[along] as number].map((place, index) => place - (numbers[index - 1] ?? 0))
      : numbers;
  return tf.split(x, sizes, along);
}

/** Parts of an open axis are open, unless their sizes are given. */
function declareSplit(named: { [parameter: string]: DeclaredArgument }): Shape[] {
  const shape = declaredShapeOf(named["value"]);
  const along = frontAxis(Number(named["axis"] ?? 0), shape.length);
  const whole = shape[along] ?? null;
  const parts = named["num_or_size_splits"] ?? named["indices_or_sections"];
  if (typeof parts === "number" && whole !== null && whole % parts !== 0)
    throw new Error(`${formatShape(shape)} cannot be split into ${parts} equal parts along axis ${along}`);
  const sizes = typeof parts === "number" ? Array(parts).fill(whole === null ? null : whole / parts) : sizesAt(parts, whole, named);
  return sizes.map((size) => shape.with(along, size));
}

/** Of a list of sizes, one of which may be the rest, or of places to cut at. */
function sizesAt(parts: DeclaredArgument | undefined, whole: number | null, named: object): (number | null)[] {
  const numbers = sizesOf(parts as Bound);
  if ("indices_or_sections" in named)
    return [...numbers, whole].map((place, index) => (place === null ? null : place - (numbers[index - 1] ?? 0)));
  const given = numbers.filter((size) => size >= 0).reduce((sum, size) => sum + size, 0);
  return numbers.map((size) => (size >= 0 ? size : whole === null ? null : whole - given));
}

function clip(named: Named): tf.Tensor {
  const low = tensorOf(named["x_min"] ?? named["clip_value_min"]);
  const high = tensorOf(named["x_max"] ?? named["clip_value_max"]);
  return tf.minimum(tf.maximum(input(named), low), high);
}

const where = operation(
  "condition x1|x x2|y",
  ({ condition, x1, x2 }) => {
    if (isNone(x1) || isNone(x2)) throw new UnknownNumbers("the places where something holds depend on numbers that are not known");
    return select(tf.cast(tensorOf(condition), "bool"), tensorOf(x1), tensorOf(x2));
  },
  ({ condition, x1, x2 }) => {
    const shape = declaredShapeOf(condition);
    if (!isNone(x1) && !isNone(x2)) return broadcastShapes(shape, broadcastShapes(declaredShapeOf(x1), declaredShapeOf(x2)));
    // TensorFlow lists the places, a row each; Keras 3 declares the shape of the condition.
    return x1 === null ? shape : [null, shape.length];
  },
);

/** Indices counted from the back, as NumPy's and so Keras 3's may be, counted from the front. */
function fromFront(indices: tf.Tensor, size: number): tf.Tensor {
  const known = knownValues(indices);
  if (!known || !Array.from(known).some((index) => index < 0)) return indices;
  return tf.tensor(
    Array.from(known, (index) => (index < 0 ? index + size : index)),
    indices.shape,
    "int32",
  );
}

function gather(named: Named): tf.Tensor {
  const x = input(named);
  const isFlat = named["axis"] === null && "axis" in named && !("batch_dims" in named);
  const whole = isFlat ? tf.reshape(x, [-1]) : x;
  const along = isFlat ? 0 : frontAxis(axis(named, 0), x.rank);
  const indices = fromFront(tf.cast(tensorOf(named["indices"], "int32"), "int32"), whole.shape[along] as number);
  return tf.gather(whole, indices, along, integerArgument(named["batch_dims"], 0));
}

function unstack(named: Named): tf.Tensor[] {
  const x = input(named);
  const along = frontAxis(axis(named, 0), x.rank);
  const size = x.shape[along] as number;
  const asked = integerArgument(named["num"], size);
  if (asked !== size) throw new Error(`it is to give ${asked} parts, but axis ${along} of ${formatShape(x.shape)} has ${size}`);
  requireFewParts(size);
  return tf.unstack(x, along);
}

/**
 * Keras 3 takes the other axes of the first tensor, TensorFlow (`merges`) those of any that knows them.
 * @see Keras 3 `Concatenate.compute_output_spec`
 */
export function declareJoined(named: { [parameter: string]: DeclaredArgument }, merges: boolean): Shape {
  const given = named["values"] ?? named["xs"] ?? named["x"];
  const shapes = (Array.isArray(given) ? given : [given]).map(declaredShapeOf);
  const first = shapes[0] ?? [];
  const along = frontAxis(Number(named["axis"] ?? ("values" in named ? 0 : -1)), first.length);
  const sum = shapes.reduce<number | null>((total, shape) => (total === null || shape[along] == null ? null : total + shape[along]), 0);
  const known = (axis: number): number | null => shapes.find((shape) => shape[axis] != null)?.[axis] ?? null;
  return first.map((size, axis) => (axis === along ? sum : merges ? known(axis) : size));
}

export const SHAPING: { [name: string]: OperationRow } = {
  reshape: operation("x|tensor newshape|shape", ({ x, newshape }) => reshape(tensorOf(x), sizesOf(newshape)), declareReshape),
  ravel: row(["x"], (named) => tf.reshape(input(named), [-1])),
  transpose: row(["x", "axes"], (named) => permute(input(named), axesArgument(named["axes"] ?? named["perm"]))),
  swapaxes: row(["x", "axis1", "axis2"], (named) =>
    swap(input(named), integerArgument(named["axis1"], 0), integerArgument(named["axis2"], 1)),
  ),
  moveaxis: row(["x", "source", "destination"], (named) =>
    move(input(named), axesArgument(named["source"]) ?? [], axesArgument(named["destination"]) ?? []),
  ),
  expand_dims: row(["x", "axis"], (named) => (axesArgument(named["axis"]) ?? [0]).reduce((x, at) => tf.expandDims(x, at), input(named))),
  squeeze: row(["x", "axis"], (named) => squeeze(input(named), axesArgument(named["axis"] ?? named["squeeze_dims"]))),
  concatenate: {
    ...row(["xs", "axis"], (named) => tf.concat(list(named), axis(named, "values" in named ? 0 : -1))),
    declare: (named) => declareJoined(named, false),
  },
  stack: row(["x", "axis"], (named) => tf.stack(list(named), frontAxis(axis(named, 0), (list(named)[0] as tf.Tensor).rank + 1))),
  unstack: row(["x", "num", "axis"], unstack),
  split: {
    ...row(["value|x|input", "num_or_size_splits", "axis"], split),
    declare: declareSplit,
  },
  flip: row(["x", "axis"], (named) => tf.reverse(input(named), axesArgument(named["axis"]) ?? undefined)),
  broadcast_to: operation(
    "x|input shape",
    ({ x, shape }) => broadcastTo(tensorOf(x), sizesOf(shape)),
    // A stand-in for an open axis does not stretch, where 1 or the size itself would.
    ({ shape }) => declaredSizes(shape),
  ),
  cast: row(["x", "dtype"], (named) => tf.cast(input(named), dtypeArgument(named["dtype"], "float32"))),
  clip: row(["x", "x_min", "x_max"], clip),
  where,
  take: row(["x", "indices", "axis"], gather),
  matrix_transpose: row(["x"], (named) => swap(input(named), -2, -1)),
  slice: operation("x|input_|inputs begin|start_indices size|shape", ({ x, begin, size }) =>
    tf.slice(tensorOf(x), sizesOf(begin), sizesOf(size)),
  ),
  rank: row(["x"], (named) => tf.scalar(input(named).rank, "int32")),
  shape: row(["x"], (named) => tf.tensor1d(input(named).shape, "int32")),
};
