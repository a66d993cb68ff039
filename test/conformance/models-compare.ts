import { INPUT_GATE, type LayerReport, type Report, type Shape } from "../../src/model";
import { type PreparedModel, runProbe } from "../../src/probe";
import type { Said, SaidProbe } from "../models/load";
import { differ } from "./compare";
import { numbersOfMessage } from "./messages";

/** What was held against Keras: one line a difference, and the number of layers whose outputs were compared, over all probes. */
interface Compared {
  differences: string[];
  layers: number;
}

/** `mayBeUnknown`: the model holds layers whose code is not in the file; they and what follows them may be unknown, never wrong. */
interface Question {
  says: Said;
  mayBeUnknown: boolean;
}

/** Compares what Keras says of a model with what we say of a file of it. */
export async function compareModel(prepared: PreparedModel, says: Said, mayBeUnknown: boolean): Promise<Compared> {
  const question = { says, mayBeUnknown };
  const differences = [
    ...differ(
      "inputs",
      prepared.inputs.map(({ name, declared }) => `${name} ${declared}`).join(),
      says.inputs.map(([name, shape]) => `${name} ${shape}`).join(),
    ),
    ...(mayBeUnknown ? [] : differ("parameters", prepared.parameters, says.params)),
  ];
  let layers = 0;
  for (const [index, probe] of says.probes.entries()) {
    const inputs = Object.fromEntries(says.inputs.map(([name], place) => [name, probe.inputs[place] as number[]]));
    const report = await runProbe(prepared, { inputs, mode: "feed", engine: "shapes", fill: "zeros" });
    if (index === 0) differences.push(...rowDifferences(report, question));
    differences.push(...probeDifferences(report, probe, question));
    layers += probe.calls.length;
  }
  return { differences, layers };
}

/** Class, weights, parameters and declared shapes of each layer. */
function rowDifferences({ layers }: Report, { says, mayBeUnknown }: Question): string[] {
  const rows = new Map(layers.map((row) => [row.id, row]));
  return says.layers.flatMap(([path, className, weights, params, declared]) => {
    const row = rows.get(path);
    // What no output needs has no row, as Keras never runs it.
    if (!row) return declared === null ? [] : [`${path} is not in the report`];
    // An .h5 names a class with its package: `Models>Scale`.
    const ownClass = row.className.split(">").at(-1) as string;
    return [
      ...differ(`${path} class`, ownClass, className),
      ...(row.nested ? [] : weightDifferences(row, weights)),
      ...(mayBeUnknown ? [] : differ(`${path} parameters`, row.parameters, params)),
      ...(declared === null || (mayBeUnknown && row.declared === null)
        ? []
        : differ(`${path} declared`, spelled(row.declared), spelled(declared))),
    ];
  });
}

/** Of an unknown layer only a file with weights tells them, in the file's order and by names that may be numbers. */
function weightDifferences({ id, status, weights: ours }: LayerReport, keras: [name: string, shape: number[]][]): string[] {
  const weights = ours.map(({ name, shape }) => [name, shape] as [string, number[]]);
  if (status !== "unknown") return differ(`${id} weights`, listed(weights), listed(keras));
  const shapes = (all: [string, number[]][]): string =>
    all
      .map(([, shape]) => String(shape))
      .toSorted()
      .join(" and ");
  return weights.length === 0 ? [] : differ(`${id} weights`, shapes(weights), shapes(keras));
}

/** Weights by the last part of their names: what is before it says where they are, in each generation's own way. */
function listed(weights: [name: string, shape: number[]][]): string {
  return weights.map(([name, shape]) => `${name.split("/").at(-1)} ${shape}`).join(", ");
}

function spelled(shapes: readonly Shape[] | null): string {
  return shapes ? shapes.map((shape) => `[${shape.map((size) => size ?? "?")}]`).join(" ") : "unknown";
}

