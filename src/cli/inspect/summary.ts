import { t } from "@vscode/l10n";
import type { ProbeReply } from "../../helper/protocol";
import { layerTitles, type Report } from "../../model";
import { answerLines, CODES_TOLD, MEASURE, prose } from "../prose";
import type { Paper } from "../style";
import { countedNoun, grouped, printable } from "../text";
import { batchOf, rowsOf, shapeText } from "./rows";
import { scopeRows } from "./scopes";
import { tableLines } from "./table";

/** A probe's reply as text for people: title with `facts` of the model, table (of large graphs by scope unless it is to be `isWhole`), totals, and in words what happened and why. */
export function summaryLines(reply: ProbeReply, facts: readonly string[], paper: Paper, isWhole = false): string[] {
  const { report, headline } = reply;
  const rows = isWhole ? rowsOf(report) : scopeRows(report);
  return [
    ...titleLines(report, facts, paper),
    "",
    ...tableLines(rows, paper),
    ...totalLines(report, paper),
    ...(rows.length < report.layers.length
      ? prose(
          t("{0} operations on {1} lines, by scope; --all lists every one.", grouped(report.layers.length), grouped(rows.length)),
          paper,
        ).map(paper.palette.quiet)
      : []),
    "",
    ...prose(headline.text, paper).map(paper.palette[headline.tone]),
    ...reply.answers.flatMap((answer) => ["", ...answerLines(answer, paper, CODES_TOLD)]),
  ];
}

function titleLines(report: Report, modelFacts: readonly string[], paper: Paper): string[] {
  const { name, format, producer, inputs } = report.model;
  const probes = Object.entries(report.probe.inputs).map(([input, shape]) => {
    const declared = inputs.find((each) => each.name === input)?.declared;
    const note = declared
      ? ` (${t(
          "declared {0}",
          declared
            .slice(1)
            .map((size) => size ?? "?")
            .join("×") || t("scalar"),
        )})`
      : "";
    return `${input} ${shape.slice(1).join("×") || t("scalar")}${note}`;
  });
  const facts = [producer, format === "zoo" ? "Keras Applications" : format, ...modelFacts].filter((fact) => fact !== null).join(" · ");
  const batch = batchOf(report);
  const { cut, removeTop } = report.probe.edit ?? {};
  const title = paper.palette.title(printable(name));
  const isShort = name.length + 2 + facts.length <= (paper.width ?? MEASURE);
  return [
    ...(isShort ? [`${title}  ${paper.palette.quiet(printable(facts))}`] : [title, ...prose(facts, paper).map(paper.palette.quiet)]),
    ...prose(
      [
        t("probe: {0}", probes.join(", ")),
        ...(batch === 1 ? [] : [t("batch {0}", batch)]),
        // What is appended stands in the table.
        ...(cut === undefined ? [] : [t("ends at {0}", printable(cut))]),
        ...(removeTop ? [t("without its top")] : []),
        t("mode {0}", report.probe.mode),
        t("engine {0}", report.probe.engine),
      ].join(" · "),
      paper,
    ),
  ];
}

function totalLines(report: Report, paper: Paper): string[] {
  const batch = batchOf(report);
  const titleOf = layerTitles(report);
  const outputs = report.outputs.map(({ layer, shape }) => `${titleOf(layer)} ${shapeText(shape, batch)}`).join(", ");
  const { layers, parameters, format } = report.model;
  return prose(
    [countedNoun(layers, format), t("{0} parameters", grouped(parameters)), ...(outputs ? [t("output {0}", outputs)] : [])].join(" · "),
    paper,
  );
}
