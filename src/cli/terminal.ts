import { type Paper, paperFor } from "./style";

/** Where a command writes to. Standard output is for what was asked for, standard error for everything said beside it. */
export interface Terminal {
  print(lines: readonly string[]): void;
  /** One JSON document, on a line of its own. */
  printJson(document: unknown): void;
  remark(line: string): void;
  paper: Paper;
}

export function processTerminal(): Terminal {
  return {
    print: (lines) => process.stdout.write(lines.map((line) => `${line}\n`).join("")),
    printJson: (document) => process.stdout.write(`${JSON.stringify(document)}\n`),
    remark: (line) => process.stderr.write(`${line}\n`),
    paper: paperFor(process.stdout, process.env),
  };
}
