import { type Layer, type Network, type Report, sameShape } from "../model";
import { isInputLayer } from "./declared-input";
import { prepareModel } from "./prepare";
import { allLayers, type PreparedLayer, type PreparedModel } from "./prepared";

type Misfit = Report["misfits"][number];

/**
 * The model with its inputs declared as these tensors are, an open batch left open, and its layers made anew from their configs:
 * Keras's `clone_model` with new Inputs. A nested model keeps the input that its own config declares.
 */
export function rebuild({ model, inputs }: PreparedModel, shapes: { [input: string]: number[] }): PreparedModel {
  const declared = new Map(
    inputs.map(({ name, suggested, declared: [batch = null] }) => [name, redeclaredShape(batch, shapes[name] ?? suggested)]),
  );
  const layers = model.network.layers.map((layer) => redeclared(layer, declared.get(layer.name)));
  return prepareModel({ ...model, network: forgetful({ ...model.network, layers }) });
}

/** The batch stays open, or declared where it was; a single number has none. */
function redeclaredShape(batch: number | null, shape: number[]): (number | null)[] {
  return batch === null && shape.length > 0 ? [null, ...shape.slice(1)] : shape;
}

function redeclared(layer: Layer, shape: (number | null)[] | undefined): Layer {
  if (!shape || !isInputLayer(layer)) return layer;
  // `batch_shape` is read first, whatever else the config says.
  return { ...layer, config: { ...layer.config, batch_shape: shape } };
}

/** What the file notes of shapes that layers were built with belongs to the model as it was. */
function forgetful(network: Network): Network {
  const { name, className, kind, inputs, outputs } = network;
  const layers = network.layers.map((layer): Layer => {
    const forgotten = { ...layer, buildConfig: null };
    return layer.network ? { ...forgotten, network: forgetful(layer.network) } : forgotten;
  });
  return { name, className, kind, layers, inputs, outputs };
}

/** Weights of the model as it was that do not fit into the rebuilt one, in running order. What Keras could not build has none to fit. */
export function misfitsOf(pretrained: PreparedModel, rebuilt: PreparedModel): Misfit[] {
  const now = new Map(allLayers(rebuilt.network).map((layer) => [layer.layer.id, layer]));
  return allLayers(pretrained.network).flatMap((before) => misfitsOfLayer(before, now.get(before.layer.id)));
}

function misfitsOfLayer({ layer, weights }: PreparedLayer, now: PreparedLayer | undefined): Misfit[] {
  return weights.flatMap(({ name, shape }, index) => {
    const needed = now?.weights[index]?.shape;
    return needed && !sameShape(shape, needed) ? [{ layer: layer.id, weight: name, pretrained: shape, needed }] : [];
  });
}
