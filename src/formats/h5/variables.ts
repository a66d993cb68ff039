import type { Layer, Network, WeightEntry } from "../../model";
import { snakeCase, uniqueNames } from "./class-names";
import { dtypeName } from "./dtype";
import { type Group, groupAt, type H5wasm } from "./library";
import { byPart } from "./part-order";
import { COPY, variableName } from "./variable-names";

/** `layers` today; earlier writers of the format used the attribute that TensorFlow's checkpoints had. */
const CONTAINERS = ["layers", "_layer_checkpoint_dependencies"];
const MAX_DEPTH = 8;

/** Whether these are variables as `model.weights.h5` holds them. */
export function holdsVariables(h5wasm: H5wasm, root: Group): boolean {
  return containerIn(h5wasm, root) !== null;
}

function containerIn(h5wasm: H5wasm, root: Group): Group | null {
  return CONTAINERS.map((name) => groupAt(h5wasm, root, name)).find((group) => group !== null) ?? null;
}

/** A network, and whose names its variables have. */
export interface SavedNetwork {
  network: Network;
  kerasMajor: 2 | 3;
}

/** The layer that the variables of a group belong to. */
interface VariablesOwner {
  layer: Layer;
  at: WeightEntry["at"];
  nameOf(number: number): string;
}

/**
 * Weights of a `model.weights.h5`: groups named after classes (`layers/conv2d_1/vars/0`), numbered in the order of `model.layers`,
 * nested models with `layers` of their own. `at`: where that HDF5 file lies. @see keras/src/saving/saving_lib.py, _save_container_state
 */
export function variablesIn(h5wasm: H5wasm, root: Group, { network, kerasMajor }: SavedNetwork, at: WeightEntry["at"]): WeightEntry[] {
  const container = containerIn(h5wasm, root);
  if (!container) return [];
  const unique = uniqueNames();
  return savedLayers(network).flatMap((layer) => {
    const group = groupAt(h5wasm, container, unique(snakeCase(layer.className)));
    if (!group) return [];
    if (layer.network) return variablesIn(h5wasm, group, { network: layer.network, kerasMajor }, at);
    const inside = layer.wrapped && groupAt(h5wasm, group, "layer");
    if (layer.wrapped && inside) {
      const within = variablesIn(h5wasm, inside, { network: layer.wrapped, kerasMajor }, at);
      return within.map((entry) => ({ ...entry, layer: layer.id, name: `${lastStep(entry.layer)}/${entry.name}` }));
    }
    return layerVariables(h5wasm, group, { at, nameOf: (number) => variableName(layer, number, kerasMajor), layer });
  });
}

const lastStep = (path: string | null): string => path?.slice(path.lastIndexOf("/") + 1) ?? "";

/** `model.layers`: without the operations of Keras 3, which are no layers, and without the input that a Sequential does not list. */
function savedLayers(network: Network): Layer[] {
  const layers = network.layers.filter(({ module }) => !module?.startsWith("keras.src.ops"));
  return network.kind === "sequential" ? layers.slice(1) : layers;
}

/** Own variables (`vars/0`), those of a recurrent cell, and those of parts of the layer (`query_dense/vars/0`). */
function layerVariables(h5wasm: H5wasm, group: Group, owner: VariablesOwner): WeightEntry[] {
  const { layer, at, nameOf } = owner;
  const found: WeightEntry[] = [];
  const order = byPart(layer);
  const visit = (part: Group, path: string, depth: number): void => {
    for (const key of part.keys().sort(order)) {
      const item = part.get(key);
      if (item instanceof h5wasm.Group && depth < MAX_DEPTH) visit(item, isOwnPart(path, key) ? path : `${path}${key}/`, depth + 1);
      if (!(item instanceof h5wasm.Dataset) || !item.shape) continue;
      const name = path === "" ? nameOf(Number(key)) : path + key;
      if (name === COPY) continue;
      found.push({ layer: layer.id, name, shape: item.shape, dtype: dtypeName(item.dtype), at: { ...at, dataset: item.path } });
    }
  };
  visit(group, "", 0);
  return found;
}

/** `vars` holds the variables themselves, and those of a recurrent layer are its cell's. */
function isOwnPart(path: string, key: string): boolean {
  return key === "vars" || (path === "" && key === "cell");
}
