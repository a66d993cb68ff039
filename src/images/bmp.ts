import type { DecodedImage } from "./pixels";

/** Bits of red, green and blue that nearly every file has; others are not read. */
const USUAL_MASKS = [0xff0000, 0xff00, 0xff];
const FILE_HEADER = 14;
const INFO_HEADER = 40;
const PALETTE_ENTRY = 4;

interface Header {
  width: number;
  height: number;
  isTopDown: boolean;
  bits: number;
  hasOpacity: boolean;
  /** Where the pixels begin. */
  offset: number;
  palette: Buffer;
}

/**
 * Uncompressed BMP of 1, 4, 8, 24 or 32 bits a pixel. Of the libraries at hand none reads palettes right.
 * @throws Error for others and where the file is damaged
 */
export function decodeBmp(bytes: Buffer): DecodedImage {
  const header = headerOf(bytes);
  const { width, height, bits, offset, isTopDown } = header;
  const colour = bits <= 8 ? paletteColour(header) : directColour(header);
  const lineBytes = 4 * Math.ceil((width * bits) / 32);
  if (offset + lineBytes * height > bytes.length) throw new Error("it ends too early");
  const rgba = new Uint8Array(4 * width * height);
  for (let row = 0; row < height; row++) {
    const line = bytes.subarray(offset + lineBytes * (isTopDown ? row : height - 1 - row));
    for (let column = 0; column < width; column++) colour(line, column, rgba, 4 * (row * width + column));
  }
  return { width, height, rgba };
}

function headerOf(bytes: Buffer): Header {
  const size = bytes.readUInt32LE(FILE_HEADER);
  const [bits, compression, colours] = [bytes.readUInt16LE(28), bytes.readUInt32LE(30), bytes.readUInt32LE(46)];
  const isPlain = compression === 0 && [1, 4, 8, 24, 32].includes(bits);
  const hasMasks = compression === 3 && bits === 32 && USUAL_MASKS.every((mask, index) => bytes.readUInt32LE(54 + 4 * index) === mask);
  if (size < INFO_HEADER || (!isPlain && !hasMasks))
    throw new Error(`its ${bits} bits a pixel with compression ${compression} are not known`);
  const palette = FILE_HEADER + size;
  return {
    width: bytes.readInt32LE(18),
    height: Math.abs(bytes.readInt32LE(22)),
    isTopDown: bytes.readInt32LE(22) < 0,
    bits,
    hasOpacity: hasMasks && size >= INFO_HEADER + 16 && bytes.readUInt32LE(66) !== 0,
    offset: bytes.readUInt32LE(10),
    palette: bytes.subarray(palette, palette + PALETTE_ENTRY * (colours || 2 ** bits)),
  };
}

/** Writes the colour of one pixel of a line to a place. */
type Colour = (line: Buffer, column: number, rgba: Uint8Array, at: number) => void;

/** Several pixels to a byte, the first in its highest bits; an index outside the palette is black. */
function paletteColour({ bits, palette }: Header): Colour {
  const perByte = 8 / bits;
  return (line, column, rgba, at) => {
    const byte = line[Math.floor(column / perByte)] as number;
    const index = (byte >> (8 - bits * ((column % perByte) + 1))) & (2 ** bits - 1);
    const [blue = 0, green = 0, red = 0] = palette.subarray(PALETTE_ENTRY * index, PALETTE_ENTRY * index + 3);
    rgba.set([red, green, blue, 255], at);
  };
}

function directColour({ bits, hasOpacity }: Header): Colour {
  const step = bits / 8;
  return (line, column, rgba, at) => {
    const from = step * column;
    rgba[at] = line[from + 2] as number;
    rgba[at + 1] = line[from + 1] as number;
    rgba[at + 2] = line[from] as number;
    rgba[at + 3] = hasOpacity ? (line[from + 3] as number) : 255;
  };
}
