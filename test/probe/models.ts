import { parseKerasDocument } from "../../src/formats/keras/document";
import type { Json, JsonObject, Model, Report } from "../../src/model";
import { type PreparedModel, prepareModel, type RunOptions, runProbe } from "../../src/probe";

type Wired = [className: string, name: string, config: JsonObject, from: string | string[] | null];

/** A functional model of tf_keras's spelling from a few words a layer; `from`: names of the layers before it. */
export function functional(layers: Wired[], inputs: string[], outputs: string[]): Model {
  const written = layers.map(([className, name, config, from]): Json => {
    const sources = from === null ? [] : Array.isArray(from) ? from : [from];
    return {
      class_name: className,
      name,
      config: { name, ...config },
      inbound_nodes: from === null ? [] : [sources.map((source) => [source, 0, 0, {}])],
    };
  });
  const config = {
    name: "small",
    layers: written,
    input_layers: inputs.map((name) => [name, 0, 0]),
    output_layers: outputs.map((name) => [name, 0, 0]),
  };
  return modelOf({ class_name: "Functional", config } as Json, "2.21.0");
}

/** A model from a config document. */
export function modelOf(document: Json, version: string): Model {
  const { network, producer, kerasMajor } = parseKerasDocument(document, version);
  return { name: network.name, format: "keras-json", producer, kerasMajor, network, weights: [] };
}

export const input = (name: string, shape: (number | null)[], dtype = "float32"): Wired => [
  "InputLayer",
  name,
  { batch_input_shape: shape, dtype },
  null,
];

/** Sends tensors through a model that is prepared for this once. */
export async function sent(model: Model, inputs: { [name: string]: number[] }, options?: RunOptions): Promise<Report> {
  const prepared = prepareModel(model);
  try {
    return await send(prepared, inputs, options);
  } finally {
    prepared.dispose();
  }
}

export function send(prepared: PreparedModel, inputs: { [name: string]: number[] }, options?: RunOptions): Promise<Report> {
  return runProbe(prepared, { inputs, mode: "feed", engine: "shapes", fill: "zeros" }, options);
}
