import type { DecodedImage } from "./pixels";
import { decodeByCodec } from "./wasm-codec";

/** mozjpeg, which decodes as libjpeg-turbo does, and that is Pillow's. @throws Error where the file is damaged */
export async function decodeJpeg(bytes: Buffer): Promise<DecodedImage> {
  const decoded = await decodeByCodec(await import("@jsquash/jpeg/decode.js"), "@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm", bytes);
  return jpegFrame(bytes)?.isHalvedInHeight ? { ...decoded, note: HALVED_IN_HEIGHT } : decoded;
}

/** As cameras do that lie on their side. libjpeg-turbo smooths these since 2.1, mozjpeg does not. */
const HALVED_IN_HEIGHT =
  "Its colours have half the height of its brightness (JPEG 4:4:0), which Keras smooths and this does not: they differ a little at horizontal edges.";

/** Size and channels by the first frame header; null where there is none. @see ITU-T T.81, B.1.1.3 */
export function jpegFrame(bytes: Buffer): { width: number; height: number; channels: number; isHalvedInHeight: boolean } | null {
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) at += 1;
    else if (isFrame(marker)) {
      const channels = bytes[at + 9] as number;
      const isHalvedInHeight = channels === 3 && bytes[at + 11] === 0x12;
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7), channels, isHalvedInHeight };
    } else at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

/** SOF0 to SOF15 without the tables that lie between them. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
