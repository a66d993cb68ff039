import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileName, UserError } from "../model";

/** Largest image that is handed over as bytes. */
export const GIVEN_BYTES = 64 * 2 ** 20;
const LONGEST_NAME = 120;

/** Keeps images that came as bytes as files, where the helper finds them; they are gone when it is disposed of. */
export class ImageFolder {
  #folder: string | null = null;
  #count = 0;

  /** The path under which the helper reads these bytes. @throws UserError where they are too many */
  async keep(name: string, bytes: Uint8Array): Promise<string> {
    if (bytes.length > GIVEN_BYTES)
      throw new UserError(`${name} has ${bytes.length} bytes, more than ${GIVEN_BYTES}; make it smaller first.`);
    this.#folder ??= mkdtempSync(join(tmpdir(), "layerscope-"));
    // A folder each: two of the same name are two images.
    const folder = join(this.#folder, String(++this.#count));
    await mkdir(folder);
    const path = join(folder, plainName(name));
    await writeFile(path, bytes);
    return path;
  }

  dispose(): void {
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = null;
  }
}

/** A name that leads nowhere else, whoever gave it. */
function plainName(given: string): string {
  const plain = fileName(given)
    .replace(/[^\p{L}\p{N} ._()-]/gu, "_")
    .slice(-LONGEST_NAME);
  return /^\.*$/.test(plain) ? "image" : plain;
}
