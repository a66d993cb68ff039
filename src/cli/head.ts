import { t } from "@vscode/l10n";
import type { HeadReply } from "../helper/protocol";
import { formatShape, said, UserError } from "../model";
import type { Call } from "./commands";
import { EXIT, type ExitStatus } from "./exit";
import { hold } from "./inspect/held";
import { modelSource } from "./model-source";
import { numberOf, probesOf } from "./probes";
import { answerLines, columns, prose } from "./prose";
import type { Paper } from "./style";
import type { Terminal } from "./terminal";
import { grouped, printable } from "./text";

/** Classes where nobody says how many: those of ImageNet, so that parameters compare with those of a model's own top. */
const CLASSES = 1000;

/** Names on the command line by their first word. */
const OPTIONS: { readonly [word: string]: string } = {
  average: "average pooling",
  max: "max pooling",
  flatten: "flatten",
  dense: "dense on positions",
  none: "none",
};

/** Ends a model in each way that there is. */
export async function head(call: Call, terminal: Terminal): Promise<ExitStatus> {
  const wanted = wantedOption(call);
  const classes = numberOf(call, "classes") ?? CLASSES;
  const held = await hold(modelSource(call.model));
  try {
    const [probe] = probesOf(call, held.opened.inputs);
    if (!probe) throw new UserError("There is nothing to send through the model; give an --input.");
    const reply = await held.heads(probe, classes);
    if (call.values["json"]) terminal.printJson(reply.document);
    else if (wanted && !reply.report.failure) terminal.print(codeOf(reply, wanted).split("\n"));
    else terminal.print(lines(reply, { isGiven: call.values["classes"] !== undefined, paper: terminal.paper }));
    return reply.report.failure ? EXIT.refused : EXIT.passed;
  } finally {
    held.dispose();
  }
}

function wantedOption(call: Call): string | null {
  const word = call.values["option"];
  if (word === undefined) return null;
  const name = Object.hasOwn(OPTIONS, String(word)) ? OPTIONS[String(word)] : undefined;
  if (!name) throw new UserError(`--option ${word} is unknown; it can be ${Object.keys(OPTIONS).join(", ")}.`);
  return name;
}

function codeOf({ document, report }: HeadReply, wanted: string): string {
  const option = document.options.find(({ name }) => name === wanted);
  if (option) return option.code;
  const names = document.options.map(({ name }) => name.split(" ")[0]);
  const shape = formatShape(document.output?.slice(1) ?? []);
  throw new UserError(`${report.model.name} gives ${shape}, which ${wanted} does not fit; choose ${names.join(" or ")}.`);
}

function lines({ report, document, rows, answers }: HeadReply, { isGiven, paper }: { isGiven: boolean; paper: Paper }): string[] {
  const { palette } = paper;
  const given = Object.values(report.probe.inputs)
    .map((shape) => formatShape(shape.slice(1)))
    .join(", ");
  const title = palette.title(printable(report.model.name));
  const { failure } = report;
  if (failure)
    return [
      title,
      "",
      ...prose(t("For {0}, {1}: {2}. There is nothing to put a head on.", given, failure.layer, said(failure.message)), paper),
    ];
  const [first] = document.options;
  const cells = rows.map((row) => [row.name, row.features, row.output, grouped(row.parameters), row.size, row.layers]);
  const [heads = "", ...body] = columns(
    [[t("Head"), t("Features"), t("Output"), t("Param #"), t("Size"), t("Layers")], ...cells],
    new Set([1, 2, 3]),
  );
  const gives = t("For {0} it gives {1}.", given, formatShape(document.output?.slice(1) ?? []));
  const inClasses = isGiven ? [] : [t("{0} classes, as ImageNet has; --classes N for yours.", grouped(document.classes))];
  return [
    title,
    ...prose([gives, ...inClasses].join(" "), paper),
    "",
    palette.title(heads),
    ...body,
    ...answers.flatMap((answer) => ["", ...answerLines(answer, paper)]),
    ...(first
      ? ["", ...answerLines({ title: t("In Keras"), text: [], ways: [{ title: rows[0]?.name ?? "", code: first.code }] }, paper)]
      : []),
  ];
}
