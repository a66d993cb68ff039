import { isObject, type Model, type WeightEntry } from "../../model";
import { FormatError } from "../format-error";
import { loadH5, withH5 } from "../h5/library";
import { type Range, rangeOf } from "../h5/range-file";
import { type SavedNetwork, variablesIn } from "../h5/variables";
import { parseKerasDocument } from "../keras/document";
import { parseJson } from "../parse-json";
import type { Source } from "../source";
import { type ArchiveEntry, readArchive, readEntry } from "./archive";
import { rememberUnpacked } from "./unpacked";

const MAX_JSON_BYTES = 48 * 2 ** 20;
/** Keras stores the weights as they are; only archives packed again by other tools compress them. */
const MAX_UNPACKED_BYTES = 64 * 2 ** 20;
const WEIGHTS = "model.weights.h5";

type Archive = Map<string, ArchiveEntry>;

/** A model that Keras saved as .keras: config.json, metadata.json and model.weights.h5 in a zip archive.
 *  @throws FormatError where it is damaged or another kind of archive */
export async function openKerasArchive(source: Source, path: string): Promise<Model> {
  const archive = await readArchive(source, path);
  const config = archive.get("config.json");
  if (!config) throw new FormatError(whatElse(archive));
  const document = parseKerasDocument(parseJson(textOf(source, path, config)), versionIn(source, path, archive));
  const { weights, note } = await weightsIn(source, path, archive, document);
  return { name: source.name, format: "keras-zip", ...document, weights, ...(note ? { notes: [note] } : {}) };
}

const OTHERS: { ending: string; is: string }[] = [
  { ending: "data.pkl", is: "it is a PyTorch file, not a Keras model" },
  { ending: ".npy", is: "it is an archive of NumPy arrays, not a Keras model" },
  { ending: "saved_model.pb", is: "it is a zipped SavedModel: unpack it first" },
  { ending: ".keras", is: "it is an archive around a .keras file: unpack it first" },
];

function whatElse(archive: Archive): string {
  const names = [...archive.keys()];
  const other = OTHERS.find(({ ending }) => names.some((name) => name.endsWith(ending)));
  return other?.is ?? "it is a zip archive, but not of a Keras model (no config.json)";
}

/** The weights in a .keras file for a model that has been opened from elsewhere. @throws FormatError */
export async function archivedWeights(source: Source, path: string, document: SavedNetwork): Promise<WeightEntry[]> {
  return (await weightsIn(source, path, await readArchive(source, path), document)).weights;
}

function textOf(source: Source, path: string, entry: ArchiveEntry): string {
  return new TextDecoder().decode(readEntry(source, path, entry, MAX_JSON_BYTES));
}

function versionIn(source: Source, path: string, archive: Archive): string | null {
  const entry = archive.get("metadata.json");
  const metadata = entry ? parseJson(textOf(source, path, entry)) : null;
  return isObject(metadata) && typeof metadata["keras_version"] === "string" ? metadata["keras_version"] : null;
}

async function weightsIn(
  source: Source,
  path: string,
  archive: Archive,
  document: SavedNetwork,
): Promise<{ weights: WeightEntry[]; note?: string }> {
  const entry = archive.get(WEIGHTS);
  if (!entry) return { weights: [], note: `The archive has no ${WEIGHTS}, so its weights are not listed.` };
  if (entry.isCompressed && entry.sizeBytes > MAX_UNPACKED_BYTES) {
    return {
      weights: [],
      note: `Its weights are compressed and unpack to more than ${MAX_UNPACKED_BYTES / 2 ** 20} MB, so they are not listed.`,
    };
  }
  const h5wasm = await loadH5();
  const { range, at } = placeOf(source, path, entry);
  return { weights: withH5(h5wasm, range, (file) => variablesIn(h5wasm, file, document, at)) };
}

function placeOf(source: Source, path: string, entry: ArchiveEntry): { range: Range; at: WeightEntry["at"] } {
  if (entry.isCompressed)
    return { range: rememberUnpacked(source, readEntry(source, path, entry, MAX_UNPACKED_BYTES)), at: { file: path } };
  const { offset, sizeBytes } = entry;
  return { range: rangeOf(source, path, { offset, sizeBytes }), at: { file: path, offset, sizeBytes } };
}
