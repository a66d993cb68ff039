import { t } from "@vscode/l10n";
import { columnsOf, type LayerReport, padEnd, padStart } from "../../model";
import type { Palette, Paper, Style } from "../style";
import { clip, grouped, printable, wrap } from "../text";
import type { Row, Tone } from "./rows";

const GAP = "  ";
const HEADS = {
  name: t("Layer (class)"),
  declared: t("Declared"),
  output: t("Output"),
  parameters: t("Param #"),
  time: "ms",
  mean: t("Mean"),
  std: t("Std"),
  sources: t("Connected to"),
};
type Column = keyof typeof HEADS;
/** Characters a column; 0: no room for it. */
type Columns = Record<Column, number>;
const ORDER = Object.keys(HEADS) as Column[];

/** Columns that there are only where they say something: after a run on numbers, and of layers that declare their outputs. */
const MAY_BE_EMPTY: readonly Column[] = ["declared", "time", "mean", "std"];

/** Widest that a column of names and of origins gets where the terminal has room for more, and narrowest that still tells something. */
const WIDEST = { name: 56, sources: 44 };
const NARROWEST = { name: 24, sources: 14 };

/**
 * The layers as a table like Keras's summary: name and class, declared and actual output, parameters, origin; what happened to a layer
 * stands below its line.
 */
export function tableLines(rows: readonly Row[], paper: Paper): string[] {
  const columns = fit(rows, paper.width);
  const { palette } = paper;
  const rule = palette.quiet("─".repeat(Math.min(paper.width ?? Number.POSITIVE_INFINITY, total(columns))));
  const body = rows.flatMap((row) => [rowLine(row, columns, palette), ...noteLines(row, paper)]);
  return [palette.title(cells(HEADS, columns).trimEnd()), rule, ...body, rule];
}

/** The terminal's room, given away in this order: actual shapes and parameters always, then names, declared shapes, origins. */
function fit(rows: readonly Row[], width: number | null): Columns {
  const texts = rows.map(cellTexts);
  const longest = (column: Column): number => texts.reduce((most, text) => Math.max(most, text[column].length), 0);
  const isWanted = (column: Column): boolean => longest(column) > 0 || !MAY_BE_EMPTY.includes(column);
  const wanted = Object.fromEntries(
    ORDER.map((column) => [column, isWanted(column) ? Math.max(longest(column), columnsOf(HEADS[column])) : 0]),
  ) as Columns;
  if (width === null) return wanted;
  const roomy = { ...wanted, name: Math.min(wanted.name, WIDEST.name), sources: Math.min(wanted.sources, WIDEST.sources) };
  const sources = Math.min(roomy.sources, width - total({ ...roomy, sources: 0 }) - GAP.length);
  if (sources >= Math.min(NARROWEST.sources, roomy.sources)) return { ...roomy, sources };
  const beside = (columns: Columns) => Math.min(roomy.name, width - total({ ...columns, name: 0, sources: 0 }) - GAP.length);
  const name = beside(roomy);
  if (name >= Math.min(NARROWEST.name, roomy.name)) return { ...roomy, name, sources: 0 };
  return { ...roomy, name: Math.max(12, beside({ ...roomy, declared: 0 })), declared: 0, sources: 0 };
}

function total(columns: Columns): number {
  const widths = ORDER.map((column) => columns[column]).filter((width) => width > 0);
  return widths.reduce((sum, width) => sum + width, 0) + (widths.length - 1) * GAP.length;
}

const fromLeft: readonly Column[] = ["name", "sources"];

function cells(texts: Record<Column, string>, columns: Columns): string {
  return ORDER.filter((column) => columns[column] > 0)
    .map((column) => {
      const text = clip(texts[column], columns[column]);
      return fromLeft.includes(column) ? padEnd(text, columns[column]) : padStart(text, columns[column]);
    })
    .join(GAP);
}

function cellTexts(row: Row): Record<Column, string> {
  const { declared, output } = row;
  return {
    name: nameText(row),
    declared,
    output,
    parameters: grouped(row.parameters),
    ...row.numbers,
    sources: printable(row.sources.join(", ")),
  };
}

const nameText = (row: Row) => printable(`${"  ".repeat(row.depth)}${row.name} (${row.className})`);

function rowLine(row: Row, columns: Columns, palette: Palette): string {
  const line = cells(cellTexts(row), columns).trimEnd();
  const style = lineStyle(row, palette);
  if (style) return style(line);
  // The class is quieter than the name, what is declared and the origin quieter than the shape.
  const name = clip(nameText(row), columns.name);
  const named = name.startsWith(printable(row.name), 2 * row.depth) ? 2 * row.depth + printable(row.name).length : name.length;
  const shape = columns.declared > 0 ? columns.name + GAP.length + columns.declared : columns.name;
  const origin = total({ ...columns, sources: 0 });
  return line.slice(0, named) + palette.quiet(line.slice(named, shape)) + line.slice(shape, origin) + palette.quiet(line.slice(origin));
}

/** How a whole line is set off; null for an ordinary one. */
function lineStyle(row: Row, palette: Palette): Style | null {
  if (row.notes.some((note) => note.tone === "broadcast" || note.tone === "departure")) return palette.broadcast;
  const byStatus: Record<LayerReport["status"], Style | null> = {
    ok: null,
    failed: palette.failed,
    unreached: palette.quiet,
    unknown: palette.unknown,
  };
  return byStatus[row.status];
}

const MARKS: Record<Tone, string> = { broadcast: "▲ ", departure: "≠ ", failed: "✗ ", unknown: "? ", quiet: "· " };

function noteLines(row: Row, paper: Paper): string[] {
  const indent = "  ".repeat(row.depth + 1);
  return row.notes.flatMap((note) => {
    const mark = indent + MARKS[note.tone];
    const lines = paper.width === null ? [printable(note.text)] : wrap(printable(note.text), paper.width - mark.length);
    return lines.map((line, index) => paper.palette[note.tone]((index === 0 ? mark : " ".repeat(mark.length)) + line));
  });
}
