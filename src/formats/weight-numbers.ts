import { elementCount, finished, type WeightEntry, type Work } from "../model";
import { FormatError } from "./format-error";
import { type Dataset, datasetAt, type H5File, loadedH5, workOnH5 } from "./h5/library";
import { rangeOf } from "./h5/range-file";
import type { Source } from "./source";
import { readTfjsNumbers } from "./tfjs/numbers";
import { unpackedWeights } from "./zip/unpacked";

/** Numbers of a weight in row-major order; null where its bytes cannot be read or have another length than its shape says. */
export type WeightNumbers = Float32Array | null;

/** Reads the numbers of these weights, each by range, in their order, and hands each to `take` before the next is read. Large ones in turns. */
export function* readWeights(
  source: Source,
  entries: readonly WeightEntry[],
  take: (entry: WeightEntry, numbers: WeightNumbers) => void,
): Work {
  const fitting = (entry: WeightEntry, numbers: WeightNumbers): WeightNumbers =>
    numbers?.length === elementCount(entry.shape) ? numbers : null;
  const isData = (entry: WeightEntry): boolean => entry.at.dataset !== undefined;
  for (const entry of entries.filter((each) => !isData(each))) {
    take(entry, fitting(entry, readTfjsNumbers(source, entry)));
    yield;
  }
  yield* readDatasets(source, entries.filter(isData), (entry, numbers) => take(entry, fitting(entry, numbers)));
}

/** The numbers of a weight of at most eight; null for a larger one, and where its bytes cannot be read. */
export function readSmallWeight(source: Source, entry: WeightEntry): number[] | null {
  let found: WeightNumbers = null;
  if (elementCount(entry.shape) > MOST) return null;
  finished(
    readWeights(source, [entry], (_, numbers) => {
      found = numbers;
    }),
  );
  return found && Array.from(found);
}
const MOST = 8;

/** All datasets of a model lie in one HDF5 file, which is opened once. */
function* readDatasets(source: Source, entries: readonly WeightEntry[], take: (entry: WeightEntry, numbers: WeightNumbers) => void): Work {
  const h5wasm = loadedH5();
  const [first] = entries;
  if (!first) return;
  let taken = 0;
  const giveUp = (): void => {
    for (const entry of entries.slice(taken)) take(entry, null);
  };
  // The entries come from elsewhere where the library is not loaded: opening an HDF5 file loads it.
  if (!h5wasm) return giveUp();
  const read = function* (file: H5File): Work {
    for (const entry of entries) {
      take(entry, yield* numbersIn(datasetAt(h5wasm, file, entry.at.dataset as string)));
      taken++;
      yield;
    }
  };
  const { file, offset, sizeBytes } = first.at;
  const part = offset !== undefined && sizeBytes !== undefined ? { offset, sizeBytes } : undefined;
  try {
    yield* workOnH5(h5wasm, unpackedWeights(source) ?? rangeOf(source, file, part), read);
  } catch (error) {
    // Damaged between catalogue and data: the numbers are simply not known.
    if (!(error instanceof FormatError)) throw error;
    giveUp();
  }
}

/** A larger dataset is read in pieces: the library's own memory grows to the largest, and never shrinks. */
const PIECE_BYTES = 2 ** 24;
const MOST_BYTES_EACH = 8;

function* numbersIn(dataset: Dataset | null): Work<WeightNumbers> {
  const [rows = 1, ...rest] = dataset?.shape ?? [];
  const inRow = elementCount(rest);
  const step = Math.max(1, Math.floor(PIECE_BYTES / MOST_BYTES_EACH / inRow));
  if (!dataset || step >= rows) return numbersOf(dataset?.value);
  const numbers = new Float32Array(rows * inRow);
  for (let row = 0; row < rows; row += step) {
    const piece = numbersOf(dataset.slice([[row, Math.min(row + step, rows)], ...rest.map((): [] => [])]));
    if (!piece) return null;
    numbers.set(piece, row * inRow);
    yield;
  }
  return numbers;
}

function numbersOf(value: unknown): WeightNumbers {
  if (value instanceof Float32Array) return value;
  if (typeof value === "number" || typeof value === "bigint") return Float32Array.of(Number(value));
  return ArrayBuffer.isView(value) && !(value instanceof DataView)
    ? Float32Array.from(value as unknown as ArrayLike<number | bigint>, Number)
    : null;
}
