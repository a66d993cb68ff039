import { version } from "../../package.json";
import { COMMANDS, type Command } from "./commands";
import type { Paper } from "./style";
import { wrap } from "./text";

const INDENT = 2;

export const versionLine = () => version;

/** What the program can do. */
export function helpLines(paper: Paper): string[] {
  const names = Object.entries(COMMANDS).map(([name, { summary }]): [string, string] => [name, summary]);
  return [
    `${paper.palette.title("layerscope")} ${version}: see what your tensor does inside a pretrained model`,
    "",
    "Usage: layerscope COMMAND MODEL [OPTIONS]",
    "",
    paper.palette.title("Commands"),
    ...columnLines(names, paper),
    "",
    paper.palette.title("Models"),
    ...columnLines(
      [
        [
          "a path",
          ".h5, .keras, Keras config .json, tfjs model.json, SavedModel folder, frozen graph .pb; FOLDER?signature=NAME&fold=false",
        ],
        ["a name", "of Keras Applications: EfficientNetB5, VGG16?include_top=true&pooling=avg&weights=none&keras=2"],
      ],
      paper,
    ),
    "",
    "layerscope COMMAND --help tells its options. Exit status: 0 passed, 1 refused or failed, 2 unusable command or file.",
  ];
}

/** How one command is called. */
export function commandHelpLines(name: string, command: Command, paper: Paper): string[] {
  const options = Object.entries(command.options).map(([option, { value, help }]): [string, string] => [
    `--${option}${value ? ` ${value}` : ""}`,
    help,
  ]);
  return [
    `Usage: layerscope ${name}${command.takesModel ? " MODEL" : ""}${command.second ? ` [${command.second}]` : ""} [OPTIONS]`,
    "",
    command.summary,
    "",
    paper.palette.title("Options"),
    ...columnLines(options, paper),
    ...(command.examples.length > 0 ? ["", paper.palette.title("Examples")] : []),
    ...command.examples.map(
      (example) => `${" ".repeat(INDENT)}layerscope ${example.includes("?") ? example.replace(/(\S*\?\S*)/, "'$1'") : example}`,
    ),
  ];
}

/** Terms at the left, what they mean wrapped at the right. */
function columnLines(rows: readonly [string, string][], paper: Paper): string[] {
  const left = Math.max(...rows.map(([term]) => term.length)) + 2 * INDENT;
  const right = Math.max(24, Math.min(100, paper.width ?? 100) - left);
  return rows.flatMap(([term, meaning]) =>
    wrap(meaning, right).map((line, index) => (index === 0 ? `${" ".repeat(INDENT)}${term}`.padEnd(left) : " ".repeat(left)) + line),
  );
}
