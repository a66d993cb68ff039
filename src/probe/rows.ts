import type { LayerInput, LayerReport, LayerStatus } from "../model";
import { operationReport } from "./operation-report";
import type { PreparedLayer, PreparedNetwork, Step } from "./prepared";

/** What one call of a layer came to. */
export interface CallRecord {
  inputs: LayerInput[];
  status: LayerStatus;
  output: number[][] | null;
}

/** The rows of a report, filled as a run goes on: call number 0 of a layer in its row, the others in `furtherCalls`, by number. */
export class Rows {
  readonly list: LayerReport[] = [];
  private readonly byId = new Map<string, LayerReport>();

  constructor(network: PreparedNetwork) {
    this.add(network, 1);
  }

  /** `rounds`: how often the network itself is called. */
  private add({ layers }: PreparedNetwork, rounds: number): void {
    for (const layer of layers) {
      const calls = rounds * callsOf(layer);
      const row = blankRow(layer, calls);
      this.list.push(row);
      this.byId.set(row.id, row);
      if (layer.nested) this.add(layer.nested, calls);
    }
  }

  of(id: string): LayerReport {
    return this.byId.get(id) as LayerReport;
  }

  /** Where the call of a step is noted; `round`: number of the call of the network around it. */
  record({ layer, node }: Step, round: number): CallRecord {
    const row = this.of(layer.layer.id);
    const index = callNumber(layer, node.call, round);
    return index === 0 ? row : (row.furtherCalls?.[index - 1] as CallRecord);
  }
}

/** Number of a call among all calls of a layer, those of the networks around it counted in. */
export function callNumber(layer: PreparedLayer, call: number, round: number): number {
  return round * callsOf(layer) + call;
}

const callsOf = ({ layer }: PreparedLayer): number => Math.max(layer.calls.length, 1);

/** A row before anything ran: everything `unreached`. */
function blankRow(layer: PreparedLayer, calls: number): LayerReport {
  const { id, className } = layer.layer;
  const record = (index: number): CallRecord => ({
    inputs: unsentInputs(layer, index % callsOf(layer)),
    status: "unreached",
    output: null,
  });
  const further = Array.from({ length: calls - 1 }, (_, index) => record(index + 1));
  return {
    id,
    className,
    ...record(0),
    declared: layer.declared,
    parameters: layer.parameters,
    weights: layer.weights,
    ...(layer.layer.operation ? { operation: operationReport(layer.layer.operation) } : {}),
    ...(further.length > 0 ? { furtherCalls: further } : {}),
    ...(layer.nested ? { nested: { outputs: layer.nested.outputs.map(({ ref }) => `${id}/${ref.layer}`) } } : {}),
  };
}

function unsentInputs({ steps }: PreparedLayer, call: number): LayerInput[] {
  const step = steps.find(({ node }) => node.call === call);
  return (step?.sources ?? []).map(({ ref }, index) => ({
    layer: step?.sourceIds[index] as string,
    call: ref.call,
    output: ref.output,
    shape: null,
  }));
}
