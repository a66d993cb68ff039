import { commonJs } from "./common-js";
import { type DecodedImage, MOST_PIXELS } from "./pixels";

/** The first frame, on its canvas. @throws Error where the file is damaged */
export async function decodeGif(bytes: Buffer): Promise<DecodedImage> {
  const { parseGIF, decompressFrame } = commonJs(await import("gifuct-js"));
  const { lsd, gct, frames } = parseGIF(Uint8Array.from(bytes).buffer);
  const [first, second] = frames.flatMap((frame) => ("image" in frame ? [frame] : []));
  if (!first) throw new Error("it has no frame");
  if (!second && !isEnded(bytes)) throw new Error("it ends too early");
  const { width, height } = first.image.descriptor;
  if (width * height > MOST_PIXELS) throw new Error(`its first frame has ${width * height} pixels`);
  const { pixels, dims, colorTable, transparentIndex } = decompressFrame(first, gct, false);
  const rgba = new Uint8Array(4 * lsd.width * lsd.height);
  for (let row = 0; row < dims.height; row++) {
    for (let column = 0; column < dims.width; column++) {
      const [x, y] = [dims.left + column, dims.top + row];
      if (x >= lsd.width || y >= lsd.height) continue;
      const index = pixels[row * dims.width + column] ?? 0;
      rgba.set([...(colorTable?.[index] ?? [0, 0, 0]), index === transparentIndex ? 0 : 255], 4 * (y * lsd.width + x));
    }
  }
  return { width: lsd.width, height: lsd.height, rgba };
}

/** The library fills up what is missing. */
function isEnded(bytes: Buffer): boolean {
  const last = bytes.findLastIndex((byte) => byte !== 0);
  return bytes[last] === TRAILER;
}
const TRAILER = 0x3b;
