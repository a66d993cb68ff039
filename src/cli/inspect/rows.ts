import { t } from "@vscode/l10n";
import type { Broadcast, BroadcastOperand, LayerInput, LayerReport, Report, Shape } from "../../model";
import { formatShape, mainOutputs, operationWords, ROUTINE_KINDS, said } from "../../model";

export type Tone = "broadcast" | "departure" | "failed" | "unknown" | "quiet";
export interface Note {
  tone: Tone;
  text: string;
}

/** A layer as a line of a table: texts only. `depth`: how many models it lies inside. */
export interface Row {
  depth: number;
  name: string;
  className: string;
  status: LayerReport["status"];
  /** Output as Keras declares it, before any probe. */
  declared: string;
  output: string;
  parameters: number;
  /** What the layer took in milliseconds, and mean and standard deviation of its output; empty without numbers. */
  numbers: { time: string; mean: string; std: string };
  /** Names of the layers it is fed by. */
  sources: string[];
  notes: Note[];
}

/** Stands before the name of a layer that an edit put behind the model. */
const APPENDED = "+ ";

/** A report's layers as lines of a table, in running order. */
export function rowsOf(report: Report): Row[] {
  const batch = batchOf(report);
  const marks = groupedByLayer(report.broadcasts);
  const appended = new Set(report.appended);
  const around: string[] = [];
  const isGraph = report.layers.some(({ operation }) => operation);
  return report.layers.map((layer) => {
    while (around.length > 0 && !layer.id.startsWith(around.at(-1) ?? "")) around.pop();
    const prefix = around.at(-1) ?? "";
    const row: Row = {
      depth: around.length,
      name: (appended.has(layer.id) ? APPENDED : "") + layer.id.slice(prefix.length),
      className: operationWords(layer.className, layer.operation),
      status: layer.status,
      // Operations declare nothing, and what inputs declare stands above the table.
      declared: isGraph && (layer.operation || layer.className === "InputLayer") ? "" : declaredText(layer.declared, batch),
      output: layer.status === "unreached" ? "-" : shapesText(mainOutputs(layer), batch),
      parameters: layer.parameters,
      numbers: numbersText(layer),
      sources: layer.inputs.map((input) => sourceText(input, prefix)),
      notes: [
        ...callNotes(layer, batch),
        ...broadcastNotes(marks.get(layer.id) ?? [], batch),
        ...departureNotes(layer),
        ...nanNotes(layer),
        ...statusNotes(layer, report),
      ],
    };
    if (layer.nested) around.push(`${layer.id}/`);
    return row;
  });
}

function numbersText({ milliseconds, stats }: LayerReport): Row["numbers"] {
  const short = (value: number | undefined): string => (value === undefined ? "" : String(Number(value.toPrecision(4))));
  return { time: milliseconds?.toFixed(1) ?? "", mean: short(stats?.mean), std: short(stats?.std) };
}

/** Size of the first axis of the probe; every shape is written without it where it is 1. */
export function batchOf(report: Report): number {
  return Object.values(report.probe.inputs)[0]?.[0] ?? 1;
}

/** A tensor's shape for people: without a batch of 1; whole and in brackets where its first axis is not the batch. */
export function shapeText(shape: readonly number[], batch: number): string {
  if (shape.length === 0) return formatShape(shape);
  if (shape[0] !== batch) return `(${formatShape(shape)})`;
  return batch === 1 && shape.length > 1 ? formatShape(shape.slice(1)) : formatShape(shape);
}

function shapesText(shapes: number[][] | null, batch: number): string {
  return shapes === null ? "?" : shapes.map((shape) => shapeText(shape, batch)).join(", ");
}

function nanNotes({ stats }: LayerReport): Note[] {
  return stats && stats.nans > 0 ? [{ tone: "failed", text: t("{0} of its numbers are NaN or infinite", stats.nans) }] : [];
}

