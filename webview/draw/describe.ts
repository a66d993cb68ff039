import { t } from "@vscode/l10n";
import { operationWords } from "../../src/model";
import type { Box } from "../graph/visible";
import { markOf } from "./marks";
import type { Subject } from "./scene";
import { counted, formatCount } from "./text";

/** Blocks, layers and parameters of a group in one line. */
export function groupFacts(box: Exclude<Box, { kind: "layer" }>): string {
  const { blocks, layers, what, isOfOperations, parameters, calls } = box.summary;
  const inner = isOfOperations ? "group" : "block";
  const facts = [
    calls > 1 ? t("used {0} times", calls) : null,
    what,
    blocks > 1 && what === null ? counted(blocks, inner) : null,
    what === null || box.group.className ? counted(layers, isOfOperations ? "operation" : "layer") : null,
    parameters > 0 ? formatCount(parameters) : null,
  ];
  return facts.filter((fact) => fact !== null).join(" · ");
}

/** A box in words, for screen readers. It begins with the words that stand in the box, as those who speak to their machine say what they see. */
export function spokenBox(box: Box, subject: Subject, visible: string): string {
  const status = box.kind === "layer" ? box.row.status : box.summary.status;
  const parts = [
    visible,
    box.kind === "layer" ? operationWords(box.row.className, box.row.operation) : t("group"),
    status === "unreached" ? t("not reached") : status === "unknown" ? t("shape unknown") : null,
    subject.appended.has(box.id) ? t("appended") : null,
    markOf(box, subject.marks)?.spoken ?? null,
  ];
  return parts.filter((part) => part !== null).join(", ");
}
