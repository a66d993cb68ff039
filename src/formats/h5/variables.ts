import type { Layer, Network, WeightEntry } from "../../model";
import { snakeCase, uniqueNames } from "./class-names";
import { dtypeName } from "./dtype";
import { datasetAt, type Group, groupAt, type H5wasm } from "./library";
import { variableName } from "./variable-names";

/** `layers` today; earlier writers of the format used the attribute that TensorFlow's checkpoints had. */
const CONTAINERS = ["layers", "_layer_checkpoint_dependencies"];
const MAX_DEPTH = 8;

/**
 * Weights of a `model.weights.h5`: groups named after classes (`layers/conv2d_1/vars/0`), numbered in the order of `model.layers`,
 * nested models with `layers` of their own. `at`: where that HDF5 file lies. @see keras/src/saving/saving_lib.py, _save_container_state
 */
export function variablesIn(h5wasm: H5wasm, root: Group, network: Network, at: WeightEntry["at"]): WeightEntry[] {
  const container = CONTAINERS.map((name) => groupAt(h5wasm, root, name)).find((group) => group !== null);
  if (!container) return [];
  const unique = uniqueNames();
  return savedLayers(network).flatMap((layer) => {
    const group = groupAt(h5wasm, container, unique(snakeCase(layer.className)));
    if (!group) return [];
    return layer.network ? variablesIn(h5wasm, group, layer.network, at) : layerVariables(h5wasm, group, layer, at);
  });
}

/** `model.layers`: without the operations of Keras 3, which are no layers, and without the input that a Sequential does not list. */
function savedLayers(network: Network): Layer[] {
  const layers = network.layers.filter(({ module }) => !module?.startsWith("keras.src.ops"));
  return network.kind === "sequential" ? layers.slice(1) : layers;
}

/** Own variables (`vars/0`), those of a recurrent cell, and those of parts of the layer (`query_dense/vars/0`). */
function layerVariables(h5wasm: H5wasm, group: Group, layer: Layer, at: WeightEntry["at"]): WeightEntry[] {
  const found: WeightEntry[] = [];
  const visit = (part: Group, path: string, depth: number): void => {
    for (const key of part.keys().sort(byNumber)) {
      const inner = groupAt(h5wasm, part, key);
      if (inner && depth < MAX_DEPTH) visit(inner, key === "vars" || (path === "" && key === "cell") ? path : `${path}${key}/`, depth + 1);
      const dataset = inner ? null : datasetAt(h5wasm, part, key);
      if (!dataset?.shape) continue;
      const name = path === "" ? variableName(layer, Number(key)) : path + key;
      found.push({ layer: layer.id, name, shape: dataset.shape, dtype: dtypeName(dataset.dtype), at: { ...at, dataset: dataset.path } });
    }
  };
  visit(group, "", 0);
  return found;
}

function byNumber(a: string, b: string): number {
  return Number(a) - Number(b) || (a < b ? -1 : 1);
}