/** As actual shapes are written, so that the two columns can be compared: without the batch where a batch of 1 is left out. */
function declaredText(declared: Shape[] | null, batch: number): string {
  if (declared === null) return "?";
  return declared
    .map((shape) => (batch === 1 && shape[0] === null && shape.length > 1 ? formatShape(shape.slice(1)) : formatShape(shape)))
    .join(", ");
}

function departureNotes({ departs }: LayerReport): Note[] {
  return departs ? [{ tone: "departure", text: t("gives another shape than it declares") }] : [];
}

function sourceText(input: LayerInput, prefix: string): string {
  const name = input.layer.startsWith(prefix) ? input.layer.slice(prefix.length) : input.layer;
  return input.output > 0 ? `${name}[${input.output}]` : name;
}

function groupedByLayer(broadcasts: readonly Broadcast[]): Map<string, Broadcast[]> {
  const byLayer = new Map<string, Broadcast[]>();
  for (const broadcast of broadcasts) byLayer.set(broadcast.layer, [...(byLayer.get(broadcast.layer) ?? []), broadcast]);
  return byLayer;
}

function broadcastNotes(broadcasts: readonly Broadcast[], batch: number): Note[] {
  return broadcasts
    .filter(({ kind }) => !ROUTINE_KINDS.has(kind))
    .map((broadcast) => ({ tone: "broadcast", text: broadcastText(broadcast, batch) }));
}

/** `1 → 3 · Sub of 128×128×1 with mean 1×1×1×3 (0.485, 0.456, 0.406)`. */
export function broadcastText(broadcast: Broadcast, batch: number): string {
  const [first, ...others] = [...broadcast.operands].sort((a, b) => Number(isStretchedActivation(b)) - Number(isStretchedActivation(a)));
  if (!first) return broadcast.operation;
  const growth = broadcast.operands.filter(isStretchedActivation).flatMap((operand) => growths(operand, broadcast.output));
  const whole = shapeText(first.shape, batch);
  return `${growth.join(", ")} · ${t("{0} of {1} with {2}", broadcast.operation, whole, others.map(operandText).join(", "))}`;
}

const isStretchedActivation = (operand: BroadcastOperand) => operand.role === "activation" && operand.stretched.length > 0;

/** `1 → 3` for each axis along which the operand was repeated; `new → 3` where it did not have that axis. */
function growths(operand: BroadcastOperand, output: readonly number[]): string[] {
  const missing = output.length - operand.shape.length;
  return operand.stretched.map((axis) => `${axis < missing ? t("new") : operand.shape[axis - missing]} → ${output[axis]}`);
}

const UNNAMED: Record<BroadcastOperand["role"], () => string> = {
  activation: () => t("a tensor"),
  weight: () => t("a weight"),
  constant: () => t("a constant"),
};

function operandText(operand: BroadcastOperand): string {
  const name = operand.name ?? UNNAMED[operand.role]();
  const values = operand.values?.map((value) => String(Number(value.toPrecision(4)))).join(", ");
  return `${name} ${formatShape(operand.shape)}${values ? ` (${values})` : ""}`;
}

function callNotes(layer: LayerReport, batch: number): Note[] {
  return (layer.furtherCalls ?? []).map((call) => ({
    tone: "quiet",
    text: t("called again on {0}: {1}", call.inputs.map((input) => input.layer).join(", "), shapesText(call.output, batch)),
  }));
}

function statusNotes(layer: LayerReport, report: Report): Note[] {
  if (layer.status === "unknown" && layer.message) return [{ tone: "unknown", text: said(layer.message) }];
  if (layer.status !== "failed") return [];
  const failure = report.failure?.layer === layer.id ? report.failure : null;
  const cause = failure?.cause ? [{ tone: "failed" as const, text: t("look at {0}", failure.cause) }] : [];
  return [{ tone: "failed", text: said(layer.message ?? failure?.message ?? t("failed")) }, ...cause];
}
