import { t } from "@vscode/l10n";
import { version } from "../../package.json";
import { columnsOf, padEnd } from "../model";
import { COMMANDS, type Command } from "./commands";
import type { Paper } from "./style";
import { wrap } from "./text";

const INDENT = 2;

export const versionLine = () => version;

/** What the program can do. */
export function helpLines(paper: Paper): string[] {
  const names = Object.entries(COMMANDS).map(([name, { summary }]): [string, string] => [name, summary]);
  return [
    `${paper.palette.title("layerscope")} ${version}: ${t("see what your tensor does inside a pretrained model")}`,
    "",
    t("Usage: {0}", "layerscope COMMAND MODEL [OPTIONS]"),
    "",
    paper.palette.title(t("Commands")),
    ...columnLines(names, paper),
    "",
    paper.palette.title(t("Models")),
    ...columnLines(
      [
        [
          t("a path"),
          t(
            ".h5, .keras, Keras config .json, tfjs model.json, SavedModel folder, frozen graph .pb; {0}",
            "FOLDER?signature=NAME&fold=false",
          ),
        ],
        [t("a name"), t("of Keras Applications: {0}", "EfficientNetB5, VGG16?include_top=true&pooling=avg&weights=none&keras=2")],
      ],
      paper,
    ),
    "",
    t("layerscope COMMAND --help tells its options. Exit status: 0 passed, 1 refused or failed, 2 unusable command or file."),
  ];
}

/** How one command is called. */
export function commandHelpLines(name: string, command: Command, paper: Paper): string[] {
  const options = Object.entries(command.options).map(([option, { value, help }]): [string, string] => [
    `--${option}${value ? ` ${value}` : ""}`,
    help,
  ]);
  return [
    t("Usage: {0}", `layerscope ${name}${command.takesModel ? " MODEL" : ""}${command.second ? ` [${command.second}]` : ""} [OPTIONS]`),
    "",
    command.summary,
    "",
    paper.palette.title(t("Options")),
    ...columnLines(options, paper),
    ...(command.examples.length > 0 ? ["", paper.palette.title(t("Examples"))] : []),
    ...command.examples.map(
      (example) => `${" ".repeat(INDENT)}layerscope ${example.includes("?") ? example.replace(/(\S*\?\S*)/, "'$1'") : example}`,
    ),
  ];
}

/** Terms at the left, what they mean wrapped at the right. */
function columnLines(rows: readonly [string, string][], paper: Paper): string[] {
  const left = Math.max(...rows.map(([term]) => columnsOf(term))) + 2 * INDENT;
  const right = Math.max(24, Math.min(100, paper.width ?? 100) - left);
  return rows.flatMap(([term, meaning]) =>
    wrap(meaning, right).map((line, index) => (index === 0 ? padEnd(`${" ".repeat(INDENT)}${term}`, left) : " ".repeat(left)) + line),
  );
}
