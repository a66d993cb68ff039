import { UserError } from "../model";
import { decodeBmp } from "./bmp";
import { decodeGif } from "./gif";
import { decodeJpeg, jpegFrame } from "./jpeg";
import { type DecodedImage, MOST_PIXELS } from "./pixels";
import { decodePng } from "./png";
import { decodeWebp, webpSize } from "./webp";

/** A format that is read. */
interface Kind {
  name: string;
  begins: (bytes: Buffer) => boolean;
  /** By the header alone, before anything is allocated; null where the header makes no sense. */
  size: (bytes: Buffer) => { width: number; height: number } | null;
  decode: (bytes: Buffer) => DecodedImage | Promise<DecodedImage>;
  /** Why a file of this format cannot be read although others can. */
  refusal?: (bytes: Buffer) => string | null;
}

const startsWith =
  (text: string, at = 0) =>
  (bytes: Buffer) =>
    bytes.toString("latin1", at, at + text.length) === text;

const KINDS: readonly Kind[] = [
  {
    name: "PNG",
    begins: startsWith("\x89PNG\r\n\x1a\n"),
    size: (bytes) => ({ width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }),
    decode: decodePng,
  },
  {
    name: "JPEG",
    begins: startsWith("\xff\xd8\xff"),
    size: jpegFrame,
    decode: decodeJpeg,
    refusal: (bytes) => (jpegFrame(bytes)?.channels === 4 ? "is a JPEG in CMYK" : null),
  },
  {
    name: "GIF",
    begins: startsWith("GIF8"),
    size: (bytes) => ({ width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }),
    decode: decodeGif,
  },
  {
    name: "BMP",
    begins: startsWith("BM"),
    size: (bytes) => ({ width: bytes.readInt32LE(18), height: Math.abs(bytes.readInt32LE(22)) }),
    decode: decodeBmp,
  },
  {
    name: "WebP",
    begins: (bytes) => startsWith("RIFF")(bytes) && startsWith("WEBP", 8)(bytes),
    size: webpSize,
    decode: decodeWebp,
  },
];

/** Formats that Keras reads through Pillow and we do not, to be called by their names. */
const OTHERS: readonly [string, (bytes: Buffer) => boolean][] = [
  ["a TIFF image", (bytes) => startsWith("II*\0")(bytes) || startsWith("MM\0*")(bytes)],
  ["an AVIF or HEIC image", startsWith("ftyp", 4)],
  ["a JPEG 2000 image", startsWith("jP  ", 4)],
  ["an SVG drawing", (bytes) => /^\s*<(\?xml|svg)/i.test(bytes.toString("latin1", 0, 64))],
  ["an icon", startsWith("\0\0\x01\0")],
];

const WAY_OUT = "save it as PNG or JPEG, in grayscale or RGB";

/**
 * Decodes an image by what it holds, whatever its name.
 * @throws UserError that names the file, the reason and the way out
 */
export async function decodeImage(bytes: Buffer, name: string): Promise<DecodedImage> {
  const kind = KINDS.find(({ begins }) => begins(bytes));
  if (!kind) {
    const other = OTHERS.find(([, begins]) => begins(bytes))?.[0] ?? "none of these";
    throw new UserError(`${name} cannot fill a tensor: PNG, JPEG, GIF, BMP and WebP images are read, and it is ${other}; ${WAY_OUT}.`);
  }
  const refusal = kind.refusal?.(bytes);
  if (refusal) throw new UserError(`${name} ${refusal}, which is not read: ${WAY_OUT}.`);
  const damaged = (reason: string) => new UserError(`${name} is a ${kind.name} image that cannot be read (${reason}); ${WAY_OUT}.`);
  const size = sizeOf(kind, bytes);
  if (!size || size.width < 1 || size.height < 1) throw damaged("its header is damaged");
  if (size.width * size.height > MOST_PIXELS)
    throw new UserError(
      `${name} has ${size.width}×${size.height} pixels, more than the ${Math.floor(MOST_PIXELS / 1e6)} million that are read; make it smaller first.`,
    );
  const decoded = await Promise.resolve()
    .then(() => kind.decode(bytes))
    .catch((error: unknown) => {
      throw damaged(reasonOf(error));
    });
  if (decoded.rgba.length !== 4 * decoded.width * decoded.height) throw damaged("it ends too early");
  return decoded;
}

function sizeOf({ size }: Kind, bytes: Buffer): { width: number; height: number } | null {
  try {
    return size(bytes);
  } catch {
    return null; // shorter than its header
  }
}

/** What a library says, without its full stop and on one line. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split("\n", 1)[0] ?? "").trim().replace(/\.$/, "") || "no reason is known";
}
