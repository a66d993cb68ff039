import { type Argument, type Call, isObject, type Json, type JsonObject, type Layer, type Network, type TensorRef } from "../../src/model";
import { isTensorArgument } from "../../src/probe/calls";

/** A config with other names for all its layers. Names of drawn models stand for nothing else. */
export function renamed(config: JsonObject, rename: (name: string) => string): JsonObject {
  const names = new Set<string>();
  visitLayers(config, (layer) => names.add((layer["config"] as JsonObject)["name"] as string));
  const rewrite = (json: Json): Json => {
    if (typeof json === "string") return names.has(json) ? rename(json) : json;
    if (Array.isArray(json)) return json.map(rewrite);
    return isObject(json) ? Object.fromEntries(Object.entries(json).map(([key, value]) => [key, rewrite(value)])) : json;
  };
  return rewrite(config) as JsonObject;
}

/** A config whose functional models list their layers from the last to the first. */
export function reordered(config: JsonObject): JsonObject {
  const copy = structuredClone(config);
  const turn = ({ config: inner }: JsonObject): void => {
    if (!isObject(inner) || !Array.isArray(inner["layers"])) return;
    if ("input_layers" in inner) inner["layers"].reverse();
    for (const layer of inner["layers"]) turn(layer as JsonObject);
  };
  turn(copy);
  return copy;
}

function visitLayers({ config }: JsonObject, visit: (layer: JsonObject) => void): void {
  if (!isObject(config) || !Array.isArray(config["layers"])) return;
  for (const layer of config["layers"] as JsonObject[]) {
    visit(layer);
    visitLayers(layer, visit);
  }
}

/** The network with the layers of its nested models in their place; null where one of those is called twice, or stands in a chain. */
export function flattened(network: Network): Network | null {
  const nested = network.layers.filter((layer) => layer.network);
  const isApart = network.kind === "sequential" || nested.some(({ calls }) => calls.length > 1);
  if (isApart || nested.length === 0) return null;
  const replaced = nested.flatMap((layer) => replacedBy(layer, layer.network as Network));
  // A model may read another, so a reference may lead through several.
  const follow = (ref: TensorRef): TensorRef => {
    const next = replaced.find(({ from }) => isSame(from, ref));
    return next ? follow(next.to) : ref;
  };
  const layers = network.layers.flatMap((layer) => layer.network?.layers.filter(isNoInput) ?? [layer]);
  return {
    ...network,
    layers: layers.map((layer) => ({ ...layer, calls: layer.calls.map((call) => mapCall(call, follow)) })),
    outputs: network.outputs.map(follow),
  };
}

/** Inside, an input is what the model is called on; outside, its output is what makes it inside. */
function replacedBy({ name, calls }: Layer, { inputs, outputs }: Network): { from: TensorRef; to: TensorRef }[] {
  const given = (calls[0]?.args ?? []).flatMap((argument) => (isTensorArgument(argument) ? [argument.tensor] : []));
  return [
    ...inputs.map((from, index) => ({ from, to: given[index] as TensorRef })),
    ...outputs.map((to, output) => ({ from: { layer: name, call: 0, output }, to })),
  ];
}

const isNoInput = ({ className }: Layer): boolean => className !== "InputLayer";
const isSame = (a: TensorRef, b: TensorRef): boolean => a.layer === b.layer && a.call === b.call && a.output === b.output;

function mapCall({ args, kwargs }: Call, follow: (ref: TensorRef) => TensorRef): Call {
  const map = (argument: Argument): Argument => {
    if (typeof argument !== "object" || argument === null) return argument;
    if (isTensorArgument(argument)) return { tensor: follow(argument.tensor) };
    return Array.isArray(argument) ? argument.map(map) : mapAll(argument);
  };
  const mapAll = (record: { [key: string]: Argument }) =>
    Object.fromEntries(Object.entries(record).map(([key, argument]) => [key, map(argument)]));
  return { args: args.map(map), kwargs: mapAll(kwargs) };
}
