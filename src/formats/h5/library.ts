import type { Dataset, Group, File as H5File } from "h5wasm";
import { finished, type Work } from "../../model";
import { FormatError } from "../format-error";
import { withoutBrokenHeaps } from "./heap-guard";
import { paged, type Range } from "./range-file";

type H5wasm = typeof import("h5wasm");

/** What of Emscripten's file system is used; h5wasm's own types leave it out. */
interface FileSystem {
  streams: { stream_ops: { write?: unknown } }[];
  createFile(parent: string, name: string, properties: object, canRead: boolean, canWrite: boolean): FileNode;
  unlink(path: string): void;
}
interface FileNode {
  stream_ops: object;
}
interface ReadableStream {
  position: number;
}

let library: Promise<H5wasm> | null = null;
let loaded: H5wasm | null = null;

/** h5wasm, if an HDF5 file has been opened before. */
export function loadedH5(): H5wasm | null {
  return loaded;
}

/**
 * h5wasm, compiled when the first HDF5 file is opened (some 100 ms). Its build for browsers, since that has a file system in memory
 * of its own, in which files can be ranges of others; the build for Node works on the machine's own files.
 */
export function loadH5(): Promise<H5wasm> {
  library ??= import("h5wasm").then(async (h5wasm) => {
    silence((await h5wasm.ready).FS as unknown as FileSystem);
    loaded = h5wasm;
    return h5wasm;
  });
  return library;
}

/** HDF5 prints a stack of its own for every failed look-up; failures are told by return values as well. */
function silence(files: FileSystem): void {
  const [, , standardError] = files.streams;
  if (standardError)
    standardError.stream_ops = {
      ...standardError.stream_ops,
      write: (_stream: unknown, _bytes: unknown, _at: number, length: number) => length,
    };
}

let opened = 0;

/**
 * Opens an HDF5 file that lies anywhere, lets `use` read it, and closes it. Only what `use` asks for is read from the range.
 * @throws FormatError where the library cannot make sense of the bytes
 */
export function withH5<T>(h5wasm: H5wasm, range: Range, use: (file: H5File) => T): T {
  return finished(
    // biome-ignore lint/correctness/useYield: done at once
    workOnH5(h5wasm, range, function* (file) {
      return use(file);
    }),
  );
}

/** As `withH5`, for work that lets others have a turn. */
export function* workOnH5<T>(h5wasm: H5wasm, range: Range, use: (file: H5File) => Work<T>): Work<T> {
  const files = (h5wasm.Module as unknown as { FS: FileSystem }).FS;
  const name = `source-${opened++}.h5`;
  mount(files, name, range);
  try {
    const file = new h5wasm.File(`/${name}`, "r");
    if (file.file_id < 0n) throw damaged();
    try {
      return yield* use(file);
    } finally {
      file.close();
    }
  } catch (error) {
    // A mistake of ours stays one. All else comes from h5wasm or its WebAssembly: it validates little by itself.
    if (error instanceof FormatError || error instanceof TypeError || error instanceof ReferenceError) throw error;
    throw damaged();
  } finally {
    files.unlink(`/${name}`);
  }
}

function damaged(): FormatError {
  return new FormatError("its HDF5 structure cannot be read: the file is cut off or damaged");
}

/** A file in Emscripten's memory file system whose bytes are read from the range on demand, as its own `createLazyFile` does. */
function mount(files: FileSystem, name: string, range: Range): void {
  const cached = withoutBrokenHeaps(paged(range));
  const node = files.createFile("/", name, {}, true, false);
  Object.defineProperty(node, "usedBytes", { get: () => cached.sizeBytes });
  node.stream_ops = {
    ...node.stream_ops,
    read(_stream: ReadableStream, target: Uint8Array, at: number, length: number, position: number): number {
      const bytes = cached.read(position, length);
      target.set(bytes, at);
      return bytes.length;
    },
  };
}

/** What is at a path; null where nothing is, or something else than asked for. */
export function groupAt(h5wasm: H5wasm, file: Group, path: string): Group | null {
  const found = file.get(path);
  return found instanceof h5wasm.Group ? found : null;
}

export function datasetAt(h5wasm: H5wasm, file: Group, path: string): Dataset | null {
  const found = file.get(path);
  return found instanceof h5wasm.Dataset ? found : null;
}

export type { Dataset, Group, H5File, H5wasm };
