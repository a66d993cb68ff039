import { UserError } from "../model";
import type { Source } from "./source";

/** Files handed over as bytes, from a virtual file system. `name`: the path of the file asked for, or a folder's name where no file has it. */
export function memorySource(name: string, files: Map<string, Uint8Array>): Source {
  return new MemorySource(name, files);
}

class MemorySource implements Source {
  readonly main: string;

  constructor(
    readonly name: string,
    private readonly files: Map<string, Uint8Array>,
  ) {
    this.main = files.has(name) ? name : "";
  }

  list(): string[] {
    return [...this.files.keys()].sort();
  }

  size(path: string): number {
    return this.#bytes(path).length;
  }

  read(path: string, offset: number, length: number): Uint8Array {
    return this.#bytes(path).subarray(offset, offset + length);
  }

  close(): void {}

  #bytes(path: string): Uint8Array {
    const bytes = this.files.get(path);
    if (!bytes) throw new UserError(`${path} cannot be opened: there is no such file beside ${this.name}.`);
    return bytes;
  }
}
