import * as tf from "@tensorflow/tfjs-core";
import { formatShape, type Json, type JsonObject, type Shape } from "../../model";
import { integer, isChannelsFirst } from "../config";
import { type Definition, define } from "../define";
import type { LayerTable } from "../row";
import { channelsLast, mapSpatial } from "./layout";

type Pair = [number, number];

/** `2`, `[1, 2]` (the same before and after) or `[[0, 1], [2, 3]]` as one pair an axis. */
function pairs(config: JsonObject, key: string, rank: number, fallback: Json): Pair[] {
  const value = config[key] ?? fallback;
  const isLine = rank === 1 && Array.isArray(value) && value.length === 2 && !Array.isArray(value[0]);
  const list = isLine ? [value] : Array.isArray(value) ? value : Array(rank).fill(value);
  const read = list.map((item) => (Array.isArray(item) ? item : [item, item])) as Json[][];
  const isFit =
    read.length === rank && read.every((pair) => pair.length === 2 && pair.every((n) => Number.isInteger(n) && (n as number) >= 0));
  if (!isFit) throw new Error(`its ${key} is not one pair of whole numbers an axis`);
  return read as Pair[];
}

interface BorderOptions {
  borders: Pair[];
  isFirst: boolean;
  /** Whether nothing at all may be left, as tf_keras lets it for volumes. */
  mayEmpty: boolean;
}

const padded = ({ borders, isFirst }: BorderOptions, rank: number): Pair[] => {
  const before = isFirst ? 2 : 1;
  return Array.from({ length: rank }, (_, axis) => borders[axis - before] ?? [0, 0]);
};

const padding = (rank: number): Definition<BorderOptions> => ({
  options: (config) => ({ borders: pairs(config, "padding", rank, 1), isFirst: isChannelsFirst(config), mayEmpty: true }),
  rule: () => ({ rank: rank + 2 }),
  declare: ({ borders, isFirst }, first) =>
    mapSpatial(first, isFirst, (size, axis) => (size === null ? null : size + (borders[axis]?.[0] ?? 0) + (borders[axis]?.[1] ?? 0))),
  run: (options, x) => tf.pad(x, padded(options, x.rank)),
});

const cropping = (rank: number): Definition<BorderOptions> => ({
  options: (config, { kerasMajor }) => ({
    borders: pairs(config, "cropping", rank, rank === 1 ? [1, 1] : 1),
    isFirst: isChannelsFirst(config),
    mayEmpty: rank === 3 && kerasMajor === 2,
  }),
  rule: () => ({ rank: rank + 2 }),
  declare: ({ borders, isFirst, mayEmpty }, first) =>
    mapSpatial(first, isFirst, (size, axis) => (size === null ? null : cropped(size, borders[axis] as Pair, mayEmpty))),
  run: (options, x) => {
    const cuts = padded(options, x.rank);
    const sizes = x.shape.map((size, axis) => cropped(size, cuts[axis] as Pair, options.mayEmpty));
    return tf.slice(
      x,
      cuts.map(([before]) => before),
      sizes,
    );
  },
});

/** @throws Error where nothing is left: Keras wants at least one */
function cropped(size: number, [before, after]: Pair, mayEmpty: boolean): number {
  const left = Math.max(size - before - after, 0);
  if (left < 1 && before + after > 0 && !mayEmpty)
    throw new Error(`expected more than ${before + after} along an axis to crop, got ${size}`);
  return left;
}

const knownProduct = (sizes: Shape): number | null =>
  sizes.reduce<number | null>((product, size) => (product === null || size === null ? null : product * size), 1);

const flatten: Definition<{ isFirst: boolean }> = {
  options: (config) => ({ isFirst: isChannelsFirst(config) }),
  rule: () => ({ minRank: 1 }),
  declare: (_, first) => [first[0] ?? null, first.length === 1 ? 1 : knownProduct(first.slice(1))],
  run: ({ isFirst }, x) => {
    const last = isFirst && x.rank > 2 ? channelsLast(x) : x;
    const [batch = 1, ...rest] = last.shape;
    return tf.reshape(last, [batch, rest.reduce((product, size) => product * size, 1)]);
  },
};

/** The target with its `-1` filled in. @throws Error with both counts where the sizes cannot hold the elements */
function settle(target: number[], count: number): number[] {
  const fixed = target.filter((size) => size !== -1).reduce((product, size) => product * size, 1);
  const isOpen = target.includes(-1);
  const fits = isOpen ? fixed > 0 && count % fixed === 0 : count === fixed;
  if (fits) return target.map((size) => (size === -1 ? count / fixed : size));
  const wanted = isOpen ? `a multiple of ${fixed}` : `${fixed}`;
  throw new Error(`expected ${wanted} values to make ${target.map((size) => (size === -1 ? "?" : size)).join("×")} of, got ${count}`);
}

const reshape: Definition<{ target: number[] }> = {
  options: (config) => {
    const target = config["target_shape"];
    if (!Array.isArray(target) || !target.every((size) => size === null || Number.isInteger(size)))
      throw new Error("its target_shape is not a shape");
    return { target: target.map((size) => (size === null ? -1 : (size as number))) };
  },
  declare: ({ target }, first) => {
    const count = knownProduct(first.slice(1));
    const batch = first[0] ?? null;
    return count === null ? [batch, ...target.map((size) => (size === -1 ? null : size))] : [batch, ...settle(target, count)];
  },
  run: ({ target }, x) => {
    const [batch = 1, ...rest] = x.shape;
    try {
      return tf.reshape(x, [batch, ...settle(target, knownProduct(rest) as number)]);
    } catch (error) {
      throw new Error(`${(error as Error).message} from ${formatShape(x.shape)}`);
    }
  },
};

const permute: Definition<{ order: number[] }> = {
  options: (config) => {
    const order = config["dims"];
    const isOrder = Array.isArray(order) && order.toSorted().every((axis, index) => axis === index + 1);
    if (!isOrder) throw new Error("its dims are not the axes from 1 on in another order");
    return { order: order as number[] };
  },
  rule: ({ order }) => ({ rank: order.length + 1 }),
  declare: ({ order }, first) => [first[0] ?? null, ...order.map((axis) => first[axis] ?? null)],
  run: ({ order }, x) => tf.transpose(x, [0, ...order]),
};

const repeatVector: Definition<{ count: number }> = {
  options: (config) => ({ count: integer(config, "n") }),
  rule: () => ({ rank: 2 }),
  declare: ({ count }, first) => [first[0] ?? null, count, first[1] ?? null],
  run: ({ count }, x) => tf.tile(tf.expandDims(x, 1), [1, count, 1]),
};

export const RESHAPINGS: LayerTable = {
  ZeroPadding1D: define(padding(1)),
  ZeroPadding2D: define(padding(2)),
  ZeroPadding3D: define(padding(3)),
  Cropping1D: define(cropping(1)),
  Cropping2D: define(cropping(2)),
  Cropping3D: define(cropping(3)),
  Flatten: define(flatten),
  Reshape: define(reshape),
  Permute: define(permute),
  RepeatVector: define(repeatVector),
};
