import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { UserError } from "../model";
import { isInside } from "./inside";
import type { Source } from "./source";

/** What a listing stops at: a model's folder is small, and a home folder asked for by mistake must not be walked. */
const LISTING = { depth: 4, files: 10_000 };

interface OpenFile {
  descriptor: number;
  sizeBytes: number;
}

/** A file or a folder on this machine. Nothing is read before it is asked for. @throws UserError where there is no such path */
export function fileSource(path: string): Source {
  return new FileSource(resolve(path), isFolder(path));
}

/** The root folder has no name of its own; a SavedModel is called as its folder. */
const nameOf = (path: string) => basename(basename(path) === "saved_model.pb" ? dirname(path) : path) || path;

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw new UserError(`${path} cannot be opened: ${plainReason(error)}.`);
  }
}

class FileSource implements Source {
  readonly name: string;
  readonly main: string;
  readonly folder: string;
  readonly #open = new Map<string, OpenFile>();

  constructor(path: string, isFolder: boolean) {
    this.name = nameOf(path);
    this.main = isFolder ? "" : basename(path);
    this.folder = isFolder ? path : dirname(path);
  }

  list(): string[] {
    return listFiles(this.folder);
  }

  size(path: string): number {
    return this.#file(path).sizeBytes;
  }

  read(path: string, offset: number, length: number): Uint8Array {
    const { descriptor, sizeBytes } = this.#file(path);
    const bytes = new Uint8Array(Math.max(0, Math.min(length, sizeBytes - offset)));
    let filled = 0;
    while (filled < bytes.length) {
      const count = readSync(descriptor, bytes, filled, bytes.length - filled, offset + filled);
      if (count === 0) return bytes.subarray(0, filled); // the file shrank meanwhile
      filled += count;
    }
    return bytes;
  }

  close(): void {
    for (const { descriptor } of this.#open.values()) closeSync(descriptor);
    this.#open.clear();
  }

  #file(path: string): OpenFile {
    const known = this.#open.get(path);
    if (known) return known;
    if (!isInside(path)) throw new UserError(`${this.name} names the file ${JSON.stringify(path)}, which is outside its folder.`);
    const opened = this.#openFile(path);
    this.#open.set(path, opened);
    return opened;
  }

  #openFile(path: string): OpenFile {
    const full = join(this.folder, path);
    try {
      // Before opening: opening a named pipe would wait for a writer.
      if (!statSync(full).isFile()) throw new UserError(`${path} cannot be opened: it is not a file.`);
      const descriptor = openSync(full, "r");
      return { descriptor, sizeBytes: fstatSync(descriptor).size };
    } catch (error) {
      if (error instanceof UserError) throw error;
      throw new UserError(`${path} cannot be opened: ${plainReason(error)}.`);
    }
  }
}

/** Files in a folder and in those within it. @throws UserError where the folder itself cannot be listed */
function listFiles(folder: string): string[] {
  const found: string[] = [];
  const entriesOf = (prefix: string) => {
    try {
      return readdirSync(join(folder, prefix), { withFileTypes: true });
    } catch (error) {
      if (prefix === "") throw new UserError(`${nameOf(folder)} cannot be opened: ${plainReason(error)}.`);
      return []; // a folder within that may not be looked into: its files are not the model's
    }
  };
  const visit = (prefix: string, depth: number): void => {
    for (const entry of entriesOf(prefix)) {
      if (found.length >= LISTING.files) return;
      if (entry.isDirectory()) {
        if (depth < LISTING.depth) visit(`${prefix}${entry.name}/`, depth + 1);
      } else {
        found.push(prefix + entry.name);
      }
    }
  };
  visit("", 1);
  return found.sort();
}

const REASONS: { [code: string]: string } = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  ELOOP: "its links lead in a circle",
  EMFILE: "too many files are open",
  ENAMETOOLONG: "its name is too long",
};

function plainReason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return REASONS[code] ?? (code || String(error));
}
