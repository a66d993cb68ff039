import { elementCount, type WeightEntry } from "../model";
import { FormatError } from "./format-error";
import { datasetAt, loadedH5, withH5 } from "./h5/library";
import { rangeOf } from "./h5/range-file";
import type { Source } from "./source";
import { readTfjsNumbers } from "./tfjs/numbers";
import { unpackedWeights } from "./zip/unpacked";

const MOST = 8;

/** The numbers of a weight of at most eight; null for a larger one, and where its bytes cannot be read or have another length. */
export function readSmallWeight(source: Source, entry: WeightEntry): number[] | null {
  const count = elementCount(entry.shape);
  if (count > MOST) return null;
  const numbers = entry.at.dataset === undefined ? readTfjsNumbers(source, entry) : readDataset(source, entry.at, entry.at.dataset);
  return numbers?.length === count ? numbers : null;
}

function readDataset(source: Source, at: WeightEntry["at"], path: string): number[] | null {
  const h5wasm = loadedH5();
  if (!h5wasm) return null; // the entry comes from elsewhere: opening an HDF5 file loads the library
  const { file, offset, sizeBytes } = at;
  const part = offset !== undefined && sizeBytes !== undefined ? { offset, sizeBytes } : undefined;
  try {
    return withH5(h5wasm, unpackedWeights(source) ?? rangeOf(source, file, part), (opened) =>
      numbersOf(datasetAt(h5wasm, opened, path)?.value),
    );
  } catch (error) {
    if (error instanceof FormatError) return null; // damaged between catalogue and data: the value is simply not known
    throw error;
  }
}

function numbersOf(value: unknown): number[] | null {
  if (typeof value === "number" || typeof value === "bigint") return [Number(value)];
  return ArrayBuffer.isView(value) && !(value instanceof DataView)
    ? Array.from(value as unknown as ArrayLike<number | bigint>, Number)
    : null;
}
