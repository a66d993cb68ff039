import type { Source } from "../source";

/** Bytes that the HDF5 library may seek in: a file, or a part of one. */
export interface Range {
  sizeBytes: number;
  /** Fewer than `length` bytes only at the end. */
  read(offset: number, length: number): Uint8Array;
}

/** A part of a file of the source; all of it where no part is named. */
export function rangeOf(source: Source, path: string, part?: { offset: number; sizeBytes: number }): Range {
  const { offset, sizeBytes } = part ?? { offset: 0, sizeBytes: source.size(path) };
  return { sizeBytes, read: (at, length) => source.read(path, offset + at, Math.max(0, Math.min(length, sizeBytes - at))) };
}

const PAGE_BYTES = 2 ** 16;
const MAX_PAGES = 64;

/** HDF5 reads its metadata in pieces of some dozens of bytes, so pages of 64 KB are kept, the last 64 used. */
export function paged(range: Range): Range {
  const pages = new Map<number, Uint8Array>();
  const page = (number: number): Uint8Array => {
    const bytes = pages.get(number) ?? range.read(number * PAGE_BYTES, PAGE_BYTES);
    pages.delete(number);
    pages.set(number, bytes); // last in the map: last used
    if (pages.size > MAX_PAGES) pages.delete(pages.keys().next().value as number);
    return bytes;
  };
  const read = (offset: number, length: number): Uint8Array => {
    if (length > PAGE_BYTES) return range.read(offset, length);
    const bytes = new Uint8Array(Math.max(0, Math.min(length, range.sizeBytes - offset)));
    for (let filled = 0; filled < bytes.length; ) {
      const at = offset + filled;
      const from = page(Math.floor(at / PAGE_BYTES));
      const piece = from.subarray(at % PAGE_BYTES, (at % PAGE_BYTES) + bytes.length - filled);
      if (piece.length === 0) return bytes.subarray(0, filled);
      bytes.set(piece, filled);
      filled += piece.length;
    }
    return bytes;
  };
  return { sizeBytes: range.sizeBytes, read };
}
