import { t } from "@vscode/l10n";
import {
  type Broadcast,
  formatShape,
  INPUT_GATE,
  type LayerReport,
  type OperandRole,
  type Report,
  ROUTINE_KINDS,
  said,
} from "../../src/model";
import { operandName, roleWord, signOf, wordOf } from "../draw/operations";
import type { Fact } from "./fact";
import { operationFacts } from "./operation-facts";

const HINTS = {
  declared: t("What the model declares for this layer, whatever the probe is. ? stands for any size."),
  input: t("What this probe brought to the layer. The first number is the batch."),
  output: t("What the layer made of it."),
  calls: t("The same layer, with the same weights, is used in several places."),
  broadcast: t("An operation inside the layer whose operands have different shapes."),
};

const DEPARTURE: Fact = {
  label: t("they part"),
  value: t("Keras declares another shape than the layer gives; the weights of later layers are built for the declared one."),
  tone: "broadcast",
  isLong: true,
};

const shapes = (list: readonly (readonly (number | null)[] | null)[] | null) =>
  list === null || list.length === 0 ? t("unknown") : list.map((shape) => (shape ? formatShape(shape) : t("unknown"))).join(", ");

/** What is known of a layer, in the order one asks: what came in, what goes out, what was declared, weights, broadcasts, message. */
export function layerFacts(row: LayerReport, report: Report): Fact[] {
  const broadcasts = report.broadcasts.filter((one) => one.layer === row.id);
  return [
    ...(row.inputs.length > 0 ? [{ label: t("input"), value: shapes(row.inputs.map((input) => input.shape)), hint: HINTS.input }] : []),
    { label: t("output"), value: outputOf(row), hint: HINTS.output },
    ...(row.operation ? [] : [{ label: t("declared output"), value: shapes(row.declared), hint: HINTS.declared }]),
    ...(row.departs ? [DEPARTURE] : []),
    ...callFacts(row),
    ...operationFacts(row),
    { label: t("parameters"), value: parametersOf(row), hint: t("How many numbers the layer has learned, and in which weights.") },
    ...broadcasts.map(broadcastFact),
    ...messageFacts(row, report),
  ];
}

function outputOf({ status, output }: LayerReport): string {
  if (status === "unreached") return t("not reached");
  return status === "failed" && output === null ? t("none") : shapes(output);
}

/** The further calls of a shared layer, or of a shared nested model. */
export function callFacts({ furtherCalls }: Pick<LayerReport, "furtherCalls">): Fact[] {
  if (furtherCalls === undefined || furtherCalls.length === 0) return [];
  const later = furtherCalls.map(({ inputs, status, output }, at) => ({
    label: t("call {0}", at + 2),
    value: `${shapes(inputs.map((input) => input.shape))} → ${status === "ok" || output ? shapes(output) : STATUS_WORDS[status]}`,
    ...(status === "failed" ? { tone: "failed" as const } : {}),
  }));
  return [{ label: t("shared"), value: t("used {0} times; above is the first", furtherCalls.length + 1), hint: HINTS.calls }, ...later];
}

const STATUS_WORDS: Record<LayerReport["status"], string> = {
  ok: t("ok"),
  failed: t("failed"),
  unknown: t("unknown"),
  unreached: t("not reached"),
};

function broadcastFact(one: Broadcast): Fact {
  return {
    label: wordOf(one.operation),
    value: broadcastText(one),
    hint: HINTS.broadcast,
    isLong: true,
    ...(isRoutine(one) ? {} : { tone: "broadcast" as const }),
  };
}

function messageFacts(row: LayerReport, { failure }: Report): Fact[] {
  const { id, className, status, message } = row;
  const isRefused = failure?.layer === INPUT_GATE && className === "InputLayer" && !id.includes("/");
  const refused: Fact[] = isRefused ? [{ label: t("refused"), value: said(failure.message), tone: "failed", isLong: true }] : [];
  const whyUnknown = status === "unknown" && message === undefined ? [unknownFact(row)] : [];
  if (message === undefined) return [...refused, ...whyUnknown];
  const fails = status === "failed";
  return [
    ...refused,
    { label: fails ? t("fails") : t("note"), value: said(message), isLong: true, ...(fails ? { tone: "failed" as const } : {}) },
  ];
}

function unknownFact({ className, inputs, output }: LayerReport): Fact {
  const value = inputs.some(({ shape }) => shape === null)
    ? t("What arrives here is not known, so what leaves is not either.")
    : output === null
      ? t("Layerscope does not know what {0} computes, and the file does not tell its output.", className)
      : t("Layerscope does not know what {0} computes; this output is the one it is declared with.", className);
  return { label: t("unknown"), value, isLong: true };
}

const isRoutine = ({ kind }: Broadcast) => ROUTINE_KINDS.has(kind);

function parametersOf(row: LayerReport): string {
  if (row.parameters === 0 && row.weights.length === 0) return t("none");
  const count = row.parameters.toLocaleString("en-US");
  const weights = row.weights.map((weight) => `${weight.name} ${formatShape(weight.shape)}`).join(", ");
  return weights === "" ? count : `${count} (${weights})`;
}

/** `tensor 1×128×128×1 − mean 1×1×1×3 (0.485, 0.456, 0.406) = 1×128×128×3`; without a sign `tensor … with gamma 12, beta 12 → …`. */
export function broadcastText({ operation, operands, output }: Broadcast): string {
  const [first, ...others] = operands.map(({ shape, name, role, values }) => {
    const known = values && values.length > 0 ? ` (${values.map(shortNumber).join(", ")})` : "";
    return `${nameOf(name, role, operation)} ${formatShape(shape)}${known}`;
  });
  const sign = signOf(operation);
  return sign === undefined || others.length !== 1
    ? t("{0} with {1} → {2}", first ?? "", others.join(", "), formatShape(output))
    : `${first} ${sign} ${others[0]} = ${formatShape(output)}`;
}

function nameOf(name: string | null, role: OperandRole, operation: string): string {
  if (name !== null) return operandName(name, operation);
  return role === "activation" ? t("tensor") : roleWord(role);
}

/** At most four significant digits. */
export const shortNumber = (value: number) => String(Number(value.toPrecision(4)));
