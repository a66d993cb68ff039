import type { LayerReport } from "../model";
import type { PreparedLayer, Step } from "./prepared";

/** A row of the report before anything ran: everything `unreached`. */
export function blankRow(layer: PreparedLayer, steps: readonly Step[]): LayerReport {
  const { id } = layer.layer;
  const prefix = id.slice(0, id.length - layer.layer.name.length);
  const first = steps.find((step) => step.layer === layer);
  return {
    id,
    className: layer.layer.className,
    status: "unreached",
    declared: layer.declared,
    output: null,
    parameters: layer.parameters,
    inputs: (first?.sources ?? []).map(({ ref }) => ({ layer: prefix + ref.layer, call: ref.call, output: ref.output, shape: null })),
    weights: layer.weights,
    ...(layer.nested ? { nested: { outputs: layer.nested.outputs.map(({ ref }) => `${id}/${ref.layer}`) } } : {}),
  };
}
