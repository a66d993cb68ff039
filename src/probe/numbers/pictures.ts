import { elementCount, type LayerPictures, NO_NUMBER, type Picture } from "../../model";

/** Largest sides of the pictures, in pixels: the mean of all channels, one channel, an input that is an image. */
const MOST = { whole: 96, channel: 32, plane: 192 } as const;
const MOST_CHANNELS = 16;
/** Bytes from 0 on that stand for numbers. */
const LEVELS = NO_NUMBER;

/** Where the cells of a picture lie in a tensor; each cell is the mean of `depth` numbers. */
interface Field {
  offset: number;
  rows: number;
  rowStride: number;
  columns: number;
  columnStride: number;
  depth: number;
  depthStride: number;
}

export interface PictureOptions {
  /** Whether channels come before height and width. */
  channelsFirst: boolean;
  /** Whether it is what the model is given: images are shown in their colours. */
  isInput?: boolean;
}

/** Small pictures of the first sample of a tensor, batch first; null where there is nothing to see (no axes, more than five, a size of 0). */
export function picturesOf(numbers: ArrayLike<number>, shape: readonly number[], options: PictureOptions): LayerPictures | null {
  const { length: rank } = shape;
  if (rank === 0 || rank > 5 || elementCount(shape) === 0) return null;
  if (rank <= 2) return strip(numbers, shape);
  const { field, channels, channelStride, slice } = fieldOf(shape, options.channelsFirst);
  const isTable = rank === 3;
  const oneChannel = (channel: number): Field => ({ ...field, offset: field.offset + channel * channelStride, depth: 1 });
  const isColoured = options.isInput && !isTable && (channels === 1 || channels === 3);
  const each = isTable ? [] : Array.from({ length: Math.min(channels, MOST_CHANNELS) }, (_, channel) => oneChannel(channel));
  return {
    kind: isTable ? "table" : "image",
    shape: shape.slice(),
    whole: encoded(shrunk(numbers, field, MOST.whole)),
    channels: each.map((one) => encoded(shrunk(numbers, one, MOST.channel))),
    channelCount: channels,
    ...(isColoured ? { planes: planesOf(each.map((one) => shrunk(numbers, one, MOST.plane))) } : {}),
    ...(slice === null ? {} : { slice }),
  };
}

/** Tables have no channels to average over: features are their columns. */
function fieldOf(shape: readonly number[], channelsFirst: boolean) {
  const strides = shape.map((_, axis) => elementCount(shape.slice(axis + 1)));
  const axes = shape.map((_, axis) => axis).slice(1);
  const channelAxis = (channelsFirst ? axes.shift() : axes.pop()) as number;
  const size = (axis: number) => shape[axis] as number;
  const stride = (axis: number) => strides[axis] as number;
  const [channels, channelStride] = [size(channelAxis), stride(channelAxis)];
  if (axes.length === 1) {
    const [steps = 1] = axes;
    const table = { rows: size(steps), rowStride: stride(steps), columns: channels, columnStride: channelStride };
    return { field: { offset: 0, ...table, depth: 1, depthStride: 0 }, channels, channelStride, slice: null };
  }
  const [down = 1, across = 2] = axes.slice(-2);
  const slice = axes.length === 3 ? Math.floor(size(axes[0] as number) / 2) : null;
  const offset = slice === null ? 0 : slice * stride(axes[0] as number);
  const places = { rows: size(down), rowStride: stride(down), columns: size(across), columnStride: stride(across) };
  return { field: { offset, ...places, depth: channels, depthStride: channelStride }, channels, channelStride, slice };
}

/** A picture whose numbers are not bytes yet. */
interface Shrunk {
  width: number;
  height: number;
  cells: Float64Array;
}

/** The mean of what falls into each pixel; a NaN there makes the pixel NaN. */
function shrunk(numbers: ArrayLike<number>, field: Field, most: number): Shrunk {
  const [width, height] = [Math.min(field.columns, most), Math.min(field.rows, most)];
  const cells = new Float64Array(width * height);
  const counts = new Uint32Array(width * height);
  for (let row = 0; row < field.rows; row++) {
    const line = Math.floor((row * height) / field.rows) * width;
    for (let column = 0; column < field.columns; column++) {
      let at = field.offset + row * field.rowStride + column * field.columnStride;
      let sum = 0;
      for (let depth = 0; depth < field.depth; depth++, at += field.depthStride) sum += numbers[at] as number;
      const cell = line + Math.floor((column * width) / field.columns);
      cells[cell] = (cells[cell] as number) + sum;
      counts[cell] = (counts[cell] as number) + field.depth;
    }
  }
  for (let cell = 0; cell < cells.length; cell++) cells[cell] = (cells[cell] as number) / (counts[cell] as number);
  return { width, height, cells };
}

/** One row. Of the numbers that share a pixel the one farthest from 0 is shown: a mean would hide the one class that a model is sure of. */
function strip(numbers: ArrayLike<number>, shape: readonly number[]): LayerPictures {
  const count = shape.at(-1) as number;
  const width = Math.min(count, MOST.whole);
  const cells = new Float64Array(width);
  for (let index = 0; index < count; index++) {
    const cell = Math.floor((index * width) / count);
    const [value, held] = [numbers[index] as number, cells[cell] as number];
    if (!Number.isFinite(value)) cells[cell] = Number.NaN;
    else if (Math.abs(value) > Math.abs(held)) cells[cell] = value;
  }
  return { kind: "strip", shape: shape.slice(), whole: encoded({ width, height: 1, cells }), channels: [], channelCount: count };
}

/** The planes of a colour picture share one range, so that their colours are right. */
function planesOf(planes: readonly Shrunk[]): Picture[] {
  const range = rangeOf(planes.flatMap(({ cells }) => [...cells]));
  return planes.map((plane) => encoded(plane, range));
}

function encoded({ width, height, cells }: Shrunk, { min, max } = rangeOf(cells)): Picture {
  const step = max > min ? (LEVELS - 1) / (max - min) : 0;
  const bytes = Uint8Array.from(cells, (value) => (Number.isFinite(value) ? Math.round((value - min) * step) : NO_NUMBER));
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
