import { type Broadcast, formatShape, INPUT_GATE, type LayerReport, type Report, ROUTINE_KINDS } from "../../src/model";
import { operandName, signOf, wordOf } from "../draw/operations";
import type { Fact } from "./fact";
import { operationFacts } from "./operation-facts";

const HINTS = {
  declared: "What the model declares for this layer, whatever the probe is. ? stands for any size.",
  input: "What this probe brought to the layer. The first number is the batch.",
  output: "What the layer made of it.",
  calls: "The same layer, with the same weights, is used in several places.",
  broadcast: "An operation inside the layer whose operands have different shapes.",
};

const DEPARTURE: Fact = {
  label: "they part",
  value: "Keras declares another shape than the layer gives; the weights of later layers are built for the declared one.",
  tone: "broadcast",
  isLong: true,
};

const shapes = (list: readonly (readonly (number | null)[] | null)[] | null) =>
  list === null || list.length === 0 ? "unknown" : list.map((shape) => (shape ? formatShape(shape) : "unknown")).join(", ");

/** What is known of a layer, in the order one asks: what came in, what goes out, what was declared, weights, broadcasts, message. */
export function layerFacts(row: LayerReport, report: Report): Fact[] {
  const broadcasts = report.broadcasts.filter((one) => one.layer === row.id);
  return [
    ...(row.inputs.length > 0 ? [{ label: "input", value: shapes(row.inputs.map((input) => input.shape)), hint: HINTS.input }] : []),
    { label: "output", value: outputOf(row), hint: HINTS.output },
    ...(row.operation ? [] : [{ label: "declared output", value: shapes(row.declared), hint: HINTS.declared }]),
    ...(row.departs ? [DEPARTURE] : []),
    ...callFacts(row),
    ...operationFacts(row),
    { label: "parameters", value: parametersOf(row), hint: "How many numbers the layer has learned, and in which weights." },
    ...broadcasts.map(broadcastFact),
    ...messageFacts(row, report),
  ];
}

function outputOf({ status, output }: LayerReport): string {
  if (status === "unreached") return "not reached";
  return status === "failed" && output === null ? "none" : shapes(output);
}

/** The further calls of a shared layer, or of a shared nested model. */
export function callFacts({ furtherCalls }: Pick<LayerReport, "furtherCalls">): Fact[] {
  if (furtherCalls === undefined || furtherCalls.length === 0) return [];
  const later = furtherCalls.map(({ inputs, status, output }, at) => ({
    label: `call ${at + 2}`,
    value: `${shapes(inputs.map((input) => input.shape))} → ${status === "ok" || output ? shapes(output) : status === "unreached" ? "not reached" : status}`,
    ...(status === "failed" ? { tone: "failed" as const } : {}),
  }));
  return [{ label: "shared", value: `used ${furtherCalls.length + 1} times; above is the first`, hint: HINTS.calls }, ...later];
}

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
  const refused: Fact[] = isRefused ? [{ label: "refused", value: failure.message, tone: "failed", isLong: true }] : [];
  const whyUnknown = status === "unknown" && message === undefined ? [unknownFact(row)] : [];
  if (message === undefined) return [...refused, ...whyUnknown];
  const fails = status === "failed";
  return [...refused, { label: fails ? "fails" : "note", value: message, isLong: true, ...(fails ? { tone: "failed" as const } : {}) }];
}

function unknownFact({ className, inputs, output }: LayerReport): Fact {
  const value = inputs.some(({ shape }) => shape === null)
    ? "What arrives here is not known, so what leaves is not either."
    : output === null
      ? `Layerscope does not know what ${className} computes, and the file does not tell its output.`
      : `Layerscope does not know what ${className} computes; this output is the one it is declared with.`;
  return { label: "unknown", value, isLong: true };
}

const isRoutine = ({ kind }: Broadcast) => ROUTINE_KINDS.has(kind);

function parametersOf(row: LayerReport): string {
  if (row.parameters === 0 && row.weights.length === 0) return "none";
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
    ? `${first} with ${others.join(", ")} → ${formatShape(output)}`
    : `${first} ${sign} ${others[0]} = ${formatShape(output)}`;
}

function nameOf(name: string | null, role: string, operation: string): string {
  if (name !== null) return operandName(name, operation);
  return role === "activation" ? "tensor" : role;
}

/** At most four significant digits. */
export const shortNumber = (value: number) => String(Number(value.toPrecision(4)));
