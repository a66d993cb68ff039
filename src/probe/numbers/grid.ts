import { elementCount, NO_NUMBER, type Picture } from "../../model";

/** Bytes from 0 on that stand for numbers. */
const LEVELS = NO_NUMBER;
/** How many numbers are looked at along each side of a pixel, where there are more. */
export const LOOKS = 2;

/** Where the cells of a picture lie in a tensor. */
export interface Field {
  offset: number;
  rows: number;
  rowStride: number;
  columns: number;
  columnStride: number;
}

export const strideOf = (shape: readonly number[], axis: number) => elementCount(shape.slice(axis + 1));

export function fieldOf(shape: readonly number[], { down, across, offset }: { down: number; across: number; offset: number }): Field {
  const [rows, columns] = [shape[down] as number, shape[across] as number];
  return { offset, rows, rowStride: strideOf(shape, down), columns, columnStride: strideOf(shape, across) };
}

/** Numbers in rows. */
export interface Grid {
  width: number;
  height: number;
  cells: Float64Array;
}

/**
 * The mean of what falls into each pixel, at most `most` of them a side; a NaN there makes the pixel NaN. Of many numbers not all are looked
 * at, but at least `LOOKS` a side for each pixel.
 */
export function shrunk(numbers: ArrayLike<number>, { offset, rows, rowStride, columns, columnStride }: Field, most: number): Grid {
  const [width, height] = [Math.min(columns, most), Math.min(rows, most)];
  const [down, across] = [rows, columns].map((size) => Math.max(1, Math.floor(size / (LOOKS * most)))) as [number, number];
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
export function farthest(numbers: ArrayLike<number>, most: number): Grid {
  const count = numbers.length;
  const width = Math.min(count, most);
  const cells = new Float64Array(width);
  for (let index = 0; index < count; index++) {
    const cell = Math.floor((index * width) / count);
    const [value, held] = [numbers[index] as number, cells[cell] as number];
    if (!Number.isFinite(value)) cells[cell] = Number.NaN;
    else if (Math.abs(value) > Math.abs(held)) cells[cell] = value;
  }
  return { width, height: 1, cells };
}

/** The planes of a colour picture share one range, so that their colours are right. */
export function encodedAlike(planes: readonly Grid[]): Picture[] {
  const range = rangeOf(planes.flatMap(({ cells }) => Array.from(cells)));
  return planes.map((plane) => encoded(plane, range));
}

export function encoded({ width, height, cells }: Grid, { min, max } = rangeOf(cells)): Picture {
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
