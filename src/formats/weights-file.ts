import { type Layer, type Model, UserError, type WeightEntry } from "../model";
import { FormatError } from "./format-error";
import { namesAttribute } from "./h5/attributes";
import { legacyWeights } from "./h5/legacy";
import { type Group, groupAt, type H5wasm, loadH5, withH5 } from "./h5/library";
import { rangeOf } from "./h5/range-file";
import { holdsVariables, variablesIn } from "./h5/variables";
import { sniff } from "./sniff";
import type { Source } from "./source";
import { archivedWeights } from "./zip/keras-archive";

/**
 * The catalogue of another file's weights for a model: `*.weights.h5`, a legacy `.h5` with weights only or with a whole model, `.keras`.
 * `holders`: names of the model's own layers with weights, in the order of its config; a legacy file's are matched to them by order, as
 * Keras's `load_weights` does.
 * @throws UserError that names the file, the reason and both numbers where it is of another model
 */
export async function weightsOfFile(source: Source, model: Model, holders: readonly string[]): Promise<WeightEntry[]> {
  try {
    const container = sniff(source, source.main);
    if (container === "zip") return await archivedWeights(source, source.main, model);
    if (container !== "hdf5") throw new FormatError("weights are read from .h5 and .keras");
    const h5wasm = await loadH5();
    return withH5(h5wasm, rangeOf(source, source.main), (file) => {
      if (holdsVariables(h5wasm, file)) return variablesIn(h5wasm, file, model, { file: source.main });
      const group = "layer_names" in file.attrs || "layer_names0" in file.attrs ? file : groupAt(h5wasm, file, "model_weights");
      if (!group) throw new FormatError("it holds no weights that Keras wrote");
      return inOrder(h5wasm, group, { file: source.main, model, holders });
    });
  } catch (error) {
    if (error instanceof FormatError) throw new UserError(`The weights in ${source.name} cannot be used: ${error.message}.`);
    throw error;
  }
}

interface Wanted {
  file: string;
  model: Model;
  holders: readonly string[];
}

/** Layers with weights of the file and of the model, one by one: their names may differ. @see keras load_weights_from_hdf5_group */
function inOrder(h5wasm: H5wasm, group: Group, { file, model, holders }: Wanted): WeightEntry[] {
  const saved = (namesAttribute(group, "layer_names") ?? []).flatMap((name) => {
    const own = groupAt(h5wasm, group, name);
    return own && (namesAttribute(own, "weight_names") ?? []).length > 0 ? [{ name, own }] : [];
  });
  if (saved.length !== holders.length) {
    throw new FormatError(`it has weights of ${saved.length} layers, and ${model.name} has ${holders.length} layers with weights`);
  }
  const layers = new Map(model.network.layers.map((layer) => [layer.name, layer]));
  return saved.flatMap(({ own }, index) => legacyWeights(h5wasm, own, file, layers.get(holders[index] as string) as Layer));
}
