import { type GraphOptions, isObject, type Json, type JsonObject, type Model, UserError } from "../model";
import { withBundles } from "./bundles";
import { FormatError } from "./format-error";
import { openFrozenGraph } from "./graph-def/frozen";
import { openLegacyH5 } from "./h5/legacy";
import { parseKerasDocument } from "./keras/document";
import { parseJson } from "./parse-json";
import { readText } from "./read-text";
import { openSavedModel } from "./saved-model/saved-model";
import { type Container, sniff } from "./sniff";
import type { Source } from "./source";
import { openTfjsModel } from "./tfjs/layers-model";
import { openKerasArchive } from "./zip/keras-archive";

type Opener = (source: Source, path: string, options: GraphOptions) => Promise<Model> | Model;

const OPENERS: { [container in Container]: Opener } = {
  hdf5: openLegacyH5,
  zip: openKerasArchive,
  json: openJson,
  "saved-model": openSavedModel,
  "graph-def": openFrozenGraph,
};

/**
 * Opens what the source holds; the format is told by content. Weights are catalogued, not read.
 * @throws UserError that names the file and the reason in one sentence
 */
export async function openModel(source: Source, options: GraphOptions = {}): Promise<Model> {
  try {
    const path = source.main === "" ? mainFile(source) : source.main;
    return withBundles(await OPENERS[sniff(source, path)](source, path, options), source);
  } catch (error) {
    if (error instanceof FormatError) throw new UserError(`${source.name} cannot be opened: ${error.message}.`);
    throw error;
  }
}

/**
 * Whether only readers of ours see what the source holds. They read bounded pieces and always end, which HDF5's library does not where a
 * file is damaged.
 * @throws UserError where it cannot be read
 */
export function isOfOwnReaders(source: Source): boolean {
  try {
    const container = sniff(source, source.main === "" ? mainFile(source) : source.main);
    return container !== "hdf5" && container !== "zip";
  } catch (error) {
    if (error instanceof FormatError) return true; // opening it says so
    throw error;
  }
}

/** What a folder is opened by. */
function mainFile(source: Source): string {
  const files = source.list();
  if (files.includes("saved_model.pb")) return "saved_model.pb";
  if (files.includes("model.json")) return "model.json";
  if (files.includes("saved_model.pbtxt")) return "saved_model.pbtxt";
  throw new FormatError("the folder holds neither model.json nor saved_model.pb: choose the model's file itself");
}

function openJson(source: Source, path: string, options: GraphOptions): Model {
  const json = parseJson(readText(source, path));
  const reader = JSON_FORMATS.find(({ fits }) => isObject(json) && fits(json));
  if (!reader) throw new FormatError("it is JSON, but not of a model: no class_name and no modelTopology");
  return reader.open(json as JsonObject, source, path, options);
}

/** First that fits. */
const JSON_FORMATS: {
  fits: (json: JsonObject) => boolean;
  open: (json: JsonObject, source: Source, path: string, options: GraphOptions) => Model;
}[] = [
  { fits: (json) => "modelTopology" in json, open: openTfjsModel },
  { fits: (json) => "class_name" in json, open: openKerasJson },
];

function openKerasJson(json: Json, source: Source): Model {
  return { name: source.name, format: "keras-json", ...parseKerasDocument(json), weights: [] };
}
