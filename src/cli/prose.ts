import { t } from "@vscode/l10n";
import { type Answer, type AnswerTable, columnsOf, padEnd, padStart, type Way } from "../model";
import type { Paper } from "./style";
import { printable, wrap } from "./text";

/** Longest line of running text that is still easy to read. */
export const MEASURE = 96;

/** How many ways of an answer are told with their code where nobody asked for it. */
export const CODES_TOLD = 1;

/** A paragraph, wrapped. */
export function prose(text: string, paper: Paper): string[] {
  return wrap(printable(text), Math.min(MEASURE, paper.width ?? MEASURE));
}

/** An answer: its title, its paragraphs, its table and what can be done; the code of the first `codes` ways only. */
export function answerLines({ title, text, table, ways = [] }: Answer, paper: Paper, codes = ways.length): string[] {
  const { palette } = paper;
  const [head = "", ...rows] = table ? tableLines(table) : [];
  return [
    ...prose(title, paper).map(palette.title),
    ...text.flatMap((paragraph) => prose(paragraph, paper)),
    ...(table ? [palette.quiet(head), ...rows] : []),
    ...ways.flatMap((way, index) => wayLines(index < codes ? way : { ...way, code: null }, paper)),
  ];
}

function wayLines({ title, text, code }: Way, paper: Paper): string[] {
  const lines = code?.split("\n").map((line) => `  ${paper.palette.code(printable(line))}`.trimEnd()) ?? [];
  return [...prose(`→ ${text ? t("{0}: {1}", title, text) : title}`, paper), ...lines];
}

/** A table in columns, its head first. */
export function tableLines({ head, numbers, rows }: AnswerTable): string[] {
  return columns([head, ...rows.map(({ cells }) => cells)], new Set(numbers)).map(printable);
}

/** Cells in columns, those of numbers (by their place) at the right; the first row is the head. */
export function columns(rows: readonly (readonly string[])[], numbers: ReadonlySet<number>): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => columnsOf(row[column] ?? ""))));
  const cell = (text: string, column: number) =>
    numbers.has(column) ? padStart(text, widths[column] ?? 0) : padEnd(text, widths[column] ?? 0);
  return rows.map((row) => row.map(cell).join("  ").trimEnd());
}
