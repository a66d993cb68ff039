import { readFile, stat } from "node:fs/promises";
import { decodeImage } from "../images";
import { fileName, imagePath, UserError } from "../model";
import type { Image } from "../probe";

/** Largest file that is read. What an image of the most pixels takes in any usual format is below it. */
const MOST_BYTES = 256 * 2 ** 20;

/** Why a file cannot be read, by what the system says. */
const REASONS: { [code: string]: string } = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EACCES: "permission is denied",
  EPERM: "permission is denied",
};

/** Reads the images that probes are filled with, and keeps the last: each step of a dragged number asks for it again. */
export class Images {
  #last: { stamp: string; image: Image } | null = null;

  /** The image of a fill that is one; null for any other. @throws UserError that names the file, the reason and the way out */
  async of(fill: string): Promise<Image | null> {
    const path = imagePath(fill);
    return path === null ? null : this.#read(path);
  }

  async #read(path: string): Promise<Image> {
    const unreadable = (reason: string) => new UserError(`The image ${path} cannot be read: ${reason}; choose another file.`);
    const told = (error: NodeJS.ErrnoException) => {
      throw unreadable(REASONS[error.code ?? ""] ?? error.message);
    };
    // Not opened before: what is no file may keep whoever opens it waiting.
    const found = await stat(path).catch(told);
    if (!found.isFile()) throw unreadable("it is no file");
    if (found.size > MOST_BYTES) throw unreadable(`it has ${found.size} bytes, more than the ${MOST_BYTES} that are read`);
    const stamp = [path, found.size, found.mtimeMs].join(" ");
    if (this.#last?.stamp !== stamp) {
      const name = fileName(path);
      this.#last = { stamp, image: { name, decoded: await decodeImage(await readFile(path).catch(told), name) } };
    }
    return this.#last.image;
  }
}
