import type { Json, Layer, Model, Network, WeightEntry } from "../model";
import { FormatError, quoted } from "./format-error";
import { isInside } from "./inside";
import { openSavedModel } from "./saved-model/saved-model";
import type { Source } from "./source";

/** Layers that run a SavedModel which lies elsewhere: where their config says which, and which of its entries. */
const BUNDLES: { readonly [className: string]: { place: string; entry: string } } = {
  // TensorFlow Hub's.
  KerasLayer: { place: "handle", entry: "signature" },
  // Keras 3's.
  TFSMLayer: { place: "filepath", entry: "call_endpoint" },
};

/** Several in one model are one too many only for somebody who means harm. */
const MOST = 16;

/**
 * The model with the SavedModels that its layers run inside these layers, where their folders lie beside it. A layer whose folder does not,
 * or is damaged, stays unknown, and a note says what to do.
 */
export function withBundles(model: Model, source: Source): Model {
  const found = { weights: [] as WeightEntry[], notes: [] as string[], count: 0 };
  const network = filled(model.network, source, found);
  if (found.count === 0) return model;
  return { ...model, network, weights: [...model.weights, ...found.weights], notes: [...(model.notes ?? []), ...found.notes] };
}

interface Found {
  weights: WeightEntry[];
  notes: string[];
  count: number;
}

function filled(network: Network, source: Source, found: Found): Network {
  const layers = network.layers.map((layer): Layer => {
    if (layer.network) return { ...layer, network: filled(layer.network, source, found) };
    const bundle = Object.hasOwn(BUNDLES, layer.className) ? BUNDLES[layer.className] : undefined;
    if (!bundle || found.count >= MOST) return layer;
    found.count++;
    return withModule(layer, { source, place: layer.config[bundle.place], entry: layer.config[bundle.entry], found });
  });
  return { ...network, layers };
}

function withModule(layer: Layer, { source, place, entry, found }: { source: Source; place?: Json; entry?: Json; found: Found }): Layer {
  const folder = typeof place === "string" ? folderOf(place, source) : null;
  if (folder === null) {
    const advice = `${quoted(place)}; put its folder, ${quoted(nameOf(place))}, beside ${source.name} to see inside`;
    const named = typeof place === "string" ? `the SavedModel ${advice}` : "a SavedModel that its config does not name";
    found.notes.push(`The layer ${layer.name} runs ${named}.`);
    return layer;
  }
  try {
    const module = openSavedModel(source, `${folder}/saved_model.pb`, typeof entry === "string" ? { signature: entry } : {});
    const prefix = `${layer.id}/`;
    found.weights.push(...module.weights.map((weight) => ({ ...weight, layer: weight.layer === null ? null : prefix + weight.layer })));
    found.notes.push(...(module.notes ?? []));
    return { ...layer, network: below(module.network, prefix) };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    found.notes.push(`The layer ${layer.name} runs the SavedModel in ${folder}, which cannot be opened: ${error.message}.`);
    return layer;
  }
}

/** Path of the folder in the source: as the file names it, else a folder of that name beside the model. */
function folderOf(place: string, source: Source): string | null {
  const written = place.replace(/[/\\]+$/, "").replaceAll("\\", "/");
  const candidates = [written.replace(/^\.\//, ""), nameOf(written)];
  return candidates.find((folder) => isInside(folder) && has(source, `${folder}/saved_model.pb`)) ?? null;
}

function nameOf(place: Json | undefined): string {
  return String(place).split(/[/\\]/).filter(Boolean).at(-1) ?? "";
}

function has(source: Source, path: string): boolean {
  try {
    return source.size(path) > 0;
  } catch {
    return false;
  }
}

/** Its layers as those of a model inside another. */
function below(network: Network, prefix: string): Network {
  const layers = network.layers.map(
    (layer): Layer => ({
      ...layer,
      id: prefix + layer.id,
      ...(layer.network ? { network: below(layer.network, prefix) } : {}),
    }),
  );
  return { ...network, layers };
}
