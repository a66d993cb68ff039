import type { JsonObject, Layer, Shape } from "../../model";
import type { Place } from "./network";
import { declaredShape } from "./shape";

/** The class that stands for a model's input. */
export function isInputLayer(layer: Layer): boolean {
  return layer.className === "InputLayer";
}

/**
 * The InputLayer that Keras puts before a Sequential which does not list one: its shape is the one that the first layer declares, or
 * the one that the model was built with. Where nobody tells a shape (a model that was never built) its `batch_shape` is null.
 */
export function inputLayerOf(layers: readonly Layer[], buildInputShape: Shape | undefined, place: Place): Layer {
  const first = layers[0] as Layer;
  const shape = shapeWanted(first) ?? buildInputShape ?? null;
  const name = inputName(layers, place);
  const config: JsonObject = { name, batch_shape: shape, dtype: inputType(first) };
  return {
    id: place.idPrefix + name,
    name,
    className: "InputLayer",
    module: "keras.layers",
    registeredName: null,
    config,
    buildConfig: null,
    calls: [],
  };
}

function inputName(layers: readonly Layer[], place: Place): string {
  const wanted = place.kerasMajor === 2 ? `${(layers[0] as Layer).name}_input` : "input_layer";
  const taken = new Set(layers.map((layer) => layer.name));
  let name = wanted;
  for (let number = 1; taken.has(name); number++) name = `${wanted}_${number}`;
  return name;
}

function shapeWanted(layer: Layer): Shape | null {
  const [input] = layer.network?.inputs ?? [];
  const inner = input && layer.network?.layers.find((candidate) => candidate.name === input.layer);
  return declaredShape((inner ?? layer).config, layer.name);
}

function inputType(layer: Layer): string {
  const [input] = layer.network?.inputs ?? [];
  const inner = input && layer.network?.layers.find((candidate) => candidate.name === input.layer);
  if (inner) return inputType(inner);
  if (layer.className === "InputLayer") return typeof layer.config["dtype"] === "string" ? layer.config["dtype"] : "float32";
  return layer.className === "Embedding" ? "int32" : "float32";
}
