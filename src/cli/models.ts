import { t } from "@vscode/l10n";
import { listZoo } from "../formats";
import { columnsOf, padEnd, padStart } from "../model";
import type { Call } from "./commands";
import { EXIT, type ExitStatus } from "./exit";
import type { Terminal } from "./terminal";
import { grouped } from "./text";

const HEADS = [t("Model"), "Keras", t("Size"), t("From"), t("Parameters"), t("Grayscale")] as const;
/** Columns of numbers stand at the right. */
const RIGHT: ReadonlySet<number> = new Set([2, 3, 4]);

/** Lists the zoo. */
export async function models(call: Call, terminal: Terminal): Promise<ExitStatus> {
  const zoo = listZoo();
  if (call.values["json"]) {
    for (const entry of zoo) terminal.printJson(entry);
    return EXIT.passed;
  }
  const size = (pixels: [number, number] | null) => pixels?.join("×") ?? "-";
  const cells = zoo.map((entry) => [
    entry.name,
    entry.generations.join(", "),
    size(entry.defaultSize),
    size(entry.documentedMinimum),
    grouped(entry.parameters),
    entry.takesGrayscale ? t("taken") : t("fails"),
  ]);
  const widths = HEADS.map((head, column) => Math.max(columnsOf(head), ...cells.map((row) => columnsOf(row[column] ?? ""))));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (RIGHT.has(column) ? padStart(cell, widths[column] ?? 0) : padEnd(cell, widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  terminal.print([
    terminal.paper.palette.title(line(HEADS)),
    ...cells.map(line),
    "",
    t(
      "{0} models. Size: what the constructor assumes; from: the documented minimum; parameters: without top; grayscale: one channel fed to the ImageNet topology.",
      zoo.length,
    ),
  ]);
  return EXIT.passed;
}
