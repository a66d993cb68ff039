import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { decodeImage } from "../../src/images";
import { UserError } from "../../src/model";
import { seeded } from "../../src/probe/numbers/chance";

const FOLDER = join(__dirname, "files");
const file = (name: string) => readFileSync(join(FOLDER, name));

function chunk(kind: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, "latin1"), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

function png(width: number, height: number, { interlaced = false, inflated = 0 } = {}): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, Number(interlaced)]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const parts = [chunk("IHDR", header), chunk("IDAT", deflateSync(Buffer.alloc(inflated))), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...parts]);
}

const CASES: [what: string, bytes: Buffer, message: RegExp][] = [
  [
    "nothing at all",
    Buffer.alloc(0),
    /^x cannot fill a tensor: PNG, JPEG, GIF, BMP and WebP images are read, and it is none of these; save/,
  ],
  ["text", Buffer.from("no image"), /it is none of these; save it as PNG or JPEG/],
  ["TIFF", Buffer.from("II*\0........"), /it is a TIFF image; save/],
  ["SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), /it is an SVG drawing; save/],
  ["AVIF", Buffer.from("\0\0\0 ftypavif"), /it is an AVIF or HEIC image; save/],
  [
    "a JPEG in CMYK",
    Buffer.from("ffd8ffc000140800100010040111000211000311000411000000", "hex"),
    /^x is a JPEG in CMYK, which is not read: save/,
  ],
  ["a JPEG cut off", file("rgb-420.jpg").subarray(0, 700), /^x is a JPEG image that cannot be read \(.+\); save/],
  ["a JPEG without a frame", file("rgb-420.jpg").subarray(0, 30), /its header is damaged/],
  ["a PNG cut off", file("rgb.png").subarray(0, 900), /^x is a PNG image that cannot be read \(.+\); save/],
  ["a PNG's header alone", file("rgb.png").subarray(0, 12), /its header is damaged/],
  ["a PNG of no pixels", png(0, 8), /its header is damaged/],
  ["a WebP cut off", file("lossy.webp").subarray(0, 200), /^x is a WebP image that cannot be read/],
  ["a GIF cut off", file("palette.gif").subarray(0, 300), /^x is a GIF image that cannot be read/],
  ["a BMP cut off", file("rgb-24.bmp").subarray(0, 900), /it ends too early/],
  [
    "more pixels than are read",
    png(60_000, 60_000),
    /^x has 60000×60000 pixels, more than the 89 million that are read; make it smaller first\.$/,
  ],
  ["a small picture that inflates to 200 MB", png(8, 8, { interlaced: true, inflated: 200e6 }), /^x is a PNG image that cannot be read/],
];

describe("an image that is not read ends in one sentence", () => {
  it.each(CASES)("%s", async (_, bytes, message) => {
    const error = await decodeImage(bytes, "x").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toMatch(message);
  });

  it("whatever is damaged in it, within seconds", { timeout: 60_000 }, async () => {
    const next = seeded(5);
    let refused = 0;
    for (const name of readdirSync(FOLDER)) {
      for (let round = 0; round < 12; round++) {
        const bytes = Buffer.from(file(name));
        for (let change = 0; change < 3; change++) bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
        const cut = round % 3 === 0 ? bytes.subarray(0, Math.floor(next() * bytes.length)) : bytes;
        const end = await decodeImage(cut, name).catch((thrown: unknown) => thrown);
        if (end instanceof Error) expect(end, `${name}, round ${round}: ${end.stack}`).toBeInstanceOf(UserError);
        refused += Number(end instanceof Error);
      }
    }
    expect(refused).toBeGreaterThan(100);
  });
});
