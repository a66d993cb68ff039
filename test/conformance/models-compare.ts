import { INPUT_GATE, type LayerReport, type Report } from "../../src/model";
import { type PreparedModel, runProbe } from "../../src/probe";
import type { Said, SaidProbe } from "../models/load";
import { differ } from "./compare";

/** What was held against Keras. */
export interface Compared {
  differences: string[];
  /** Layers that are unknown where Keras knows, by class. */
  unknown: string[];
}

/**
 * Differences between what Keras says of a model and what we say of the file, one line each; empty where they agree.
 * `mayBeUnknown`: layers whose code is not in the file stand for themselves and for all that follows them.
 */
export async function compareModel(prepared: PreparedModel, says: Said, mayBeUnknown: boolean): Promise<Compared> {
  const reports: Report[] = [];
  for (const { inputs } of says.probes) {
    const named = Object.fromEntries(says.inputs.map(([name], index) => [name, inputs[index] as number[]]));
    reports.push(await runProbe(prepared, { inputs: named, mode: "feed", engine: "shapes", fill: "zeros" }));
  }
  const rows = new Map((reports[0]?.layers ?? []).map((row) => [row.id, row]));
  const unknown = reports.flatMap(({ layers }) => layers.filter(({ status }) => status === "unknown").map(({ className }) => className));
  const differences = [
    ...differ("inputs", namesAndShapes(prepared), says.inputs.map(([name, shape]) => `${name} ${shape}`).join()),
    ...(mayBeUnknown ? [] : differ("parameters", prepared.parameters, says.params)),
    ...says.layers.flatMap((layer) => layerDifferences(layer, rows, mayBeUnknown)),
    ...says.probes.flatMap((probe, index) => probeDifferences(reports[index] as Report, probe, says, mayBeUnknown)),
    ...(mayBeUnknown || unknown.length === 0 ? [] : [`unknown: ${[...new Set(unknown)].join()}`]),
  ];
  return { differences, unknown };
}

function namesAndShapes({ inputs }: PreparedModel): string {
  return inputs.map(({ name, declared }) => `${name} ${declared}`).join();
}

function layerDifferences(
  [path, className, weights, params, declared]: Said["layers"][number],
  rows: Map<string, LayerReport>,
  mayBeUnknown: boolean,
): string[] {
  const row = rows.get(path);
  // What no output needs is no part of a run.
  if (!row) return declared === null ? [] : [`${path} is not in the report`];
  const isUnknown = mayBeUnknown && row.weights.length === 0 && row.parameters === 0;
  return [
    ...differ(`${path} class`, row.className, className),
    ...(isUnknown || row.nested
      ? []
      : differ(`${path} weights`, listed(row.weights.map(({ name, shape }) => [name, shape])), listed(weights))),
    ...(isUnknown || mayBeUnknown ? [] : differ(`${path} parameters`, row.parameters, params)),
    ...(declared === null || (mayBeUnknown && row.declared === null)
      ? []
      : differ(`${path} declared`, spelled(row.declared), spelled(declared))),
  ];
}

/** Names as the innermost layer calls its weights: what is before the last slash says where they are, each generation in its own way. */
function listed(weights: [string, number[]][]): string {
  return weights.map(([name, shape]) => `${name.split("/").at(-1)} ${shape}`).join(", ");
}

function spelled(shapes: readonly (readonly (number | null)[])[] | null): string {
  return shapes ? shapes.map((shape) => `[${shape.map((size) => size ?? "?")}]`).join(" ") : "unknown";
}

function probeDifferences(report: Report, probe: SaidProbe, says: Said, mayBeUnknown: boolean): string[] {
  const at = `at ${probe.inputs.map((shape) => shape.join("×")).join(", ")}: `;
  const failed = probe.refusal !== null ? INPUT_GATE : (probe.failed?.[0] ?? null);
  const found = [
    ...(mayBeUnknown && report.failure === null ? [] : differ("failing layer", spelledFailure(report), failed)),
    ...(probe.refusal === null ? callDifferences(report, probe, says, mayBeUnknown) : []),
    ...outputDifferences(report, probe, mayBeUnknown),
  ];
  return found.map((difference) => at + difference);
}

function spelledFailure({ failure }: Report): string | null {
  return failure?.layer ?? null;
}

function outputDifferences({ outputs }: Report, { output }: SaidProbe, mayBeUnknown: boolean): string[] {
  if (output === null || (mayBeUnknown && outputs.length < output.length)) return [];
  return differ("output", spelled(outputs.map(({ shape }) => shape)), spelled(output));
}

/** What ran: the order in which layers were first left, and for each the shapes that its calls gave. */
function callDifferences(report: Report, probe: SaidProbe, says: Said, mayBeUnknown: boolean): string[] {
  const ours = callsOf(report.layers.filter(({ className }) => className !== "InputLayer"));
  const keras = new Map<string, string[]>();
  for (const [path, output] of probe.calls) keras.set(path, [...(keras.get(path) ?? []), spelled(output)]);
  const isLeaf = leavesOf(says);
  const order = (paths: Iterable<string>): string =>
    [...paths].filter((path) => isLeaf(path) && (ours.has(path) || !mayBeUnknown)).join(" → ");
  const known = mayBeUnknown ? [...keras.keys()].filter((path) => ours.has(path)) : [...keras.keys()];
  return [
    ...differ("running order", order(ours.keys()), order(keras.keys())),
    ...known.flatMap((path) => differ(`output of ${path}`, sorted(ours.get(path)), sorted(keras.get(path)))),
  ];
}

function sorted(calls: string[] | undefined): string {
  return calls ? calls.toSorted().join(" and ") : "nothing";
}

function leavesOf({ layers }: Said): (path: string) => boolean {
  const paths = layers.map(([path]) => path);
  const nested = new Set(paths.filter((path) => paths.some((other) => other.startsWith(`${path}/`))));
  return (path) => !nested.has(path);
}

function callsOf(rows: LayerReport[]): Map<string, string[]> {
  const calls = new Map<string, string[]>();
  for (const { id, status, output, furtherCalls = [] } of rows) {
    const gave = [{ status, output }, ...furtherCalls].flatMap(({ output: shapes }) => (shapes ? [spelled(shapes)] : []));
    if (gave.length > 0) calls.set(id, gave);
  }
  return calls;
}