function probeDifferences(report: Report, probe: SaidProbe, question: Question): string[] {
  const failed = probe.refusal === null ? (probe.failed?.[0] ?? null) : INPUT_GATE;
  const unknown = probe.refusal === null ? report.layers.filter(({ status }) => status === "unknown").map(({ id }) => id) : [];
  // Saying at the failing layer that nobody can know is no answer that misleads; whatever follows is not reached in Keras.
  const mayMissFailure = unknown.length > 0 && (question.mayBeUnknown || unknown[0] === failed);
  const found = [
    ...(report.failure === null && mayMissFailure ? [] : differ("failing layer", report.failure?.layer ?? null, failed)),
    ...(mayMissFailure ? [] : differ("unknown", unknown.join(), "")),
    ...messageDifferences(report.failure?.message ?? null, probe.failed?.[2] ?? null),
    ...(probe.refusal === null ? callDifferences(report, probe, question) : []),
    ...outputDifferences(report, probe, question),
  ];
  return found.map((difference) => `at ${probe.inputs.map((shape) => shape.join("×")).join(", ")}: ${difference}`);
}

/** The numbers that Keras's message is about have to be in ours. */
function messageDifferences(ours: string | null, keras: string | null): string[] {
  if (ours === null || keras === null) return [];
  const told = new Set(ours.match(/\d+/g));
  return numbersOfMessage(keras).every((number) => told.has(number)) ? [] : differ("message", ours, keras);
}

function outputDifferences({ outputs }: Report, { output }: SaidProbe, { mayBeUnknown }: Question): string[] {
  if (output === null || (mayBeUnknown && outputs.length < output.length)) return [];
  const ours = outputs.map(({ shape }) => shape);
  return agree(ours, output) ? [] : differ("output", spelled(ours), spelled(output));
}

/** What ran: the order in which layers were first left, and for each the shapes that its calls gave. */
function callDifferences(report: Report, { calls }: SaidProbe, { says, mayBeUnknown }: Question): string[] {
  const ours = grouped(report.layers.filter(({ className }) => className !== "InputLayer").flatMap(callsOf));
  const keras = grouped(calls.map(([path, output]) => [path, output]));
  const isLeaf = leavesOf(says);
  const order = (paths: Iterable<string>): string =>
    [...paths].filter((path) => isLeaf(path) && (!mayBeUnknown || (ours.has(path) && keras.has(path)))).join(" → ");
  const compared = [...keras].filter(([path]) => !mayBeUnknown || ours.has(path));
  return [
    ...differ("running order", order(ours.keys()), order(keras.keys())),
    ...compared.flatMap(([path, outputs]) => {
      const own = ours.get(path) ?? [];
      const areSame = own.length === outputs.length && own.every((output, index) => agree(output, outputs[index] as Shape[]));
      return areSame ? [] : differ(`output of ${path}`, own.map(spelled).join(" and ") || "nothing", outputs.map(spelled).join(" and "));
    }),
  ];
}

/** By path; a layer's calls by their shapes, as the two count them in orders of their own. */
function grouped(calls: [path: string, output: Shape[]][]): Map<string, Shape[][]> {
  const found = new Map<string, Shape[][]>();
  for (const [path, output] of calls) found.set(path, [...(found.get(path) ?? []), output]);
  for (const [path, outputs] of found)
    found.set(
      path,
      outputs.toSorted((a, b) => (spelled(a) < spelled(b) ? -1 : 1)),
    );
  return found;
}

function callsOf({ id, status, output, furtherCalls = [] }: LayerReport): [string, number[][]][] {
  return [{ status, output }, ...furtherCalls].flatMap(({ output: shapes }) => (shapes ? [[id, shapes] as [string, number[][]]] : []));
}

/** Where tracing leaves an axis open in Keras (a table of words is looked up), any size of ours may be it. */
function agree(ours: readonly Shape[], keras: readonly Shape[]): boolean {
  return ours.length === keras.length && ours.every((shape, index) => fits(shape, keras[index] as Shape));
}

function fits(ours: Shape, keras: Shape): boolean {
  return (
    ours.length === keras.length && ours.every((size, axis) => typeof size === "number" && (keras[axis] === null || size === keras[axis]))
  );
}

/** Layers that hold no others: a nested model ends after what it holds in Keras and stands before it in a report. */
function leavesOf({ layers }: Said): (path: string) => boolean {
  const paths = layers.map(([path]) => path);
  const nested = new Set(paths.filter((path) => paths.some((other) => other.startsWith(`${path}/`))));
  return (path) => !nested.has(path);
}
