import { t } from "@vscode/l10n";
import { type LayerReport, layerTitles, operationWords, type Report, scopeAround } from "../../model";
import { type Row, rowsOf } from "./rows";
import { intoRuns, type Line, type ScopeCounts, scopeCounts, scopeOf } from "./scope-lines";

/** Graphs up to this size are listed whole. */
const FEW = 40;
/** Longest list of operations that a line names one by one, in characters. */
const LONGEST = 40;

/** A report's layers as lines of a table: of a large graph a line a scope, with its last output; of all else a line a layer. */
export function scopeRows(report: Report): Row[] {
  const rows = rowsOf(report);
  if (report.layers.filter(({ operation }) => operation).length <= FEW) return rows;
  const lines = linesOf(report, rows);
  const titleOf = new Map(lines.flatMap((line) => line.members.map((at) => [report.layers[at]?.id ?? "", line.title] as const)));
  return lines.map((line) => (line.members.length === 1 ? single(line, rows, titleOf, report) : merged(line, rows, titleOf, report)));
}

function linesOf({ layers }: Report, rows: readonly Row[]): Line[] {
  const around = scopeAround(layers.filter(({ operation }) => operation).map(({ id }) => id));
  const inside = (path: string) => (path.startsWith(around) ? path.slice(around.length) : path);
  const counts = scopeCounts(layers.map(({ id }) => id));
  const titleOf = layerTitles({ layers });
  const scopes = new Map<string, Line>();
  const lines: Line[] = [];
  for (const [at, row] of layers.entries()) {
    const scope = row.operation && !row.nested ? scopeOf(row.id, around, counts) : null;
    const known = scope === null ? undefined : scopes.get(scope);
    if (known) {
      known.members.push(at);
      known.isLoose = false;
      continue;
    }
    const title = scope === null ? (row.operation ? titleOf(row.id) : (rows[at]?.name ?? row.id)) : inside(scope.slice(0, -1));
    const line: Line = { title, scope, depth: rows[at]?.depth ?? 0, isLoose: isLoose(row, around, counts), members: [at] };
    lines.push(line);
    if (scope !== null) scopes.set(scope, line);
  }
  return intoRuns(lines, layers);
}

/** Whether it is an operation that shares its scope with others, or is in none. */
function isLoose({ id, operation, nested }: LayerReport, around: string, counts: ScopeCounts): boolean {
  const scope = id.slice(0, id.lastIndexOf("/") + 1);
  return operation !== undefined && !nested && (!(scope.length > around.length) || (counts.all.get(scope) ?? 0) > 1);
}

type Titles = ReadonlyMap<string, string>;

function sourcesOf({ members, title }: Line, titles: Titles, { layers }: Report): string[] {
  const sources = members.flatMap((at) => layers[at]?.inputs.map((input) => titles.get(input.layer) ?? input.layer) ?? []);
  return [...new Set(sources)].filter((source) => source !== title);
}

function single(line: Line, rows: readonly Row[], titles: Titles, report: Report): Row {
  const row = rows[line.members[0] as number] as Row;
  return { ...row, name: line.title, sources: sourcesOf(line, titles, report) };
}

/** Many operations as one line: the last output, all parameters, all notes. */
function merged(line: Line, rows: readonly Row[], titles: Titles, report: Report): Row {
  const inside = line.members.map((at) => rows[at] as Row);
  const last = inside.findLast(({ status }) => status === "ok") ?? (inside.at(-1) as Row);
  const times = line.members.map((at) => report.layers[at]?.milliseconds ?? 0);
  const time = times.reduce((sum, milliseconds) => sum + milliseconds, 0);
  return {
    ...last,
    depth: line.depth,
    name: line.title,
    className: whatOf(line, report),
    status: worst(inside),
    parameters: inside.reduce((sum, { parameters }) => sum + parameters, 0),
    numbers: { ...last.numbers, time: last.numbers.time === "" ? "" : time.toFixed(1) },
    sources: sourcesOf(line, titles, report),
    notes: fewNotes(
      inside.flatMap(({ name, notes }) => notes.map((note) => ({ ...note, text: `${name.split("/").at(-1)}: ${note.text}` }))),
    ),
  };
}

/** Most notes that stand below a line of many operations. */
const MOST_NOTES = 3;

/** What failed comes first; of what is left over only how much it is. */
function fewNotes(notes: Row["notes"]): Row["notes"] {
  if (notes.length <= MOST_NOTES) return notes;
  const [first, ...others] = [...notes].sort((a, b) => Number(b.tone === "failed") - Number(a.tone === "failed"));
  const shown = [first, ...others].slice(0, MOST_NOTES - 1) as Row["notes"];
  return [
    ...shown,
    {
      tone: shown[0]?.tone === "failed" ? "quiet" : (notes[0]?.tone ?? "quiet"),
      text: t("and {0} more like these", notes.length - shown.length),
    },
  ];
}

/** The Keras class of a scope, the few operations in it, or how many there are. */
function whatOf({ scope, members }: Line, { layers, scopes }: Report): string {
  const className = scope === null ? undefined : scopes?.[scope.slice(0, -1)];
  const words = members.slice(0, LONGEST).map((at) => operationWords(layers[at]?.className ?? "", layers[at]?.operation)).join(" + "); // biome-ignore format: one line
  return className ?? (words.length > LONGEST ? t("{0} operations", members.length) : words);
}

function worst(rows: readonly Row[]): Row["status"] {
  const found = new Set(rows.map(({ status }) => status));
  return (["failed", "unknown", "ok", "unreached"] as const).find((status) => found.has(status)) ?? "ok";
}
