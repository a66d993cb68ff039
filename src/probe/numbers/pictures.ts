import * as tf from "@tensorflow/tfjs-core";
import { elementCount, type LayerPictures, NO_NUMBER, type Picture } from "../../model";

/** Largest sides of the pictures, in pixels: the mean of all channels, one channel, an input that is an image. */
const MOST = { whole: 96, channel: 32, plane: 192 } as const;
const MOST_CHANNELS = 16;
/** Bytes from 0 on that stand for numbers. */
const LEVELS = NO_NUMBER;

export interface PictureOptions {
  /** Whether channels come before height and width. */
  channelsFirst: boolean;
  /** Whether it is what the model is given: images are shown in their colours. */
  isInput?: boolean;
}

/** A tensor with its numbers, which whoever counts them has fetched anyway. */
export interface Fetched {
  tensor: tf.Tensor;
  numbers: ArrayLike<number>;
}

/**
 * Small pictures of the first sample of a tensor of numbers, batch first; null where there is nothing to see (no axes, more than five, a
 * size of 0). The mean over channels is the engine's, as it reads every number.
 */
export function picturesOf({ tensor, numbers }: Fetched, options: PictureOptions): LayerPictures | null {
  const { rank, size } = tensor;
  const shape = tensor.shape.slice();
  if (rank === 0 || rank > 5 || size === 0) return null;
  if (rank <= 2) return { ...strip(numbers, shape), shape };
  return rank === 3 ? { ...table(numbers, shape, options), shape } : { ...image({ tensor, numbers }, shape, options), shape };
}

/** What a kind of picture tells besides the tensor's shape. */
type Pictures = Omit<LayerPictures, "shape">;

/** Steps downwards, features to the right. */
function table(numbers: ArrayLike<number>, shape: readonly number[], { channelsFirst }: PictureOptions): Pictures {
  const [steps, features] = channelsFirst ? [2, 1] : [1, 2];
  const field = fieldOf(shape, { down: steps, across: features, offset: 0 });
  return { kind: "table", whole: encoded(shrunk(numbers, field, MOST.whole)), channels: [], channelCount: field.columns };
}

function image({ tensor, numbers }: Fetched, shape: readonly number[], { channelsFirst, isInput }: PictureOptions): Pictures {
  const axis = channelsFirst ? 1 : shape.length - 1;
  const channelCount = shape[axis] as number;
  const { field, slice } = placesOf(shape, axis);
  const stride = strideOf(shape, axis);
  const channels = Array.from({ length: Math.min(channelCount, MOST_CHANNELS) }, (_, channel) => ({
    ...field,
    offset: field.offset + channel * stride,
  }));
  const isColoured = isInput && (channelCount === 1 || channelCount === 3);
  const means = meanOver(tensor, axis);
  const ofMeans = placesOf([...shape.slice(0, axis), ...shape.slice(axis + 1)], null).field;
  return {
    kind: "image",
    whole: encoded(shrunk(means, ofMeans, MOST.whole)),
    channels: channels.map((channel) => encoded(shrunk(numbers, channel, MOST.channel, 1))),
    channelCount,
    ...(isColoured ? { planes: planesOf(channels.map((channel) => shrunk(numbers, channel, MOST.plane))) } : {}),
    ...(slice === null ? {} : { slice }),
  };
}

function meanOver(tensor: tf.Tensor, axis: number): ArrayLike<number> {
  let means: ArrayLike<number> = [];
  // Not returned from `tidy`: it would look for tensors among the numbers, one by one.
  tf.tidy(() => {
    means = tf.mean(tf.cast(tensor, "float32"), axis).dataSync();
  });
  return means;
}

/** Where the cells of a picture lie in a tensor. */
interface Field {
  offset: number;
  rows: number;
  rowStride: number;
  columns: number;
  columnStride: number;
}

const strideOf = (shape: readonly number[], axis: number) => elementCount(shape.slice(axis + 1));

