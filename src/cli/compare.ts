import { t } from "@vscode/l10n";
import { type Comparison, compareReports, compareTable, explainComparison } from "../answers";
import type { Report } from "../model";
import type { Call } from "./commands";
import { comparedModels, comparedProbes } from "./compare-sides";
import { EXIT, type ExitStatus } from "./exit";
import { hold } from "./inspect/held";
import { modelSource } from "./model-source";
import { answerLines, tableLines } from "./prose";
import type { Paper } from "./style";
import type { Terminal } from "./terminal";
import { grouped } from "./text";

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
  const differing = comparison.layers.filter(({ differs }) => differs);
  const shown = isWhole ? comparison.layers : differing.slice(0, MOST_ROWS);
  const [head = "", ...body] = tableLines(compareTable(a, b, shown));
  const hidden = differing.length - shown.length;
  const same = comparison.layers.length - differing.length;
  return [
    ...(shown.length > 0 ? [palette.title(head), ...body] : []),
    ...(hidden > 0 ? [palette.quiet(t("and {0} more that differ; --all lists all", grouped(hidden)))] : []),
    ...(isWhole ? [] : [palette.quiet(t("{0} of {1} layers give the same.", grouped(same), grouped(comparison.layers.length)))]),
    ...explainComparison(a, b, comparison).flatMap((answer) => ["", ...answerLines(answer, paper)]),
  ];
}
