import type { LayerReport } from "../../model";
import type { Palette, Paper, Style } from "../style";
import { clip, grouped, printable, wrap } from "../text";
import type { Row, Tone } from "./rows";

const GAP = "  ";
/** Widest that a column of names and of origins gets where the terminal has room for more. */
const WIDEST = { name: 56, sources: 44 };
const NARROWEST_SOURCES = 14;

interface Columns {
  name: number;
  output: number;
  parameters: number;
  /** 0: no room for it. */
  sources: number;
}

/** The layers as a table like Keras's summary: name and class, output, parameters, origin; what happened to a layer stands below its line. */
export function tableLines(rows: readonly Row[], paper: Paper): string[] {
  const columns = fit(rows, paper.width);
  const { palette } = paper;
  const heads = cells(["Layer (class)", "Output", "Param #", "Connected to"], columns);
  const rule = palette.quiet("─".repeat(Math.min(paper.width ?? Number.POSITIVE_INFINITY, total(columns))));
  const body = rows.flatMap((row) => [rowLine(row, columns, palette), ...noteLines(row, paper)]);
  return [palette.title(heads.trimEnd()), rule, ...body, rule];
}

function fit(rows: readonly Row[], width: number | null): Columns {
  const longest = (texts: string[], least: number) => texts.reduce((most, text) => Math.max(most, text.length), least);
  const wanted: Columns = {
    name: longest(rows.map(nameText), 13),
    output: longest(
      rows.map((row) => row.output),
      6,
    ),
    parameters: longest(
      rows.map((row) => grouped(row.parameters)),
      7,
    ),
    sources: longest(rows.map(sourcesText), 12),
  };
  if (width === null) return wanted;
  const roomy = { ...wanted, name: Math.min(wanted.name, WIDEST.name), sources: Math.min(wanted.sources, WIDEST.sources) };
  const sources = Math.min(roomy.sources, width - total({ ...roomy, sources: 0 }) - GAP.length);
  if (sources >= Math.min(NARROWEST_SOURCES, roomy.sources)) return { ...roomy, sources };
  const left = width - roomy.output - roomy.parameters - 2 * GAP.length;
  return { ...roomy, name: Math.max(12, Math.min(roomy.name, left)), sources: 0 };
}

const total = (columns: Columns) =>
  columns.name + columns.output + columns.parameters + 2 * GAP.length + (columns.sources > 0 ? columns.sources + GAP.length : 0);

function cells([name, output, parameters, sources]: [string, string, string, string], columns: Columns): string {
  const texts = [name.padEnd(columns.name), output.padStart(columns.output), parameters.padStart(columns.parameters)];
  return [...texts, ...(columns.sources > 0 ? [clip(sources, columns.sources)] : [])].join(GAP);
}

const nameText = (row: Row) => printable(`${"  ".repeat(row.depth)}${row.name} (${row.className})`);
const sourcesText = (row: Row) => printable(row.sources.join(", "));

function rowLine(row: Row, columns: Columns, palette: Palette): string {
  const name = clip(nameText(row), columns.name);
  const line = cells([name, row.output, grouped(row.parameters), sourcesText(row)], columns).trimEnd();
  const style = lineStyle(row, palette);
  if (style) return style(line);
  // The class is quieter than the name, the origin quieter than the shape.
  const named = name.startsWith(printable(row.name), 2 * row.depth) ? 2 * row.depth + printable(row.name).length : name.length;
  const origin = total({ ...columns, sources: 0 });
  return (
    line.slice(0, named) +
    palette.quiet(line.slice(named, columns.name)) +
    line.slice(columns.name, origin) +
    palette.quiet(line.slice(origin))
  );
}

/** How a whole line is set off; null for an ordinary one. */
function lineStyle(row: Row, palette: Palette): Style | null {
  if (row.notes.some((note) => note.tone === "broadcast")) return palette.broadcast;
  const byStatus: Record<LayerReport["status"], Style | null> = {
    ok: null,
    failed: palette.failed,
    unreached: palette.quiet,
    unknown: palette.unknown,
  };
  return byStatus[row.status];
}

const MARKS: Record<Tone, string> = { broadcast: "▲ ", failed: "✗ ", unknown: "? ", quiet: "· " };

function noteLines(row: Row, paper: Paper): string[] {
  const indent = "  ".repeat(row.depth + 1);
  return row.notes.flatMap((note) => {
    const mark = indent + MARKS[note.tone];
    const lines = paper.width === null ? [printable(note.text)] : wrap(printable(note.text), paper.width - mark.length);
    return lines.map((line, index) => paper.palette[note.tone]((index === 0 ? mark : " ".repeat(mark.length)) + line));
  });
}
