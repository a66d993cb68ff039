import type { Range } from "./range-file";

/** How a collection of HDF5's global heap begins: signature, version 1, three zeros. */
const BEGINNING = Buffer.from("GCOL\x01\0\0\0", "latin1");
const HEADER_BYTES = 16;
/** Header of a collection and of each object in it: what stands where. @see HDF5 File Format Specification 3.0, III.E */
const SIZE_AT = 8;
/** Collections are 4 KB, more only for one longer text. */
const MAX_COLLECTION_BYTES = 256 * 2 ** 20;
/** The library reads the first 4 KB of a collection by themselves; larger reads are data of weights, which would take long to search. */
const MAX_SEARCHED_BYTES = 2 ** 16;

/**
 * Hides broken collections of the global heap (where texts of attributes lie) from the HDF5 library: it walks them from object to object
 * and stays forever at a free one that says it is empty. Without its signature the collection is an ordinary error.
 */
export function withoutBrokenHeaps(range: Range): Range {
  const verdicts = new Map<number, boolean>();
  const isBroken = (address: number): boolean => {
    const known = verdicts.get(address) ?? isBrokenHeap(range, address);
    verdicts.set(address, known);
    return known;
  };
  const read = (offset: number, length: number): Uint8Array => {
    const bytes = range.read(offset, length);
    if (length > MAX_SEARCHED_BYTES) return bytes;
    const searched = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let shown = bytes;
    for (let at = searched.indexOf(BEGINNING); at >= 0; at = searched.indexOf(BEGINNING, at + 1)) {
      if (!isBroken(offset + at)) continue;
      if (shown === bytes) shown = bytes.slice();
      shown.fill(0, at, at + 4);
    }
    return shown;
  };
  return { sizeBytes: range.sizeBytes, read };
}

function isBrokenHeap(range: Range, address: number): boolean {
  const size = lengthAt(range.read(address, HEADER_BYTES), SIZE_AT);
  if (size === null || size > MAX_COLLECTION_BYTES || address + size > range.sizeBytes) return true;
  const collection = range.read(address, size);
  for (let at = HEADER_BYTES; at + HEADER_BYTES <= size; ) {
    const index = (collection[at] ?? 0) + (collection[at + 1] ?? 0) * 256;
    const length = lengthAt(collection, at + SIZE_AT);
    if (length === null) return true;
    // Object 0 is the free space, whose length includes its header; others are padded to eight bytes.
    const step = index === 0 ? length : HEADER_BYTES + Math.ceil(length / 8) * 8;
    if (step < HEADER_BYTES || at + step > size) return true;
    at += step;
  }
  return false;
}

/** A length of eight bytes; null above 2^53 and where it is cut off. */
function lengthAt(bytes: Uint8Array, at: number): number | null {
  if (at + 8 > bytes.length) return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(at, true);
  return length <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(length) : null;
}
