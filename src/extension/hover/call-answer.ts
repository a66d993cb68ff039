import { formatShape, type Report, ROUTINE_KINDS } from "../../model";
import type { CallQuestion } from "./call-question";
import { coded, escaped } from "./markdown";

/** The two probes that answer a call: the tensor that it declares, and the same in one channel. */
export interface CallReports {
  asked: Report;
  /** Null where the asked tensor has one channel itself. */
  gray: Report | null;
}

const IMAGENET_CLASSES = 1000;

/** What comes out of a call, how many parameters it has, and whether it takes grayscale, in Markdown. */
export function callAnswer(question: CallQuestion, reports: CallReports): string {
  const { asked, gray } = reports;
  const [input] = Object.values(asked.probe.inputs);
  const size = input ? formatShape(input.slice(1)) : "?";
  const head = [escaped(asked.model.name), question.includeTop ? "with top" : "without top", escaped(asked.model.producer ?? "")];
  const lines = [
    `**${head[0]}** · ${head.slice(1).filter(Boolean).join(" · ")}`,
    refusal(asked) ?? outcome(question, asked, size),
    `${parametersOf(question, asked).toLocaleString("en")} parameters · ${asked.model.layers} layers`,
    gray ? `Grayscale (${coded(grayShape(gray))}): ${grayOutcome(gray)}` : "",
    ...question.reservations.map((line) => `*${line}*`),
  ];
  return lines.filter(Boolean).join("\n\n");
}

/** The constructor's own words, where it refuses such a call. */
function refusal(report: Report): string | null {
  const gate = report.gates.find((one) => one.gate === "constructor" && !one.open);
  return gate ? `**Keras refuses this call**: ${escaped(gate.message ?? "its arguments do not go together")}` : null;
}

function outcome(question: CallQuestion, report: Report, size: string): string {
  const given = question.inputShape ? coded(size) : `${coded(size)} (the default size)`;
  if (report.failure) return `${given} **fails at ${escaped(report.failure.layer)}**: ${escaped(report.failure.message)}`;
  const outputs = report.outputs.map((output) => withClasses(question, output.shape));
  const isMap = outputs.some((shape) => shape.length === 4);
  const note = isMap ? " · 4-D with the batch: pool or flatten it before a Dense" : "";
  return `${given} → ${outputs.map((shape) => `**${coded(formatShape(shape.slice(1)))}**`).join(", ")}${note}`;
}

function withClasses({ classes }: CallQuestion, shape: number[]): number[] {
  return classes !== null && shape.at(-1) === IMAGENET_CLASSES ? [...shape.slice(0, -1), classes] : shape;
}

/** The layer that names the classes has weights in proportion to their number. */
function parametersOf({ classes }: CallQuestion, report: Report): number {
  const head = report.layers.findLast((layer) => layer.weights.length > 0);
  const isHead = head?.weights.every((weight) => weight.shape.at(-1) === IMAGENET_CLASSES);
  if (classes === null || !head || !isHead) return report.model.parameters;
  return report.model.parameters - head.parameters + (head.parameters / IMAGENET_CLASSES) * classes;
}

function grayShape(report: Report): string {
  const [input] = Object.values(report.probe.inputs);
  return input ? formatShape(input.slice(1)) : "?";
}

function grayOutcome(report: Report): string {
  if (report.failure) return `fails at ${coded(report.failure.layer)}`;
  const broadcast = report.broadcasts.find((one) => !ROUTINE_KINDS.has(one.kind));
  if (!broadcast) return "accepted";
  const before = broadcast.operands.find((operand) => operand.role === "activation")?.shape.at(-1);
  return `accepted in silence: ${before} → ${broadcast.output.at(-1)} channels at ${coded(broadcast.layer)}`;
}
