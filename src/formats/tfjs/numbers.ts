import { elementCount, isObject, type WeightEntry } from "../../model";
import type { Source } from "../source";
import { readPlace } from "./place";

interface StoredType {
  bytes: number;
  read: (view: DataView, offset: number) => number;
}

/** How numbers are stored, lowest byte first. */
const STORED: { [dtype: string]: StoredType } = {
  float32: { bytes: 4, read: (view, offset) => view.getFloat32(offset, true) },
  float64: { bytes: 8, read: (view, offset) => view.getFloat64(offset, true) },
  float16: { bytes: 2, read: (view, offset) => float16(view.getUint16(offset, true)) },
  bfloat16: { bytes: 2, read: (view, offset) => bfloat16(view.getUint16(offset, true)) },
  int8: { bytes: 1, read: (view, offset) => view.getInt8(offset) },
  int16: { bytes: 2, read: (view, offset) => view.getInt16(offset, true) },
  int32: { bytes: 4, read: (view, offset) => view.getInt32(offset, true) },
  int64: { bytes: 8, read: (view, offset) => Number(view.getBigInt64(offset, true)) },
  uint8: { bytes: 1, read: (view, offset) => view.getUint8(offset) },
  uint16: { bytes: 2, read: (view, offset) => view.getUint16(offset, true) },
  uint32: { bytes: 4, read: (view, offset) => view.getUint32(offset, true) },
  uint64: { bytes: 8, read: (view, offset) => Number(view.getBigUint64(offset, true)) },
  bool: { bytes: 1, read: (view, offset) => view.getUint8(offset) },
};

/** How many bytes a number takes; null for types that are no plain numbers. */
export function bytesEach(dtype: string): number | null {
  return STORED[dtype]?.bytes ?? null;
}

/** Numbers as their bytes lie in a file, as many as there are; null for types that are no plain numbers. */
export function numbersIn(bytes: Uint8Array, dtype: string): number[] | null {
  const stored = STORED[dtype];
  if (!stored) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / stored.bytes) }, (_, index) => stored.read(view, index * stored.bytes));
}

/** The numbers of a weight of the manifest, quantization undone; null for types that are no plain numbers. */
export function readTfjsNumbers(source: Source, entry: WeightEntry): Float32Array | null {
  const quantization = isObject(entry.at.quantization) ? entry.at.quantization : null;
  const dtype = String((quantization ?? entry)["dtype"]);
  const stored = STORED[dtype];
  if (!stored) return null;
  const bytes = readPlace(source, entry.at);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = elementCount(entry.shape);
  const held = Math.min(count, Math.floor(bytes.length / stored.bytes));
  if (held < count && !(entry.at.repeatsLast && held > 0)) return null;
  // Half floats are stored as they are; bytes stand for steps from a minimum.
  const { scale = 1, min = 0 } = dtype === "float16" || !quantization ? {} : quantization;
  const [factor, least] = [Number(scale), Number(min)];
  const numbers = new Float32Array(count);
  const isWhole = quantization !== null && entry.dtype === "int32";
  for (let index = 0; index < held; index++) numbers[index] = stored.read(view, index * stored.bytes) * factor + least;
  if (isWhole) for (let index = 0; index < held; index++) numbers[index] = Math.round(numbers[index] as number);
  return numbers.fill(numbers[held - 1] ?? 0, held);
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

/** The upper half of a float32. */
function bfloat16(bits: number): number {
  return new Float32Array(Uint32Array.of(bits << 16).buffer)[0] as number;
}
