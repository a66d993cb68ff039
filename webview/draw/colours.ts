import { interpolateViridis, rgb } from "d3";
import { NO_NUMBER, type Picture } from "../../src/model";

/** Bytes of one pixel: red, green, blue, alpha. */
type Pixel = [number, number, number, number];

/** What is no number is red in every theme, as a failure is. */
const NOT_A_NUMBER: Pixel = [214, 40, 28, 255];

/** Viridis: readable on light and dark, in gray and for the colour-blind. `part` from 0 to 1. @see https://bids.github.io/colormap */
export function colourAt(part: number): Pixel {
  const { r, g, b } = rgb(interpolateViridis(Math.min(1, Math.max(0, part))));
  return [r, g, b, 255];
}

/** A range of numbers that several pictures share. */
export interface Range {
  min: number;
  max: number;
}

/** From the least number to the greatest of all of them. */
export function rangeOf(pictures: readonly Picture[]): Range {
  return { min: Math.min(...pictures.map(({ min }) => min)), max: Math.max(...pictures.map(({ max }) => max)) };
}

/** The bytes of a picture. */
export const bytesOf = ({ bytes }: Picture): Uint8Array => Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0));

/** The number that a byte stands for; null for what is none. */
export function numberAt({ min, max }: Picture, byte: number): number | null {
  return byte === NO_NUMBER ? null : min + (byte / (NO_NUMBER - 1)) * (max - min);
}

/** Pixels of a picture in colours, four bytes each; `range` is what the first and the last colour stand for. */
export function coloured(picture: Picture, range: Range = picture): Uint8ClampedArray<ArrayBuffer> {
  const spread = range.max - range.min;
  const table = Array.from({ length: 256 }, (_, byte): Pixel => {
    const value = numberAt(picture, byte);
    if (value === null) return NOT_A_NUMBER;
    return colourAt(spread > 0 ? (value - range.min) / spread : 0);
  });
  return pixels(bytesOf(picture), (byte) => table[byte] as Pixel);
}

/**
 * Pixels of an image as a camera has them: one plane is gray, three are red, green and blue. Numbers from 0 to 1 and from 0 to 255 are
 * taken as they are, others between their least and greatest.
 */
export function asImage(planes: readonly Picture[]): Uint8ClampedArray<ArrayBuffer> {
  const range = rangeOf(planes);
  const [black, white] = scaleOf(range);
  const bytes = planes.map(bytesOf);
  const level = (plane: number, at: number) => {
    const picture = planes[plane] ?? planes[0];
    const value = picture ? numberAt(picture, (bytes[plane] ?? bytes[0])?.[at] ?? NO_NUMBER) : null;
    return value === null ? null : ((value - black) / (white - black)) * 255;
  };
  return pixels(bytes[0] ?? new Uint8Array(), (_, at): Pixel => {
    const [red, green, blue] = [level(0, at), level(1, at), level(2, at)];
    return red === null || green === null || blue === null ? NOT_A_NUMBER : [red, green, blue, 255];
  });
}

/** What stands for black and for white. */
function scaleOf({ min, max }: Range): [number, number] {
  if (min >= 0 && max <= 1) return [0, 1];
  if (min >= 0 && max <= 255) return [0, 255];
  return [min, max > min ? max : min + 1];
}

function pixels(bytes: Uint8Array, pixel: (byte: number, at: number) => Pixel): Uint8ClampedArray<ArrayBuffer> {
  const made = new Uint8ClampedArray(bytes.length * 4);
  for (const [at, byte] of bytes.entries()) made.set(pixel(byte, at), at * 4);
  return made;
}
