import { t } from "@vscode/l10n";
import { formatShape, INPUT_GATE, type Report, ROUTINE_KINDS, said } from "../../model";
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
  const lines = answerLines(question, asked);
  if (gray) lines.push(t("Grayscale ({0}): {1}", coded(sizeOf(gray)), grayOutcome(gray)));
  return [...lines, ...question.reservations.map((line) => `*${line}*`)].join("\n\n");
}

function answerLines(question: CallQuestion, asked: Report): string[] {
  return [
    title(question, asked.model.name.replace(/\?.*/, ""), asked.model.producer),
    refusal(question, asked) ?? outcome(question, asked),
    `${t("{0} parameters", parametersOf(question, asked).toLocaleString("en"))} · ${t("{0} layers", asked.model.layers)}`,
  ];
}

function title(question: CallQuestion, name: string, producer: string | null = null): string {
  return [`**${escaped(name)}**`, question.includeTop ? t("with top") : t("without top"), producer && escaped(producer)]
    .filter(Boolean)
    .join(" · ");
}

function sizeOf(report: Report): string {
  const [input] = Object.values(report.probe.inputs);
  return input ? formatShape(input.slice(1)) : "?";
}

/** What the constructor has against such a call. */
function refusal(question: CallQuestion, report: Report): string | null {
  const gate = report.gates.find((one) => one.gate === "constructor" && !one.open);
  if (gate) return t("**Keras refuses this call**: {0}", escaped(said(gate.message ?? t("its arguments do not go together"))));
  const channels = question.inputShape?.at(-1);
  if (question.weights !== "imagenet" || channels === undefined || channels === 3) return null;
  return t(
    "**Keras refuses this call**: ImageNet's weights are for 3 channels, not {0}. Declared with 3 and fed {1}: {2}",
    channels,
    coded(sizeOf(report)),
    grayOutcome(report),
  );
}

function outcome(question: CallQuestion, report: Report): string {
  const given = question.inputShape ? coded(sizeOf(report)) : t("{0} (the default size)", coded(sizeOf(report)));
  if (report.failure) return `${given} **${placeOf(report.failure)}**: ${escaped(said(report.failure.message))}`;
  const outputs = report.outputs.map((output) => withClasses(question, output.shape));
  const note = outputs.some((shape) => shape.length === 4) ? ` · ${t("4-D with the batch: pool or flatten it before a Dense")}` : "";
  return `${given} → ${outputs.map((shape) => `**${coded(formatShape(shape.slice(1)))}**`).join(", ")}${note}`;
}

function placeOf({ layer }: { layer: string }): string {
  return layer === INPUT_GATE ? t("is refused at the input") : t("fails at {0}", escaped(layer));
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

function grayOutcome(report: Report): string {
  if (report.failure) return placeOf(report.failure);
  const broadcast = report.broadcasts.find((one) => !ROUTINE_KINDS.has(one.kind));
  if (!broadcast) return t("accepted");
  const before = broadcast.operands.find((operand) => operand.role === "activation")?.shape.at(-1);
  return t("accepted in silence: {0} → {1} channels at {2}", before ?? 1, broadcast.output.at(-1) ?? 1, coded(broadcast.layer));
}
