import type { DecodedImage } from "./pixels";
import { decodeByCodec } from "./wasm-codec";

/** libwebp, which is Pillow's too. @throws Error where the file is damaged */
export async function decodeWebp(bytes: Buffer): Promise<DecodedImage> {
  return decodeByCodec(await import("@jsquash/webp/decode.js"), "@jsquash/webp/codec/dec/webp_dec.wasm", bytes);
}

/** One row a kind of first chunk: where it keeps the size. @see RFC 9649, section 2 */
const SIZES: { [chunk: string]: (bytes: Buffer) => [number, number] } = {
  VP8X: (bytes) => [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1],
  VP8L: (bytes) => {
    const bits = bytes.readUInt32LE(21);
    return [(bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1];
  },
  "VP8 ": (bytes) => [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff],
};

/** Null where the file is no WebP image. */
export function webpSize(bytes: Buffer): { width: number; height: number } | null {
  const read = bytes.length >= 30 ? SIZES[bytes.toString("latin1", 12, 16)] : undefined;
  if (!read) return null;
  const [width, height] = read(bytes);
  return { width, height };
}
