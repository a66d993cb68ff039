import type { WeightEntry } from "../../model";
import type { Source } from "../source";

/** The bytes of a place, which may go on in further files; fewer where these end before. */
export function readPlace(source: Source, { file, offset = 0, sizeBytes = 0, furtherFiles = [] }: WeightEntry["at"]): Uint8Array {
  const bytes = new Uint8Array(sizeBytes);
  let filled = 0;
  for (const [index, path] of [file, ...furtherFiles].entries()) {
    const piece = source.read(path, index === 0 ? offset : 0, sizeBytes - filled);
    bytes.set(piece, filled);
    filled += piece.length;
  }
  return bytes.subarray(0, filled);
}
