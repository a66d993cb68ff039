import { type LayerReport, type Model, type Report, ROUTINE_KINDS } from "../../src/model";
import { type PreparedModel, runProbe } from "../../src/probe";
import type { GoldenLayer, GoldenProbe } from "../golden/load";

/** Differences between what Keras says and what a model is prepared to, one line each; empty where they agree. */
export async function layerDifferences(prepared: PreparedModel, layers: GoldenLayer[]): Promise<string[]> {
  const { layers: rows } = await runAtDeclared(prepared);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return layers.flatMap(({ name, className, params, weights }) => {
    const row = byId.get(name);
    if (!row) return [`${name} is not in the report`];
    const found = ownAndInner(rows, row).flatMap((inner) => inner.weights);
    return [
      ...differ(`${name} class`, row.className, className),
      ...differ(`${name} parameters`, row.parameters, params),
      ...differ(`${name} weights`, found.map(({ name: weight, shape }) => `${weight} ${shape}`).join(), weights.map(plainWeight).join()),
    ];
  });
}

function runAtDeclared(prepared: PreparedModel): Promise<Report> {
  const inputs = Object.fromEntries(prepared.inputs.map(({ name, suggested }) => [name, suggested]));
  return runProbe(prepared, { inputs, mode: "feed", engine: "shapes", fill: "zeros" });
}

function ownAndInner(rows: LayerReport[], row: LayerReport): LayerReport[] {
  // A name may hold slashes of its own (`expanded_conv/depthwise`), without being a model.
  return rows.filter(({ id }) => id === row.id || (row.nested && id.startsWith(`${row.id}/`)));
}

/** tf_keras writes `conv1/kernel:0` where Keras 3 writes `kernel`; LayerScale's weight has only a number in Keras 3. */
function plainWeight({ name, shape }: GoldenLayer["weights"][number]): string {
  const plain = name
    .split("/")
    .at(-1)
    ?.replace(/:\d+$/, "")
    .replace(/^variable(_\d+)?$/, "gamma");
  return `${plain} ${shape}`;
}

/** Differences between a probe of Keras and ours: the gate, the broadcasts that are not routine (`stretchesGray`: one with a gray image), the order and shapes of all layers, the failing layer, the output. */
export async function probeDifferences(prepared: PreparedModel, probe: GoldenProbe, stretchesGray: boolean): Promise<string[]> {
  const [input] = prepared.inputs;
  const inputs = { [input?.name ?? ""]: probe.input };
  const report = await runProbe(prepared, { inputs, mode: "feed", engine: "shapes", fill: "zeros" });
  const at = `at ${probe.input.join("×")}: `;
  const odd = report.broadcasts.filter(({ kind }) => !ROUTINE_KINDS.has(kind)).map(({ kind }) => kind);
  const expected = stretchesGray && probe.input.at(-1) === 1 ? "expands-activation" : "";
  const differences = [...differencesOf(prepared.model, report, probe), ...(probe.door ? [] : differ("broadcasts", odd.join(), expected))];
  return differences.map((difference) => at + difference);
}

function differencesOf(model: Model, report: Report, probe: GoldenProbe): string[] {
  const gate = report.gates.find(({ gate: name }) => name === "input");
  if (probe.door !== null) return differ("input gate", gate?.open, false);
  const rows = recordedRows(model, report.layers).filter(({ status }) => status === "ok");
  const shapes = [...probe.shapes];
  return [
    ...differ("input gate", gate?.open, true),
    ...differ("running order", rows.map(({ id }) => id).join(), shapes.map(([name]) => name).join()),
    ...rows.flatMap(({ id, output }) => differ(`shape of ${id}`, String(output?.[0]), String(probe.shapes.get(id)))),
    ...differ("failing layer", report.failure?.layer ?? null, probe.failed?.layer ?? null),
    ...differ("numbers of the message that Keras's has not", strangeNumbers(report.failure?.message, probe.failed?.message), ""),
    ...(probe.output ? differ("output", String(report.outputs[0]?.shape), String(probe.output)) : []),
  ];
}

/** Numbers in our words that Keras does not name in its. */
function strangeNumbers(ours = "", keras = ""): string {
  const named = new Set(numbersIn(keras));
  return numbersIn(ours)
    .filter((number) => !named.has(number))
    .join();
}

const numbersIn = (text: string): string[] => text.match(/\d+/g) ?? [];

/** The rows that Keras's record has too: neither inputs, nor operations of Keras 3, nor what is inside nested models. */
function recordedRows({ network }: Model, rows: LayerReport[]): LayerReport[] {
  const recorded = new Set(
    network.layers
      .filter(({ className, module }) => className !== "InputLayer" && !module?.startsWith("keras.src.ops"))
      .map(({ id }) => id),
  );
  return rows.filter(({ id }) => recorded.has(id));
}

/** A line where two values differ, cut to what a reader can take in. */
export function differ<T>(what: string, ours: T, keras: T): string[] {
  return ours === keras ? [] : [`${what}: ${String(ours).slice(0, 300)} ours, ${String(keras).slice(0, 300)} Keras's`];
}
