import { type Paper, paperFor } from "./style";
import { printable } from "./text";

/** Where a command writes to. Standard output is for what was asked for, standard error for everything said beside it. */
export interface Terminal {
  print(lines: readonly string[]): void;
  /** One JSON document, on a line of its own. */
  printJson(document: unknown): void;
  remark(line: string): void;
  /** A line on standard error that changes; nothing where that is no terminal. */
  status(): Status;
  paper: Paper;
}

export interface Status {
  show(words: string): void;
  clear(): void;
}

export function processTerminal(): Terminal {
  return {
    print: (lines) => process.stdout.write(lines.map((line) => `${line}\n`).join("")),
    printJson: (document) => process.stdout.write(`${JSON.stringify(document)}\n`),
    remark: (line) => process.stderr.write(`${line}\n`),
    status: () => (process.stderr.isTTY && process.env["TERM"] !== "dumb" ? statusLine(process.stderr) : NO_STATUS),
    paper: paperFor(process.stdout, process.env),
  };
}

const NO_STATUS: Status = { show: () => {}, clear: () => {} };

/** Writes over itself: back to the line's start, the words, and nothing behind them. */
export function statusLine(stream: { write(text: string): unknown; columns?: number }): Status {
  let isShown = false;
  return {
    show(words) {
      isShown = true;
      stream.write(`\r${clipStart(printable(words), Math.max(20, (stream.columns || 80) - 1))}${TO_LINE_END}`);
    },
    clear() {
      if (isShown) stream.write(`\r${TO_LINE_END}`);
      isShown = false;
    },
  };
}

/** The end of a layer's path and the numbers behind it say most. */
const clipStart = (words: string, width: number): string => (words.length <= width ? words : `…${words.slice(1 - width)}`);

/** @see ECMA-48, erase in line */
const TO_LINE_END = "\u001b[K";
