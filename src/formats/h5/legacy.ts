import type { Layer, Model, Network, WeightEntry } from "../../model";
import { FormatError } from "../format-error";
import { parseKerasDocument } from "../keras/document";
import { parseJson } from "../parse-json";
import type { Source } from "../source";
import { applicationOfWeights } from "../zoo/catalogue";
import { namesAttribute, textAttribute } from "./attributes";
import { dtypeName } from "./dtype";
import { datasetAt, type Group, groupAt, type H5File, type H5wasm, loadH5, withH5 } from "./library";
import { ownersOf } from "./owners";
import { rangeOf } from "./range-file";

const WEIGHTS = "model_weights";

/** A whole model that Keras 2 (or Keras 3's legacy writer) saved as .h5. Reads its header, not its weights.
 *  @throws FormatError where it is damaged or holds something else */
export async function openLegacyH5(source: Source, path: string): Promise<Model> {
  const h5wasm = await loadH5();
  return withH5(h5wasm, rangeOf(source, path), (file) => {
    const config = textAttribute(file, "model_config");
    if (config === null) throw new FormatError(whatElse(file, source.name));
    const document = parseKerasDocument(parseJson(config), textAttribute(file, "keras_version"));
    return { name: source.name, format: "keras-h5", ...document, weights: weightsIn(h5wasm, file, path, document.network) };
  });
}

function whatElse(file: H5File, name: string): string {
  const children = file.keys();
  const isWeights =
    "layer_names" in file.attrs || ["layers", "_layer_checkpoint_dependencies", "vars"].some((child) => children.includes(child));
  if (!isWeights) return "it is an HDF5 file, but not of a Keras model (no model_config)";
  const application = applicationOfWeights(name);
  const advice = application ? `open ${application} of the zoo` : "save the whole model with model.save(), or open its config as JSON";
  return `it holds weights only, without the layers they belong to: ${advice}`;
}

function weightsIn(h5wasm: H5wasm, file: H5File, path: string, network: Network): WeightEntry[] {
  const group = groupAt(h5wasm, file, WEIGHTS);
  const names = group && namesAttribute(group, "layer_names");
  if (!group || !names) return [];
  const layers = new Map(network.layers.map((layer) => [layer.name, layer]));
  return names.flatMap((name) => {
    const own = groupAt(h5wasm, group, name);
    const layer = layers.get(name);
    return own ? legacyWeights(h5wasm, own, path, layer) : [];
  });
}

/** Weights that a legacy .h5 lists under a layer. */
export function legacyWeights(h5wasm: H5wasm, group: Group, file: string, layer: Layer | undefined): WeightEntry[] {
  const names = namesAttribute(group, "weight_names") ?? [];
  const owners = layer ? ownersOf(layer, names) : [];
  return names.flatMap((name, index) => {
    const dataset = datasetAt(h5wasm, group, name);
    if (!dataset?.shape) return [];
    const owner = owners[index] ?? { layer: null, name };
    return [{ ...owner, shape: dataset.shape, dtype: dtypeName(dataset.dtype), at: { file, dataset: dataset.path } }];
  });
}
