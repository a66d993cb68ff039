import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileName, UserError } from "../../model";

/** Largest file of weights that a page may hand over. */
const LARGEST_BYTES = 8 * 2 ** 30;

/** Files of weights that pages hand over, as a browser tells nobody where they lie. Gone when it is disposed of. */
export class Uploads {
  #folder: string | null = null;
  #count = 0;

  /** The path of what a request brings. @throws UserError where its name is none of weights, or it is too large */
  async receive(request: IncomingMessage, given: string): Promise<string> {
    const name = fileName(given).replace(/[^\p{L}\p{N} ._()-]/gu, "_");
    if (!/^[^.].*\.(h5|hdf5|keras)$/i.test(name))
      throw new UserError(`${name || "A file without a name"} has no weights: choose a .h5 or .keras file.`);
    this.#folder ??= mkdtempSync(join(tmpdir(), "layerscope-"));
    const folder = join(this.#folder, String(++this.#count));
    await mkdir(folder);
    const path = join(folder, name);
    await pipeline(request, atMost(LARGEST_BYTES, name), createWriteStream(path));
    return path;
  }

  dispose(): void {
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = null;
  }
}

function atMost(most: number, name: string): Transform {
  let bytes = 0;
  return new Transform({
    transform(piece: Buffer, _, done) {
      bytes += piece.length;
      done(
        bytes > most ? new UserError(`${name} is larger than ${most / 2 ** 30} GB; name it on the command line: --weights.`) : null,
        piece,
      );
    },
  });
}
