import { inflateSync } from "node:zlib";
import { commonJs } from "./common-js";
import type { DecodedImage } from "./pixels";

const INTERLACE_AT = 28;
/** Each pass of an interlaced image begins its lines anew, so it is a little longer than its pixels. */
const SPARE = 2;
const MOST_BYTES_A_PIXEL = 8;

/** @throws Error where the file is damaged */
export async function decodePng(bytes: Buffer): Promise<DecodedImage> {
  const { PNG } = commonJs(await import("pngjs"));
  if (bytes[INTERLACE_AT] !== 0) refuseBomb(bytes);
  const png = PNG.sync.read(bytes, { skipRescale: true } as object) as ReturnType<typeof PNG.sync.read> & Traits;
  const { width, height, depth, palette, colorType, transColor } = png;
  const samples = png.data as Uint8Array | Uint16Array;
  if (transColor) uncover(samples, transColor);
  const isWide = depth === 16 && colorType === GRAYSCALE;
  const rgba = depth === 8 || palette ? new Uint8Array(samples) : toBytes(samples, depth);
  if (transColor && depth !== 8) hide(rgba, isWide ? [] : transColor);
  return { width, height, rgba, ...(isWide ? { gray16: gray16Of(samples, rgba) } : {}) };
}

const GRAYSCALE = 0;

/** What the library tells of a file besides its pixels. */
interface Traits {
  depth: number;
  colorType: number;
  palette: boolean;
  /** The colour that stands for transparent, one sample or three. */
  transColor?: number[];
}

/** The library makes what is transparent black; load_img keeps its colour. */
function uncover(samples: Uint8Array | Uint16Array, [red = 0, green = red, blue = red]: readonly number[]): void {
  for (let at = 0; at < samples.length; at += 4) {
    if (samples[at + 3] === 0) samples.set([red, green, blue], at);
  }
}

/** Pillow compares the transparent colour, as the file has it, with samples that it has brought to bytes; of 16-bit gray with none. */
function hide(rgba: Uint8Array, [red, green = red, blue = red]: readonly number[]): void {
  for (let at = 0; at < rgba.length; at += 4) rgba[at + 3] = rgba[at] === red && rgba[at + 1] === green && rgba[at + 2] === blue ? 0 : 255;
}

/** The library inflates what is interlaced without a bound. */
function refuseBomb(bytes: Buffer): void {
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const parts: Buffer[] = [];
  for (let at = 8; at + 8 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString("latin1", at + 4, at + 8) === "IDAT") parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  inflateSync(Buffer.concat(parts), { maxOutputLength: SPARE * MOST_BYTES_A_PIXEL * (width + 8) * (height + 8) });
}

/** Samples of another depth as Pillow brings them to bytes: those of 1, 2 and 4 bits are spread out, of those of 16 the upper half is taken. */
function toBytes(samples: Uint8Array | Uint16Array, depth: number): Uint8Array {
  const spread = 255 / (2 ** depth - 1);
  const bytes = new Uint8Array(samples.length);
  for (let at = 0; at < samples.length; at++) bytes[at] = depth === 16 ? (samples[at] as number) >> 8 : (samples[at] as number) * spread;
  return bytes;
}

/** Pillow's mode I;16; its colours are not the upper halves of the samples, but what is above 255 is white. */
function gray16Of(samples: Uint8Array | Uint16Array, rgba: Uint8Array): Uint16Array {
  return Uint16Array.from({ length: samples.length / 4 }, (_, pixel) => {
    const sample = samples[4 * pixel] as number;
    rgba.fill(Math.min(sample, 255), 4 * pixel, 4 * pixel + 3);
    return sample;
  });
}
