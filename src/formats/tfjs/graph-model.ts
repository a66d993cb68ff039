import { elementCount, type GraphOptions, isObject, type Json, type JsonObject, type Model } from "../../model";
import { FormatError } from "../format-error";
import { type GraphDefinition, type GraphNode, MOST_VALUES, type StoredTensor } from "../graph/definition";
import { freeEnds } from "../graph/free-ends";
import { graphNetwork } from "../graph/network";
import type { Source } from "../source";
import { type ManifestEntry, readManifest } from "./manifest";
import { readTfjsNumbers } from "./numbers";

/** The file that is opened. */
interface Place {
  source: Source;
  path: string;
}

/**
 * A tfjs graph model: model.json with a graph of TensorFlow's operations, its constants in shards beside it. Of the shards only small
 * constants are read, as shapes are computed from them.
 * @throws FormatError where the graph is none, a shard is missing, or sizes disagree
 */
export function openTfjsGraph(json: JsonObject, topology: JsonObject, { source, path, ...options }: Place & GraphOptions): Model {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const entries = new Map(readManifest(source, json["weightsManifest"], folder).map((entry) => [entry.name, entry]));
  const written = topology["node"];
  if (!Array.isArray(written) || written.length === 0) throw new FormatError("its graph has no operations");
  const nodes = written.map((node) => nodeOf(node, entries, source));
  const signature = [json["signature"], json["userDefinedMetadata"]].map(signatureOf).find((found) => found !== null) ?? null;
  const definition: GraphDefinition = { ...freeEnds(nodes), ...signature, functions: new Map() };
  return {
    name: source.name,
    format: "tfjs-graph",
    producer: producerOf(json, topology),
    kerasMajor: 3,
    ...graphNetwork(source.name, definition, options),
  };
}

function nodeOf(written: Json, entries: ReadonlyMap<string, ManifestEntry>, source: Source): GraphNode {
  if (!isObject(written) || typeof written["name"] !== "string" || typeof written["op"] !== "string")
    throw new FormatError("its graph has a node without a name or an operation");
  const { name, op } = written;
  const inputs = Array.isArray(written["input"]) ? written["input"].map(String) : [];
  const { value, ...attributes } = isObject(written["attr"]) ? written["attr"] : {};
  const kept = op === "Const" || value === undefined ? attributes : { ...attributes, value };
  return { name, op, inputs, attributes: kept as JsonObject, ...(op === "Const" ? { stored: storedAt(name, entries, source) } : {}) };
}

function storedAt(name: string, entries: ReadonlyMap<string, ManifestEntry>, source: Source): StoredTensor {
  const entry = entries.get(name);
  if (!entry) throw new FormatError(`its manifest has no weight for the constant ${JSON.stringify(name)}`);
  const { shape, at } = entry;
  const dtype = entry.dtype as StoredTensor["dtype"];
  return { shape, dtype, values: smallValues(entry, source), at, isVariable: false };
}

function smallValues(entry: ManifestEntry, source: Source): number[] | null {
  if (elementCount(entry.shape) > (MOST_VALUES[entry.dtype as StoredTensor["dtype"]] ?? 0)) return null;
  const numbers = readTfjsNumbers(source, { ...entry, layer: null });
  return numbers && Array.from(numbers);
}

interface Signature {
  outputs: string[];
}

function signatureOf(written: Json | undefined): Signature | null {
  const holder = isObject(written) && isObject(written["signature"]) ? written["signature"] : written;
  const outputs = isObject(holder) ? holder["outputs"] : null;
  if (!isObject(outputs)) return null;
  const names = Object.values(outputs).flatMap((info) => (isObject(info) && typeof info["name"] === "string" ? [info["name"]] : []));
  return names.length > 0 ? { outputs: names } : null;
}

function producerOf(json: JsonObject, topology: JsonObject): string | null {
  const versions = isObject(topology["versions"]) ? topology["versions"]["producer"] : null;
  const generated = json["generatedBy"];
  if (typeof generated === "string" && generated !== "") return /^\d/.test(generated) ? `TensorFlow ${generated}` : generated;
  return versions ? `TensorFlow, graph version ${String(versions)}` : null;
}
