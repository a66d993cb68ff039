import { t } from "@vscode/l10n";
import { type Broadcast, type Headline, INPUT_GATE, type LayerReport, layerTitles, type Report, ROUTINE_KINDS, said } from "../../model";
import { axisName, changeAlong, counted, formatCount, listed, stretchedActivation, withoutBatch } from "../words";
import { findPoolings } from "./pooled";

/** Detectors have a dozen. */
const MOST_OUTPUTS = 4;

/** What happened, in one line: `Accepted: 1 → 3 channels at normalization · output 4×4×2048 · 28.5 M parameters`. */
export function headline(report: Report): Headline {
  const { failure } = report;
  if (failure?.layer === INPUT_GATE) return { tone: "failed", text: t("Refused by the input check: {0}", said(failure.message)) };
  if (failure) return { tone: "failed", text: t("Fails at {0}: {1}", layerTitles(report)(failure.layer), said(failure.message)) };
  const unknown = report.layers.filter(({ status }) => status === "unknown");
  const facts = [
    outputFact(report),
    ...pooledFact(report),
    t("{0} parameters", formatCount(report.model.parameters)),
    ...misfitFact(report),
  ];
  if (unknown.length > 0) return { tone: "unknown", text: [unknownFact(report, unknown), ...facts].join(" · ") };
  const odd = report.broadcasts.filter(({ kind }) => !ROUTINE_KINDS.has(kind));
  const [first] = odd;
  const isRebuilt = report.probe.mode === "rebuild";
  if (!first) return { tone: "passed", text: [isRebuilt ? t("Rebuilt") : t("Accepted"), ...facts].join(" · ") };
  const places = andMore(t("{0} at {1}", stretchFact(first), layerTitles(report)(first.layer)), odd.length - 1);
  return { tone: "broadcast", text: [isRebuilt ? t("Rebuilt: {0}", places) : t("Accepted: {0}", places), ...facts].join(" · ") };
}

const andMore = (named: string, more: number): string => (more > 0 ? t("{0} and {1} more", named, more) : named);

/** Mode rebuild: whether the pretrained weights fit. */
function misfitFact({ probe, misfits }: Report): string[] {
  if (probe.mode !== "rebuild") return [];
  if (misfits.length === 0) return [t("all weights fit")];
  return [t("{0} lost at {1}", counted(misfits.length, "pretrained weight"), lostAt(misfits))];
}

function lostAt(misfits: Report["misfits"]): string {
  const layers = [...new Set(misfits.map(({ layer }) => layer))];
  return andMore(layers.slice(0, 2).join(", "), layers.length - 2);
}

/** Where the file tells what an unknown layer gives, the way goes on behind it. */
function unknownFact(report: Report, unknown: LayerReport[]): string {
  const first = unknown.find(({ message }) => message !== undefined) ?? unknown[0];
  const count = counted(unknown.length, first?.operation ? "operation" : "layer");
  const name = layerTitles(report)(first?.id ?? "");
  if (first?.needsNumbers && unknown.every(({ message, needsNumbers }) => message === undefined || needsNumbers))
    return unknown.length === 1
      ? t("Accepted; from {0} on {1} depends on numbers", name, count)
      : t("Accepted; from {0} on {1} depend on numbers", name, count);
  return report.outputs.length > 0
    ? t("Accepted, past {0} of a class that is not known ({1})", count, name)
    : t("Unknown from {0} on ({1})", name, count);
}

function outputFact(report: Report): string {
  const { outputs } = report;
  const title = layerTitles(report);
  if (outputs.length === 0) return t("output unknown");
  if (outputs.length === 1) return t("output {0}", withoutBatch(outputs[0]?.shape ?? []));
  const named = outputs.map(({ layer, shape }) => `${title(layer)} ${withoutBatch(shape)}`);
  return t("outputs {0}", listed(named, MOST_OUTPUTS));
}

/** Said where the output itself is what a pooling gives: one that takes it for features need not pool again. */
function pooledFact(report: Report): string[] {
  const poolings = findPoolings(report).filter(({ isOutput }) => isOutput);
  const title = layerTitles(report);
  const places = poolings.map(({ layer }) => title(layer));
  return places.length > 0 ? [t("pooled inside, at {0}", listed(places, 2))] : [];
}

function stretchFact(broadcast: Broadcast): string {
  const operand = stretchedActivation(broadcast);
  const axis = operand?.stretched.at(-1);
  if (!operand || axis === undefined) return broadcast.operation;
  const { from, to } = changeAlong(broadcast, operand, axis);
  return `${from} → ${to} ${axisName(axis, broadcast.output.length)}`;
}