function fieldOf(shape: readonly number[], { down, across, offset }: { down: number; across: number; offset: number }): Field {
  const [rows, columns] = [shape[down] as number, shape[across] as number];
  return { offset, rows, rowStride: strideOf(shape, down), columns, columnStride: strideOf(shape, across) };
}

/** Height and width, which are the last axes that are no channels; of a volume the slice in the middle of its depth. */
function placesOf(shape: readonly number[], channelAxis: number | null): { field: Field; slice: number | null } {
  const axes = shape.map((_, axis) => axis).filter((axis) => axis !== 0 && axis !== channelAxis);
  const [down, across] = axes.slice(-2) as [number, number];
  const depth = axes.length === 3 ? (axes[0] as number) : null;
  const slice = depth === null ? null : Math.floor((shape[depth] as number) / 2);
  const offset = depth === null || slice === null ? 0 : slice * strideOf(shape, depth);
  return { field: fieldOf(shape, { down, across, offset }), slice };
}

/** Numbers in rows. */
interface Grid {
  width: number;
  height: number;
  cells: Float64Array;
}

/**
 * The mean of what falls into each pixel, at most `most` of them a side; a NaN there makes the pixel NaN. Of many numbers not all are looked
 * at, but at least `looks` a side: those of a channel lie far apart, and each costs a fetch from memory.
 */
function shrunk(numbers: ArrayLike<number>, { offset, rows, rowStride, columns, columnStride }: Field, most: number, looks = 2): Grid {
  const [width, height] = [Math.min(columns, most), Math.min(rows, most)];
  const [down, across] = [rows, columns].map((size) => Math.max(1, Math.floor(size / (looks * most)))) as [number, number];
  const cells = new Float64Array(width * height);
  const counts = new Uint32Array(width * height);
  for (let row = 0; row < rows; row += down) {
    const line = Math.floor((row * height) / rows) * width;
    const start = offset + row * rowStride;
    for (let column = 0; column < columns; column += across) {
      const cell = line + Math.floor((column * width) / columns);
      cells[cell] = (cells[cell] as number) + (numbers[start + column * columnStride] as number);
      counts[cell] = (counts[cell] as number) + 1;
    }
  }
  for (let cell = 0; cell < cells.length; cell++) cells[cell] = (cells[cell] as number) / (counts[cell] as number);
  return { width, height, cells };
}

/** One row. Of the numbers that share a pixel the one farthest from 0 is shown: a mean would hide the one class that a model is sure of. */
function strip(numbers: ArrayLike<number>, shape: readonly number[]): Pictures {
  const count = shape.at(-1) as number;
  const width = Math.min(count, MOST.whole);
  const cells = new Float64Array(width);
  for (let index = 0; index < count; index++) {
    const cell = Math.floor((index * width) / count);
    const [value, held] = [numbers[index] as number, cells[cell] as number];
    if (!Number.isFinite(value)) cells[cell] = Number.NaN;
    else if (Math.abs(value) > Math.abs(held)) cells[cell] = value;
  }
  return { kind: "strip", whole: encoded({ width, height: 1, cells }), channels: [], channelCount: count };
}

/** The planes of a colour picture share one range, so that their colours are right. */
function planesOf(planes: readonly Grid[]): Picture[] {
  const range = rangeOf(planes.flatMap(({ cells }) => Array.from(cells)));
  return planes.map((plane) => encoded(plane, range));
}

function encoded({ width, height, cells }: Grid, { min, max } = rangeOf(cells)): Picture {
  const step = max > min ? (LEVELS - 1) / (max - min) : 0;
  const bytes = new Uint8Array(cells.length);
  for (let cell = 0; cell < cells.length; cell++) {
    const value = cells[cell] as number;
    bytes[cell] = Number.isFinite(value) ? Math.round((value - min) * step) : NO_NUMBER;
  }
  return { width, height, min, max, bytes: Buffer.from(bytes).toString("base64") };
}

/** 0 to 0 where nothing is a number. */
function rangeOf(cells: ArrayLike<number>): { min: number; max: number } {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = 0; index < cells.length; index++) {
    const value = cells[index] as number;
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? { min, max } : { min: 0, max: 0 };
}
