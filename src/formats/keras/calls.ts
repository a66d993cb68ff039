import { type Argument, type Call, isObject, type Json, type JsonObject, type TensorRef } from "../../model";
import { FormatError, quoted } from "../format-error";

/** Marks a constant where Keras 2 otherwise writes a tensor: `["_CONSTANT_VALUE", -1, value, kwargs]`. */
const CONSTANT = "_CONSTANT_VALUE";

/** Layers of tf_keras that get `[x]` as `[x]`; all others get `x`. */
const KEEP_LISTS_OF_ONE = new Set(["TFOpLambda", "SlicingOpLambda", "ClassMethod", "InstanceMethod", "InstanceProperty"]);

/** What the wiring of one layer is read with. */
interface Surroundings {
  className: string;
  layerName: string;
  /** Names of all layers of the same network: what tells `["conv1", 0, 0]` from a plain list. */
  names: ReadonlySet<string>;
}

/** The calls of a layer from its `inbound_nodes`, in either generation's spelling. Tensors are references as written.
 *  @throws FormatError where they have neither form */
export function parseCalls(inboundNodes: Json | undefined, surroundings: Surroundings): Call[] {
  if (inboundNodes === undefined || inboundNodes === null) return [];
  if (!Array.isArray(inboundNodes)) throw malformed(surroundings);
  return inboundNodes.filter((node) => !isEmptyNode(node)).map((node) => parseCall(node, surroundings));
}

function isEmptyNode(node: Json): boolean {
  return node === null || (Array.isArray(node) && node.length === 0);
}

function parseCall(node: Json, surroundings: Surroundings): Call {
  if (isObject(node) && Array.isArray(node["args"])) return parseKeras3Call(node, surroundings);
  return parseKeras2Call(node, surroundings);
}

function parseKeras3Call(node: JsonObject, surroundings: Surroundings): Call {
  const resolve = (value: Json): Argument => mapArgument(value, (part) => keras3Tensor(part, surroundings));
  const kwargs = isObject(node["kwargs"]) ? node["kwargs"] : {};
  return { args: (node["args"] as Json[]).map(resolve), kwargs: mapKwargs(kwargs, resolve) };
}

/**
 * The shapes of the tensors that a layer of Keras 3 was first called with, as its `build_config` would tell them: an .h5 has none.
 * Null where a tensor among the keyword arguments makes their order unsure.
 */
export function toldByTensors(inboundNodes: Json | undefined): { input_shape: Json } | null {
  const node = Array.isArray(inboundNodes) ? inboundNodes[0] : null;
  if (!isObject(node) || !Array.isArray(node["args"])) return null;
  const { mask: _, ...kwargs } = isObject(node["kwargs"]) ? node["kwargs"] : {};
  const shapes = shapesIn(node["args"]);
  return shapes.length > 0 && shapesIn(kwargs).length === 0 ? { input_shape: shapes } : null;
}

function shapesIn(value: Json): Json[] {
  if (Array.isArray(value)) return value.flatMap(shapesIn);
  if (!isObject(value)) return [];
  const { class_name: className, config } = value;
  if (className === "__keras_tensor__") return isObject(config) && Array.isArray(config["shape"]) ? [config["shape"]] : [];
  return Object.values(value).flatMap(shapesIn);
}

function keras3Tensor(value: Json, surroundings: Surroundings): TensorRef | null {
  if (!isObject(value) || value["class_name"] !== "__keras_tensor__") return null;
  const history = isObject(value["config"]) ? value["config"]["keras_history"] : null;
  const ref = historyRef(history ?? null);
  if (!ref) throw malformed(surroundings);
  return ref;
}

/**
 * Keras 2 writes the first argument as a structure of `[layer, call, output, kwargs]`, each repeating the keyword arguments,
 * which may themselves hold `[layer, call, output]`.
 */
function parseKeras2Call(node: Json, surroundings: Surroundings): Call {
  let kwargs: JsonObject = {};
  const argument = readStructure(node);
  const resolve = (value: Json): Argument => mapArgument(value, (part) => keras2KeywordTensor(part, surroundings.names));
  return { args: [unwrapSingle(argument, surroundings)], kwargs: mapKwargs(kwargs, resolve) };

  function readStructure(value: Json): Argument {
    if (isNodeEntry(value)) return readEntry(value);
    if (Array.isArray(value)) return value.map(readStructure);
    if (isObject(value)) return mapValues(value, readStructure);
    throw malformed(surroundings);
  }

  function readEntry(entry: Json[]): Argument {
    if (isObject(entry[3])) kwargs = entry[3];
    if (entry[0] === CONSTANT) return (entry[2] ?? null) as Argument;
    const ref = historyRef(entry.slice(0, 3));
    if (!ref) throw malformed(surroundings);
    return { tensor: ref };
  }
}

function isNodeEntry(value: Json): value is Json[] {
  return Array.isArray(value) && (value.length === 3 || value.length === 4) && typeof value[0] === "string";
}

function keras2KeywordTensor(value: Json, names: ReadonlySet<string>): TensorRef | null {
  const isEntry = isNodeEntry(value) && value.length === 3 && names.has(value[0] as string);
  return isEntry ? historyRef(value) : null;
}

function unwrapSingle(argument: Argument, { className }: Surroundings): Argument {
  const isSingle = Array.isArray(argument) && argument.length === 1 && !KEEP_LISTS_OF_ONE.has(className);
  return isSingle ? (argument[0] as Argument) : argument;
}

/** `[layer, call, output]` as a reference; null where it is something else. */
export function historyRef(history: Json): TensorRef | null {
  if (!Array.isArray(history) || history.length < 3) return null;
  const [layer, call, output] = history;
  return typeof layer === "string" && isIndex(call) && isIndex(output) ? { layer, call, output } : null;
}

function isIndex(value: Json | undefined): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

/** Copies `value` with each part that `findTensor` recognizes as a tensor replaced. */
function mapArgument(value: Json, findTensor: (part: Json) => TensorRef | null): Argument {
  const ref = findTensor(value);
  if (ref) return { tensor: ref };
  if (Array.isArray(value)) return value.map((part) => mapArgument(part, findTensor));
  return isObject(value) ? mapValues(value, (part) => mapArgument(part, findTensor)) : value;
}

function mapKwargs(kwargs: JsonObject, resolve: (value: Json) => Argument): Call["kwargs"] {
  return mapValues(kwargs, resolve);
}

/** Object.entries keeps `__proto__` an ordinary key, so that a file cannot reach a prototype. */
function mapValues(object: JsonObject, map: (value: Json) => Argument): { [key: string]: Argument } {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}

function malformed({ layerName }: Surroundings): FormatError {
  return new FormatError(`the inbound_nodes of layer ${quoted(layerName)} have no form that Keras writes`);
}
