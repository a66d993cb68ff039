import { isObject, type Json, type JsonObject, type Network } from "../../model";
import { FormatError } from "../format-error";
import { type KerasMajor, parseNetwork } from "./network";

/** What a config document tells, whichever file it was found in. */
export interface KerasDocument {
  network: Network;
  kerasMajor: KerasMajor;
  /** `keras 3.15.1`; null where neither the document nor the file around it says. */
  producer: string | null;
}

/**
 * Reads what `model.to_json()` writes, and the same config as .h5, .keras and tfjs files carry it.
 * `version`: Keras's version as told by the file around the document; the document's own is used where it is null.
 * @throws FormatError with the reason where it is not a model
 */
export function parseKerasDocument(json: Json, version: string | null = null): KerasDocument {
  if (!isObject(json)) throw new FormatError("it does not describe a Keras model (not a JSON object)");
  const written = version ?? versionOf(json);
  const kerasMajor = written ? majorOf(written, json) : guessMajor(json);
  return { network: parseNetwork(json, { kerasMajor, idPrefix: "" }), kerasMajor, producer: written && producerOf(written) };
}

function versionOf(json: JsonObject): string | null {
  return typeof json["keras_version"] === "string" ? json["keras_version"] : null;
}

/** tfjs writes `tfjs-layers 4.22.0` where Keras writes `2.21.0`. */
function producerOf(version: string): string {
  return /^\d/.test(version) ? `keras ${version}` : version;
}

function majorOf(version: string, json: JsonObject): KerasMajor {
  const major = /^(\d+)\./.exec(version)?.[1];
  if (major === undefined) return version.startsWith("tfjs") ? 2 : guessMajor(json);
  return Number(major) >= 3 ? 3 : 2;
}

/** Keras 3 alone writes `batch_shape` and calls as `{"args": …}`. */
function guessMajor(json: JsonObject): KerasMajor {
  const config = json["config"];
  const layers = isObject(config) && Array.isArray(config["layers"]) ? config["layers"] : [];
  return layers.some((layer) => isObject(layer) && isKeras3Layer(layer)) ? 3 : 2;
}

function isKeras3Layer(layer: JsonObject): boolean {
  const nodes = layer["inbound_nodes"];
  const config = layer["config"];
  const callsAreObjects = Array.isArray(nodes) && isObject(nodes[0]) && "args" in nodes[0];
  return callsAreObjects || (isObject(config) && ("batch_shape" in config || isObject(config["dtype"])));
}
