import type { LayerReport } from "../model";
import type { PreparedLayer } from "./prepared";

/** A row of the report before anything ran: everything `unreached`. */
export function blankRow(layer: PreparedLayer): LayerReport {
  const { id } = layer.layer;
  const step = layer.firstStep;
  return {
    id,
    className: layer.layer.className,
    status: "unreached",
    declared: layer.declared,
    output: null,
    parameters: layer.parameters,
    inputs: (step?.sources ?? []).map(({ ref }, index) => ({
      layer: step?.sourceIds[index] as string,
      call: ref.call,
      output: ref.output,
      shape: null,
    })),
    weights: layer.weights,
    ...(layer.nested ? { nested: { outputs: layer.nested.outputs.map(({ ref }) => `${id}/${ref.layer}`) } } : {}),
  };
}
