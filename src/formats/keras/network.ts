import { isObject, type Json, type JsonObject, type Layer, type Network, type TensorRef } from "../../model";
import { FormatError, quoted } from "../format-error";
import { historyRef, parseCalls, toldByTensors } from "./calls";
import { parseLayer } from "./layer";
import { inputLayerOf, isInputLayer } from "./sequential-input";
import { checkedShape, declaredShape } from "./shape";
import { type OwnCallCounted, requireAcyclic, requireDistinctNames, settleReferences } from "./wiring";

/** Which generation's rules a config follows; `keras` and `tf_keras` number the calls of nested models differently. */
export type KerasMajor = 2 | 3;

/** Where a network stands: `idPrefix` is `""` for the outermost one, `outer/` inside. */
export interface Place {
  kerasMajor: KerasMajor;
  idPrefix: string;
}

/** Classes of Keras whose layers are written in their config. */
const NETWORKS: ReadonlySet<string> = new Set(["Sequential", "Functional", "Model"]);

/** Classes of layers whose config lists others that they run themselves. */
const LAYERS_OF_LAYERS: ReadonlySet<string> = new Set(["Pipeline"]);

/** The network that a model's config describes: `{"class_name": …, "config": …}` as `to_json`, .h5 and .keras hold it.
 *  @throws FormatError with the reason where it does not describe one */
export function parseNetwork(json: Json | undefined, place: Place): Network {
  if (!isObject(json) || typeof json["class_name"] !== "string")
    throw new FormatError("it does not describe a Keras model (no class_name)");
  const kind = networkKind(json);
  if (kind === null && NETWORKS.has(json["class_name"])) throw new FormatError("its config has no list of layers");
  if (kind === null) {
    throw new FormatError(`its model is of class ${quoted(json["class_name"])}, whose layers are in Python code and not in the file`);
  }
  return kind === "sequential" ? parseSequential(json, place) : parseFunctional(json, place);
}

/** How the layers of a model are written; null for what is not a model with its layers in the file. */
function networkKind(json: JsonObject): Network["kind"] | null {
  const config = json["config"];
  // Keras 1 and 2.0 wrote the layers of a Sequential in place of its config.
  if (Array.isArray(config)) return json["class_name"] === "Sequential" ? "sequential" : null;
  if (!isObject(config) || !Array.isArray(config["layers"]) || LAYERS_OF_LAYERS.has(json["class_name"] as string)) return null;
  if ("input_layers" in config && "output_layers" in config) return "functional";
  return config["layers"].every((layer) => isObject(layer) && "class_name" in layer) ? "sequential" : null;
}

function parseFunctional(json: JsonObject, place: Place): Network {
  const config = json["config"] as JsonObject;
  const raw = config["layers"] as Json[];
  const layers = raw.map((layer) => parseLayerOrModel(layer, place));
  const names = requireDistinctNames(layers);
  layers.forEach((layer, index) => {
    const { className, name } = layer;
    const nodes = (raw[index] as JsonObject)["inbound_nodes"];
    layer.calls = parseCalls(nodes, { className, layerName: name, names });
    layer.buildConfig ??= toldByTensors(nodes);
  });
  const inputs = parseEnds(config["input_layers"], "input_layers");
  const outputs = parseEnds(config["output_layers"], "output_layers");
  settleReferences(layers, [...inputs, ...outputs], (layer) => countsOwnCall(layer, place.kerasMajor));
  requireAcyclic(layers);
  requireInputsHaveShapes(layers);
  const nesting = areNested(config["input_layers"] ?? null, inputs.length, place.kerasMajor) ? { hasNestedInputs: true as const } : {};
  return { name: networkName(json), className: json["class_name"] as string, kind: "functional", layers, inputs, outputs, ...nesting };
}

function parseSequential(json: JsonObject, place: Place): Network {
  const config = json["config"] as Json;
  const raw = (Array.isArray(config) ? config : ((config as JsonObject)["layers"] as Json[])).filter((layer) => layer !== null);
  const layers = raw.map((layer) => parseLayerOrModel(layer, place));
  const buildInputShape =
    isObject(config) && config["build_input_shape"] ? checkedShape(config["build_input_shape"], networkName(json)) : undefined;
  const first = layers[0];
  if (!first) throw new FormatError(`its model ${quoted(networkName(json))} has no layers`);
  const chain = isInputLayer(first) ? layers : [inputLayerOf(layers, buildInputShape, place), ...layers];
  requireDistinctNames(chain);
  chain.forEach((layer, index) => {
    const before = chain[index - 1];
    layer.calls = before ? [{ args: [{ tensor: { layer: before.name, call: 0, output: 0 } }], kwargs: {} }] : [];
  });
  requireInputsHaveShapes(chain);
  return {
    name: networkName(json),
    className: json["class_name"] as string,
    kind: "sequential",
    layers: chain,
    inputs: [{ layer: (chain[0] as Layer).name, call: 0, output: 0 }],
    outputs: [{ layer: (chain.at(-1) as Layer).name, call: 0, output: 0 }],
    ...(buildInputShape ? { buildInputShape } : {}),
  };
}

function parseLayerOrModel(json: Json, place: Place): Layer {
  const layer = parseLayer(json, place.idPrefix);
  if (networkKind(json as JsonObject) !== null) layer.network = parseNetwork(json, { ...place, idPrefix: `${layer.id}/` });
  const inside = layer.config["layer"];
  if (isObject(inside) && networkKind(inside) !== null) layer.wrapped = parseNetwork(inside, { ...place, idPrefix: `${layer.id}/` });
  return layer;
}

/** `["x",0,0]`, `[["x",0,0], …]`, or a structure of lists and dicts with such leaves, flattened as Keras flattens it. */
function parseEnds(json: Json | undefined, key: string): TensorRef[] {
  const leaf = historyRef(json ?? null);
  if (leaf) return [leaf];
  if (Array.isArray(json)) return json.flatMap((part) => parseEnds(part, key));
  // Keras flattens dicts by sorted key (optree and tf.nest alike).
  if (isObject(json))
    return Object.keys(json)
      .sort()
      .flatMap((part) => parseEnds(json[part], key));
  throw new FormatError(`its ${key} are not references to layers`);
}

/** Whether Keras finds the structure of the inputs too deep to check them: Keras 3 looks at dicts only, tf_keras counts what is outermost.
 *  @see `Functional.input_spec` of either */
function areNested(json: Json, count: number, kerasMajor: KerasMajor): boolean {
  if (historyRef(json) || (kerasMajor === 3 && !isObject(json))) return false;
  const outermost = Object.values(json as JsonObject | Json[]);
  return kerasMajor === 3 ? outermost.some((part) => !historyRef(part)) : outermost.length !== count;
}

function countsOwnCall(layer: Layer, kerasMajor: KerasMajor): OwnCallCounted {
  if (kerasMajor === 2) return { read: true, end: true };
  return { read: false, end: layer.network?.kind === "functional" };
}

function requireInputsHaveShapes(layers: readonly Layer[]): void {
  for (const layer of layers) if (isInputLayer(layer)) declaredShape(layer.config, layer.name);
}

function networkName(json: JsonObject): string {
  const config = json["config"];
  const name = json["name"] ?? (isObject(config) ? config["name"] : null);
  return typeof name === "string" ? name : (json["class_name"] as string).toLowerCase();
}
