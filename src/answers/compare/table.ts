import { t } from "@vscode/l10n";
import { type AnswerTable, type LayerReport, layerTitles, mainOutputs, type Report } from "../../model";
import { withoutBatch } from "../words";
import type { Comparison } from "./reports";

/** Layers of two reports side by side. `rows`: those of the comparison that are shown. */
export function compareTable(a: Report, b: Report, rows: Comparison["layers"]): AnswerTable {
  const sides = [sideOf(a), sideOf(b)] as const;
  return {
    head: [t("Layer"), headOf(a, b), headOf(b, a)],
    numbers: [1, 2],
    rows: rows.map(({ id, b_id: idInB = id }) => {
      const [left, right] = [sides[0].rows.get(id), sides[1].rows.get(idInB)];
      const names = [...(left ? [sides[0].title(id)] : []), ...(right ? [sides[1].title(idInB)] : [])];
      const name = names[1] === undefined || names[0] === names[1] ? names[0] : `${names[0]} (${names[1]})`;
      return { cells: [name ?? id, shapesOf(left), shapesOf(right)], ...(left ? { layer: id } : {}) };
    }),
  };
}

const sideOf = (report: Report) => ({ rows: new Map(report.layers.map((row) => [row.id, row])), title: layerTitles(report) });

const shapesOf = (row: LayerReport | undefined): string => (row && mainOutputs(row)?.map(withoutBatch).join(", ")) ?? "-";

/** What stands over a column: the model's name, or the tensor where the models are one. */
function headOf(report: Report, other: Report): string {
  if (report.model.name !== other.model.name) return report.model.name;
  return Object.values(report.probe.inputs).map(withoutBatch).join(", ");
}
