import { elementCount, isObject, type WeightEntry } from "../../model";
import type { Source } from "../source";
import { DTYPE_BYTES } from "./manifest";

const READERS: { [dtype: string]: (view: DataView, offset: number) => number } = {
  float32: (view, offset) => view.getFloat32(offset, true),
  int32: (view, offset) => view.getInt32(offset, true),
  bool: (view, offset) => view.getUint8(offset),
  uint8: (view, offset) => view.getUint8(offset),
  uint16: (view, offset) => view.getUint16(offset, true),
  float16: (view, offset) => float16(view.getUint16(offset, true)),
};

/** The numbers of a weight of the manifest, quantization undone; null for types that are no plain numbers. */
export function readTfjsNumbers(source: Source, entry: WeightEntry): Float32Array | null {
  const quantization = isObject(entry.at.quantization) ? entry.at.quantization : null;
  const dtype = String((quantization ?? entry)["dtype"]);
  const read = READERS[dtype];
  const bytesEach = DTYPE_BYTES[dtype];
  if (!read || !bytesEach) return null;
  const bytes = readPlace(source, entry.at);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = elementCount(entry.shape);
  if (bytes.length < count * bytesEach) return null;
  // Half floats are stored as they are; bytes stand for steps from a minimum.
  const { scale = 1, min = 0 } = dtype === "float16" || !quantization ? {} : quantization;
  const [factor, least] = [Number(scale), Number(min)];
  const numbers = new Float32Array(count);
  for (let index = 0; index < count; index++) numbers[index] = read(view, index * bytesEach) * factor + least;
  return numbers;
}

function readPlace(source: Source, { file, offset = 0, sizeBytes = 0, furtherFiles = [] }: WeightEntry["at"]): Uint8Array {
  const bytes = new Uint8Array(sizeBytes);
  let filled = 0;
  for (const [index, path] of [file, ...furtherFiles].entries()) {
    const piece = source.read(path, index === 0 ? offset : 0, sizeBytes - filled);
    bytes.set(piece, filled);
    filled += piece.length;
  }
  return bytes.subarray(0, filled);
}

/** IEEE 754 half precision. */
function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * 2 ** -24 * fraction;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * 2 ** (exponent - 25) * (1024 + fraction);
}
