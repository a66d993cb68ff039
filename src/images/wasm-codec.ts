import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { DecodedImage } from "./pixels";

/** A package of jSquash: libraries in C, compiled to WebAssembly. */
interface Codec {
  init(module: WebAssembly.Module, options: object): Promise<void>;
  default(bytes: ArrayBuffer): Promise<{ width: number; height: number; data: Uint8ClampedArray }>;
}

/**
 * Decodes by a library that knows browsers only. `file`: where its package has the compiled library.
 * @throws Error with what the library says of a damaged file
 */
export async function decodeByCodec(codec: Codec, file: string, bytes: Buffer): Promise<DecodedImage> {
  standInForImageData();
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  // Begun anew each time: one that has given up is of no use any more, and its memory is never given back.
  await codec.init(await WebAssembly.compile(await readFile(compiled(file))), { print: say, printErr: say });
  const { width, height, data } = await codec.default(bytes as unknown as ArrayBuffer).catch((error: Error) => {
    throw new Error(said.at(-1) ?? error.message);
  });
  // Of what else the library says of a damaged file Pillow makes nothing.
  const short = said.find((line) => line.startsWith("Premature end of JPEG file"));
  if (short) throw new Error(short);
  return { width, height, rgba: new Uint8Array(data.buffer, data.byteOffset, data.length) };
}

/** Beside the bundle, or in the package where nothing is bundled. */
function compiled(file: string): string {
  const beside = join(__dirname, "wasm", file.slice(file.lastIndexOf("/") + 1));
  return existsSync(beside) ? beside : createRequire(join(__dirname, "images.js")).resolve(file);
}

/** What the library gives pixels back in is a browser's; Node has none. */
function standInForImageData(): void {
  const world = globalThis as { ImageData?: unknown };
  world.ImageData ??= class {
    constructor(
      readonly data: Uint8ClampedArray,
      readonly width: number,
      readonly height: number,
    ) {}
  };
}
