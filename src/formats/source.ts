/**
 * Where a format reads from: a folder of files, of which one was asked for. Reads ranges, never whole files, so that a
 * 1.4 GB file opens by its header alone. Synchronous: it is used in the helper process only, where nothing else waits.
 */
export interface Source {
  /** What the user asked for, as messages name it: `model.h5`. */
  readonly name: string;
  /** Path in `list()` of the file asked for; `""` when it is the folder itself. */
  readonly main: string;
  /** Where that folder is on this machine, for programs that read files themselves; absent where it is on none. */
  readonly folder?: string;
  /** Paths of all files, with `/`, relative to the model's folder. */
  list(): string[];
  /** Size in bytes. @throws UserError where there is no such file. */
  size(path: string): number;
  /** Bytes from `offset`; fewer than `length` only at the end of the file. @throws UserError where the path leaves the folder or is not there. */
  read(path: string, offset: number, length: number): Uint8Array;
  close(): void;
}
