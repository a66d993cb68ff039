import { type Broadcast, type Headline, INPUT_GATE, type LayerReport, layerTitles, type Report, ROUTINE_KINDS } from "../model";
import { findPoolings } from "./pooled";
import { axisName, changeAlong, counted, formatCount, listed, stretchedActivation, withoutBatch } from "./words";

/** Detectors have a dozen. */
const MOST_OUTPUTS = 4;

/** What happened, in one line: `Accepted: 1 → 3 channels at normalization · output 4×4×2048 · 28.5 M parameters`. */
export function headline(report: Report): Headline {
  const { failure } = report;
  if (failure?.layer === INPUT_GATE) return { tone: "failed", text: `Refused by the input check: ${failure.message}` };
  if (failure) return { tone: "failed", text: `Fails at ${layerTitles(report)(failure.layer)}: ${failure.message}` };
  const unknown = report.layers.filter(({ status }) => status === "unknown");
  const facts = [outputFact(report), ...pooledFact(report), `${formatCount(report.model.parameters)} parameters`, ...misfitFact(report)];
  if (unknown.length > 0) return { tone: "unknown", text: [unknownFact(report, unknown), ...facts].join(" · ") };
  const odd = report.broadcasts.filter(({ kind }) => !ROUTINE_KINDS.has(kind));
  const [first] = odd;
  const verb = report.probe.mode === "rebuild" ? "Rebuilt" : "Accepted";
  if (!first) return { tone: "passed", text: [verb, ...facts].join(" · ") };
  const more = odd.length > 1 ? ` and ${odd.length - 1} more` : "";
  return {
    tone: "broadcast",
    text: [`${verb}: ${stretchFact(first)} at ${layerTitles(report)(first.layer)}${more}`, ...facts].join(" · "),
  };
}

/** Mode rebuild: whether the pretrained weights fit. */
function misfitFact({ probe, misfits }: Report): string[] {
  if (probe.mode !== "rebuild") return [];
  return [misfits.length === 0 ? "all weights fit" : `${counted(misfits.length, "pretrained weight")} lost at ${lostAt(misfits)}`];
}

function lostAt(misfits: Report["misfits"]): string {
  const layers = [...new Set(misfits.map(({ layer }) => layer))];
  return layers.length > 2 ? `${layers.slice(0, 2).join(", ")} and ${layers.length - 2} more` : layers.join(", ");
}

/** Where the file tells what an unknown layer gives, the way goes on behind it. */
function unknownFact(report: Report, unknown: LayerReport[]): string {
  const first = unknown.find(({ message }) => message !== undefined) ?? unknown[0];
  const count = counted(unknown.length, first?.operation ? "operation" : "layer");
  const name = layerTitles(report)(first?.id ?? "");
  if (first?.needsNumbers && unknown.every(({ message, needsNumbers }) => message === undefined || needsNumbers))
    return `Accepted; from ${name} on ${count} depend${unknown.length === 1 ? "s" : ""} on numbers`;
  return report.outputs.length > 0
    ? `Accepted, past ${count} of a class that is not known (${name})`
    : `Unknown from ${name} on (${count})`;
}

function outputFact(report: Report): string {
  const { outputs } = report;
  const title = layerTitles(report);
  if (outputs.length === 0) return "output unknown";
  if (outputs.length === 1) return `output ${withoutBatch(outputs[0]?.shape ?? [])}`;
  return `outputs ${listed(
    outputs.map(({ layer, shape }) => `${title(layer)} ${withoutBatch(shape)}`),
    MOST_OUTPUTS,
  )}`;
}

/** Said where the output itself is what a pooling gives: one that takes it for features need not pool again. */
function pooledFact(report: Report): string[] {
  const poolings = findPoolings(report).filter(({ isOutput }) => isOutput);
  const title = layerTitles(report);
  return poolings.length > 0
    ? [
        `pooled inside, at ${listed(
          poolings.map(({ layer }) => title(layer)),
          2,
        )}`,
      ]
    : [];
}

function stretchFact(broadcast: Broadcast): string {
  const operand = stretchedActivation(broadcast);
  const axis = operand?.stretched.at(-1);
  if (!operand || axis === undefined) return broadcast.operation;
  const { from, to } = changeAlong(broadcast, operand, axis);
  return `${from} → ${to} ${axisName(axis, broadcast.output.length)}`;
}
