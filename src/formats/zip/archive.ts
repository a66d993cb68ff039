import { Readable } from "node:stream";
import { inflateRawSync } from "node:zlib";
import { type Entry, fromRandomAccessReader, RandomAccessReader, type ZipFile } from "yauzl";
import { FormatError, quoted } from "../format-error";
import type { Source } from "../source";

/** A file in an archive, and where its bytes lie. */
export interface ArchiveEntry {
  name: string;
  /** Of its bytes in the archive. */
  offset: number;
  storedBytes: number;
  sizeBytes: number;
  isCompressed: boolean;
}

/** A Keras archive has three to some dozens of files. */
const MAX_ENTRIES = 10_000;
/** Compression methods of the zip format: stored, and deflated. */
const STORED = 0;
const SUPPORTED = new Set([STORED, 8]);

/** The directory of a zip archive, by name. Only the directory is read. @throws FormatError where it is damaged or hostile */
export async function readArchive(source: Source, path: string): Promise<Map<string, ArchiveEntry>> {
  try {
    const zip = await openZip(source, path);
    const entries = await readDirectory(zip);
    return new Map(await Promise.all(entries.map(async (entry) => [entry.fileName, await locate(zip, entry)] as const)));
  } catch (error) {
    if (error instanceof FormatError) throw error;
    throw new FormatError(`its zip structure cannot be read: the file is cut off or damaged (${shortened(error)})`);
  }
}

function shortened(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ").split(". ")[0]?.slice(0, 100) ?? "";
}

class SourceReader extends RandomAccessReader {
  constructor(
    private readonly source: Source,
    private readonly path: string,
  ) {
    super();
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null) => void): void {
    const bytes = this.source.read(this.path, position, length);
    buffer.set(bytes, offset);
    callback(bytes.length < length ? new Error("unexpected end of file") : null);
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from([Buffer.from(this.source.read(this.path, start, end - start))]);
  }
}

function openZip(source: Source, path: string): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true };
  return new Promise((resolve, reject) => {
    fromRandomAccessReader(new SourceReader(source, path), source.size(path), options, (error, zip) =>
      error ? reject(error) : resolve(zip),
    );
  });
}

function readDirectory(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > MAX_ENTRIES) throw new FormatError(`its archive lists ${zip.entryCount} files, which no Keras archive does`);
  const entries: Entry[] = [];
  return new Promise((resolve, reject) => {
    zip.on("error", reject);
    zip.on("end", () => resolve(entries));
    zip.on("entry", (entry: Entry) => {
      entries.push(entry);
      // Not from within the event: each nested call would deepen the stack.
      setImmediate(() => readNext(zip, reject));
    });
    readNext(zip, reject);
  });
}

function readNext(zip: ZipFile, reject: (error: unknown) => void): void {
  try {
    zip.readEntry();
  } catch (error) {
    reject(error);
  }
}

function locate(zip: ZipFile, entry: Entry): Promise<ArchiveEntry> {
  return new Promise((resolve, reject) => {
    zip.readLocalFileHeader(entry, { minimal: true }, (error, header) => {
      if (error) return reject(error);
      if (!SUPPORTED.has(entry.compressionMethod)) return reject(unsupported(entry));
      resolve({
        name: entry.fileName,
        offset: header.fileDataStart,
        storedBytes: entry.compressedSize,
        sizeBytes: entry.uncompressedSize,
        isCompressed: entry.compressionMethod !== STORED,
      });
    });
  });
}

function unsupported(entry: Entry): FormatError {
  return new FormatError(`${quoted(entry.fileName)} in it is compressed with method ${entry.compressionMethod}, which is not supported`);
}

/** The whole content of an entry. @throws FormatError where it is longer than `limitBytes`, or than it says */
export function readEntry(source: Source, path: string, entry: ArchiveEntry, limitBytes: number): Uint8Array {
  if (entry.sizeBytes > limitBytes)
    throw new FormatError(`${quoted(entry.name)} in it is ${megabytes(entry.sizeBytes)}, more than the ${megabytes(limitBytes)} allowed`);
  const stored = source.read(path, entry.offset, entry.storedBytes);
  const bytes = entry.isCompressed ? inflate(stored, entry) : stored;
  if (bytes.length !== entry.sizeBytes)
    throw new FormatError(`${quoted(entry.name)} in it has ${bytes.length} bytes and says ${entry.sizeBytes}`);
  return bytes;
}

function inflate(stored: Uint8Array, entry: ArchiveEntry): Uint8Array {
  try {
    // An archive may lie of an entry's size, so what comes out is bounded as well.
    return inflateRawSync(stored, { maxOutputLength: entry.sizeBytes + 1 });
  } catch {
    throw new FormatError(`${quoted(entry.name)} in it cannot be unpacked: it is damaged, or longer than it says`);
  }
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MB`;
}
