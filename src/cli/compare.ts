import { type Comparison, compareReports, explainComparison, sameOutputs } from "../answers";
import { formatShape, layerTitles, type Report } from "../model";
import type { Call } from "./commands";
import { comparedModels, comparedProbes } from "./compare-sides";
import { EXIT, type ExitStatus } from "./exit";
import { hold } from "./inspect/held";
import { modelSource } from "./model-source";
import { answerLines, columns } from "./prose";
import type { Paper } from "./style";
import type { Terminal } from "./terminal";
import { grouped, printable } from "./text";

/** Shows where two probes part, of one model or of two. */
export async function compare(call: Call, terminal: Terminal): Promise<ExitStatus> {
  const models = comparedModels(call);
  const sources = [modelSource(models.a), modelSource(models.b)] as const;
  const a = await hold(sources[0]);
  const b =
    models.a === models.b
      ? a
      : await hold(sources[1]).catch((error: unknown) => {
          a.dispose();
          throw error;
        });
  try {
    const probes = comparedProbes(call, a.opened.inputs, b.opened.inputs);
    const { report: first } = await a.probe(probes[0]);
    const { report: second } = await b.probe(probes[1]);
    const comparison = compareReports(first, second);
    if (call.values["json"]) terminal.printJson(comparison);
    else terminal.print(lines({ a: first, b: second, comparison }, terminal.paper, Boolean(call.values["all"])));
    return first.failure || second.failure ? EXIT.refused : EXIT.passed;
  } finally {
    a.dispose();
    if (b !== a) b.dispose();
  }
}

interface Compared {
  a: Report;
  b: Report;
  comparison: Comparison;
}

/** Longest table that is printed unasked. */
const MOST_ROWS = 40;

function lines({ a, b, comparison }: Compared, paper: Paper, isWhole: boolean): string[] {
  const { palette } = paper;
  const differing = comparison.layers.filter((row) => !sameOutputs(row.a, row.b));
  const shown = isWhole ? comparison.layers : differing.slice(0, MOST_ROWS);
  const titles = { a: layerTitles(a), b: layerTitles(b) };
  const inA = new Set(a.layers.map(({ id }) => id));
  const name = ({ id, b_id }: Comparison["layers"][number]) => {
    const title = inA.has(id) ? titles.a(id) : titles.b(id);
    const other = b_id === undefined ? title : titles.b(b_id);
    return printable(other === title ? title : `${title} (${other})`);
  };
  const cells = shown.map((row) => {
    const count = Math.min(row.a?.length ?? Number.POSITIVE_INFINITY, row.b?.length ?? Number.POSITIVE_INFINITY);
    return [name(row), shapes(row.a?.slice(0, count)), shapes(row.b?.slice(0, count))];
  });
  const [head = "", ...body] = columns([["Layer", headOf(a, b), headOf(b, a)], ...cells], new Set([1, 2]));
  const hidden = differing.length - shown.length;
  const same = comparison.layers.length - differing.length;
  return [
    ...(shown.length > 0 ? [palette.title(head), ...body] : []),
    ...(hidden > 0 ? [palette.quiet(`and ${grouped(hidden)} more that differ; --all lists all`)] : []),
    ...(isWhole ? [] : [palette.quiet(`${grouped(same)} of ${grouped(comparison.layers.length)} layers give the same.`)]),
    ...explainComparison(a, b, comparison).flatMap((answer) => ["", ...answerLines(answer, paper)]),
  ];
}

/** What stands over a column: the model's name, or the tensor where the models are one. */
function headOf(report: Report, other: Report): string {
  if (report.model.name !== other.model.name) return printable(report.model.name);
  return Object.values(report.probe.inputs)
    .map((shape) => formatShape(shape.slice(1)))
    .join(", ");
}

const shapes = (outputs: number[][] | undefined): string => outputs?.map((shape) => formatShape(shape.slice(1))).join(", ") ?? "-";
