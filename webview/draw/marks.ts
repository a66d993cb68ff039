import { t } from "@vscode/l10n";
import { type Broadcast, type BroadcastOperand, formatShape, INPUT_GATE, type Report, ROUTINE_KINDS, said } from "../../src/model";
import type { OperandNote } from "../graph/sizes";
import { layersOf } from "../graph/summary";
import type { Box } from "../graph/visible";
import { operandName, roleWord } from "./operations";

/** What makes a box amber or red. */
export interface Mark {
  tone: "broadcast" | "failed";
  /** In the badge: `1 → 3`. */
  text: string;
  /** For people who do not see the badge. */
  spoken: string;
}

/** Marks by layer id, the one to look at first in front: inputs that the gate refused, broadcasts that matter, failures, where NaN begins. */
export function findMarks(report: Report): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  if (report.failure?.layer === INPUT_GATE) {
    const inputs = report.layers.filter((row) => row.className === "InputLayer" && !row.id.includes("/"));
    for (const row of inputs)
      marks.set(row.id, { tone: "failed", text: t("refused"), spoken: t("refused: {0}", said(report.failure.message)) });
  }
  for (const one of report.broadcasts) {
    if (ROUTINE_KINDS.has(one.kind) || marks.has(one.layer)) continue;
    const text = changeOf(one);
    marks.set(one.layer, { tone: "broadcast", text, spoken: t("broadcast {0}", text.replace("→", t("to"))) });
  }
  const firstNan = report.layers.find(({ stats }) => (stats?.nans ?? 0) > 0);
  if (firstNan) marks.set(firstNan.id, { tone: "failed", text: "NaN", spoken: t("the first to give NaN or infinity") });
  for (const row of report.layers) {
    if (row.status === "failed")
      marks.set(row.id, { tone: "failed", text: t("fails"), spoken: t("fails: {0}", said(row.message ?? t("no message"))) });
  }
  return marks;
}

/** The mark that a box carries itself or, for a group, because of a layer inside: a failure before a broadcast. */
export function markOf(box: Box, marks: ReadonlyMap<string, Mark>): Mark | undefined {
  if (box.kind === "layer") return marks.get(box.id);
  const inside = layersOf(box.group).flatMap((id) => marks.get(id) ?? []);
  return inside.find((mark) => mark.tone === "failed") ?? inside[0];
}

/** The sizes that were stretched and what they became: `1 → 3`. */
export function changeOf(broadcast: Broadcast): string {
  const stretched = stretchedOperand(broadcast);
  if (stretched === undefined) return "×";
  const missing = broadcast.output.length - stretched.shape.length;
  const before = stretched.stretched.map((axis) => stretched.shape[axis - missing] ?? 1);
  const after = stretched.stretched.map((axis) => broadcast.output[axis] ?? 1);
  return `${before.join("×")} → ${after.join("×")}`;
}

/** The activation that was repeated; where there is none, the first operand that was. */
export function stretchedOperand({ operands }: Broadcast): BroadcastOperand | undefined {
  const repeated = operands.filter((operand) => operand.stretched.length > 0);
  return repeated.find((operand) => operand.role === "activation") ?? repeated[0];
}

/** What stands beside a layer: the operand that did the stretching, with its shape and role. */
export function operandNotes(report: Report): Map<string, OperandNote> {
  const notes = new Map<string, OperandNote>();
  for (const one of report.broadcasts) {
    if (ROUTINE_KINDS.has(one.kind) || notes.has(one.layer)) continue;
    const stretched = stretchedOperand(one);
    const cause = one.operands.find((operand) => operand !== stretched && (operand.role !== "activation" || one.operands.length === 2));
    if (!cause) continue;
    const shape = formatShape(cause.shape);
    notes.set(
      one.layer,
      cause.name === null
        ? { name: cause.role === "activation" ? t("other tensor") : roleWord(cause.role), detail: shape }
        : { name: operandName(cause.name, one.operation), detail: `${shape} · ${roleWord(cause.role)}` },
    );
  }
  return notes;
}
