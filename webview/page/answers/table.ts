import { t } from "@vscode/l10n";
import type { AnswerTable } from "../../../src/model";
import { element } from "../dom";
import { type AnswerPlace, layerLink, shownMark } from "./place";

type Row = AnswerTable["rows"][number];

/** A table of an answer: numbers at the right; the first cell leads to the row's layer, a button at the end shows the row's probe. */
export function answerTable(name: string, { head, numbers, rows }: AnswerTable, place: AnswerPlace): HTMLElement {
  const isNumber = (column: number) => (numbers.includes(column) ? "number" : null);
  const canShow = rows.some(({ probe }) => probe !== undefined);
  const header = element(
    "tr",
    {},
    ...head.map((text, column) => element("th", { scope: "col", class: isNumber(column) }, text)),
    canShow ? element("td") : null,
  );
  const line = (row: Row) =>
    element(
      "tr",
      {},
      ...row.cells.map((text, column) => element("td", { class: isNumber(column) }, column === 0 ? firstCell(row, text, place) : text)),
      canShow ? element("td", { class: "show" }, showCell(row, place)) : null,
    );
  const table = element("table", {}, element("thead", {}, header), element("tbody", {}, ...rows.map(line)));
  // Reached by Tab, as it may have to be scrolled sideways.
  return element("div", { class: "ls-table", role: "region", tabindex: 0, "aria-label": name }, table);
}

function firstCell({ layer }: Row, text: string, { nameOf, onFollow }: AnswerPlace): HTMLElement | string {
  if (layer === undefined || nameOf(layer) === null) return text;
  return layerLink(layer, { nameOf: () => text, onFollow }) ?? text;
}

function showCell({ probe, cells }: Row, { onShow, isShown }: AnswerPlace): HTMLElement | null {
  if (probe === undefined) return null;
  if (isShown(probe)) return shownMark();
  const link = element("button", { class: "ls-link", type: "button", "aria-label": `${t("Show")}: ${cells[0] ?? ""}` }, t("Show"));
  link.addEventListener("click", () => onShow(probe));
  return link;
}
