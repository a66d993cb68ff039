import { isObject, type Network } from "../../model";
import { FormatError } from "../format-error";
import { readSavedMetadata } from "../graph-def/messages";
import { WireFile } from "../graph-def/wire";
import { parseJson } from "../parse-json";
import type { Source } from "../source";

type Scopes = NonNullable<Network["scopes"]>;

/** A layer of Keras's, with those that it is made of. */
interface KerasLayer {
  className: string;
  inside: Map<string, KerasLayer>;
}

/** What Keras 2 writes beside a SavedModel: a row each for the model and all layers in it, known by their paths from the model. */
const FILE = "keras_metadata.pb";
const ROOT = "root";

/**
 * Which scopes of these operations are layers of the Keras model that is told of beside the SavedModel; none where none is told of.
 * `notes`: what is wrong with that file, which nothing else depends on.
 */
export function kerasScopes(source: Source, folder: string, operations: readonly string[]): { scopes: Scopes; notes: string[] } {
  const path = folder + FILE;
  const scopes: Scopes = {};
  if (!source.list().includes(path)) return { scopes, notes: [] };
  try {
    const all = layersIn(new WireFile(source, path));
    for (const name of operations) addScopes(scopes, all, name);
    return { scopes, notes: [] };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { scopes: {}, notes: [`The classes of its layers are not known: ${error.message}.`] };
  }
}

/** The model under its name; empty where the file tells of no model. */
function layersIn(file: WireFile): Map<string, KerasLayer> {
  const { nodes } = file.message(file.whole, readSavedMetadata);
  const layers = new Map<string, KerasLayer>();
  const models = new Map<string, KerasLayer>();
  for (const { node_path, metadata } of nodes) {
    const json = parseJson(metadata);
    if (!isObject(json) || typeof json["name"] !== "string" || typeof json["class_name"] !== "string") continue;
    const layer = { className: json["class_name"], inside: new Map() };
    layers.set(node_path, layer);
    const parent = layers.get(node_path.slice(0, Math.max(0, node_path.lastIndexOf("."))));
    if (node_path === ROOT) models.set(json["name"], layer);
    else parent?.inside.set(json["name"], layer);
  }
  return models;
}

/** `tiny/Conv1/Conv2D` of the model `tiny` has the scopes `tiny` and `tiny/Conv1`. */
function addScopes(scopes: Scopes, models: ReadonlyMap<string, KerasLayer>, operation: string): void {
  const parts = operation.split("/").slice(0, -1);
  let inside = models;
  for (const [index, part] of parts.entries()) {
    const layer = inside.get(part) ?? inside.get(part.replace(/_\d+$/, ""));
    if (layer) {
      scopes[parts.slice(0, index + 1).join("/")] ??= { className: layer.className };
      inside = layer.inside;
    } else if (inside !== models) return;
  }
}
