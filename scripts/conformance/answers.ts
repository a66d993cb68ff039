// What scripts/conformance/conformance.mjs runs, bundled as the product bundles it.
import { writeFileSync } from "node:fs";
import fc from "fast-check";
import { INPUT_GATE, type LayerReport, type Report } from "../../src/model";
import { type PreparedModel, prepareModel, runProbe } from "../../src/probe";
import type { PreparedLayer, PreparedNetwork } from "../../src/probe/prepared";
import { type DrawnModel, models } from "../../test/property/draw";

/**
 * Draws `count` models of a generation and writes them with what we say of them, a JSON text a line: compare.py asks real Keras the same.
 * Layers go by their names, which no two of a drawn model share.
 */
export async function writeAnswers(kerasMajor: 2 | 3, count: number, seed: number, path: string): Promise<void> {
  const lines: string[] = [];
  for (const drawn of fc.sample(models(kerasMajor), { seed, numRuns: count })) lines.push(JSON.stringify(await answersTo(drawn)));
  writeFileSync(path, `${lines.join("\n")}\n`);
}

async function answersTo({ config, model, probes }: DrawnModel) {
  const prepared = prepareModel(model);
  const layers = allLayers(prepared.network).filter(({ isInput }) => !isInput);
  const flawed = layers.find(({ flaw }) => flaw !== null);
  const answers = {
    config,
    inputs: prepared.inputs.map(({ name, dtype }) => ({ name, dtype })),
    isSequential: model.network.kind === "sequential",
    flaw: flawed ? `${flawed.layer.name}: ${flawed.flaw}` : null,
    parameters: prepared.parameters,
    layers: Object.fromEntries(layers.map((layer) => [layer.layer.name, builtOf(layer)])),
    probes: [] as unknown[],
  };
  for (const inputs of flawed ? [] : probes) {
    const report = await runProbe(prepared, { inputs, mode: "feed", engine: "shapes", fill: "zeros" });
    answers.probes.push(happened(report, prepared, inputs));
  }
  prepared.dispose();
  return answers;
}

const allLayers = ({ layers }: PreparedNetwork): PreparedLayer[] =>
  layers.flatMap((layer) => [layer, ...(layer.nested ? allLayers(layer.nested) : [])]);

const builtOf = ({ layer, nested, weights, declared }: PreparedLayer) => ({
  className: layer.className,
  weights: nested ? null : weights.map(({ name, shape }) => [name.split("/").at(-1), shape]),
  declared: nested ? null : declared,
});

function happened(report: Report, { inputs }: PreparedModel, probe: { [input: string]: number[] }) {
  const failed = report.failure?.layer ?? null;
  const rows = report.layers.filter(({ className }) => className !== "InputLayer");
  return {
    inputs: inputs.map(({ name }) => probe[name]),
    gate: failed === INPUT_GATE ? report.failure?.message : null,
    failed: failed === null || failed === INPUT_GATE ? null : nameOf(failed),
    message: report.failure?.message ?? null,
    calls: Object.fromEntries(rows.map((row) => [nameOf(row.id), callsOf(row)])),
    unknown: rows.filter(({ status }) => status === "unknown").map(({ id }) => nameOf(id)),
  };
}

const nameOf = (id: string): string => id.split("/").at(-1) as string;

const callsOf = (row: LayerReport) =>
  [row, ...(row.furtherCalls ?? [])].flatMap(({ status, output }) => (output && status !== "unknown" ? [output] : []));
