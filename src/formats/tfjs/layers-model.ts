import { type GraphOptions, isObject, type Json, type JsonObject, type Model, type WeightEntry } from "../../model";
import { FormatError } from "../format-error";
import { ownersIn } from "../h5/owners";
import { parseKerasDocument } from "../keras/document";
import { parseJson } from "../parse-json";
import type { Source } from "../source";
import { openTfjsGraph } from "./graph-model";
import { readManifest } from "./manifest";

/** A tfjs layers model: model.json with the config of a Keras model, its weights in shards beside it. The shards are not read.
 *  @throws FormatError where a shard is missing, sizes disagree, or it is a graph of operations */
export function openTfjsModel(json: JsonObject, source: Source, path: string, options: GraphOptions): Model {
  const topology = topologyOf(json);
  if (json["format"] === "graph-model" || Array.isArray(topology["node"]))
    return openTfjsGraph(json, topology, { source, path, ...options });
  const config = isObject(topology["model_config"]) ? topology["model_config"] : topology;
  const version = [topology["keras_version"], config["keras_version"]].find((value) => typeof value === "string");
  const document = parseKerasDocument(config, (version as string | undefined) ?? null);
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const entries = readManifest(source, json["weightsManifest"], folder);
  const names = entries.map(({ name }) => name);
  const owners = ownersIn(document.network, names);
  const weights = entries.map((entry, index): WeightEntry => ({ ...entry, ...(owners[index] ?? { layer: null }) }));
  return { name: source.name, format: "tfjs-layers", ...document, weights };
}

function topologyOf(json: JsonObject): JsonObject {
  const written: Json | undefined = json["modelTopology"];
  const topology = typeof written === "string" ? parseJson(written) : written;
  if (!isObject(topology)) throw new FormatError("its modelTopology is not a model");
  return topology;
}
