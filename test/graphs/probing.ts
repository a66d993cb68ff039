import { openModel, readWeights } from "../../src/formats";
import type { EngineName, Report } from "../../src/model";
import { prepareModel, runProbe } from "../../src/probe";
import { type GraphFile, readText } from "./files";
import type { OpenedGraph } from "./ours";
import type { GraphProbe, WrittenNode } from "./probes";
import type { SavedGraph, TensorFlowAnswer } from "./saved";

/** Sends probes through a graph model of tfjs; `use` is given each with its report. */
export async function probeGraph<P extends GraphProbe>(
  { file, probes, engine }: { file: GraphFile; probes: readonly P[]; engine: EngineName },
  use: (probe: P, report: Report, graph: OpenedGraph) => void,
): Promise<void> {
  const source = file.open();
  const model = await openModel(source);
  const { modelTopology } = JSON.parse(readText(source, source.main)) as { modelTopology: { node: WrittenNode[] } };
  const graph = { model, written: modelTopology.node };
  const prepared = prepareModel(model);
  for (const probe of probes) {
    const inputs = Object.fromEntries(prepared.inputs.map(({ name }, index) => [name, probe.shapes[index] as number[]]));
    // Other than the declared size only a rebuilt model takes.
    const mode = probe.kind === "declared" ? "feed" : "rebuild";
    const asked = { inputs, mode, engine, fill: probe.fill } as const;
    use(probe, await runProbe(prepared, asked, { readWeights: (entries, take) => readWeights(source, entries, take) }), graph);
  }
  prepared.dispose();
  source.close();
}

/** Sends a probe that TensorFlow was sent through a SavedModel or a frozen graph. `outputs`: their names, in the order of the report. */
export async function probeSaved(
  saved: SavedGraph,
  answer: TensorFlowAnswer,
  engine: EngineName,
  source = saved.open(),
): Promise<{ report: Report; outputs: string[] }> {
  const model = await openModel(source, answer.signature === "" ? {} : { signature: answer.signature });
  const prepared = prepareModel(model);
  const asked = { inputs: answer.inputs, mode: "rebuild", engine, fill: "ramp" } as const;
  const report = await runProbe(prepared, asked, { readWeights: (entries, take) => readWeights(source, entries, take) });
  prepared.dispose();
  source.close();
  const named = model.signatures?.all.find(({ name }) => name === answer.signature)?.outputs;
  return { report, outputs: named ?? Object.keys(answer.outputs ?? {}) };
}
