import type { Range } from "../h5/range-file";
import type { Source } from "../source";

const unpacked = new WeakMap<Source, Uint8Array>();

/** Keeps the unpacked weights of a .keras archive as long as its source is in use. */
export function rememberUnpacked(source: Source, bytes: Uint8Array): Range {
  unpacked.set(source, bytes);
  return inMemory(bytes);
}

/** Weights unpacked when the model was opened; null where they are read in place. */
export function unpackedWeights(source: Source): Range | null {
  const bytes = unpacked.get(source);
  return bytes ? inMemory(bytes) : null;
}

function inMemory(bytes: Uint8Array): Range {
  return { sizeBytes: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}
