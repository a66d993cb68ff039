import { parseCommandLine } from "../../src/cli/parse";
import { paperFor } from "../../src/cli/style";

/** What a command printed in this process, its documents apart. */
export interface Printed {
  status: number;
  lines: string[];
  documents: unknown[];
}

/** Runs a command on a model that needs no process of its own: one of the zoo, or a file that readers of ours open. */
export async function run(words: string | readonly string[]): Promise<Printed> {
  const request = parseCommandLine(typeof words === "string" ? words.split(" ") : words);
  if (request.kind !== "run") throw new Error(`${words} is not to be run`);
  const printed = { lines: [] as string[], documents: [] as unknown[] };
  const status = await request.command.run(request.call, {
    print: (lines) => printed.lines.push(...lines),
    printJson: (document) => printed.documents.push(document),
    remark: (line) => printed.lines.push(line),
    status: () => ({ show: () => {}, clear: () => {} }),
    paper: paperFor({}, {}),
  });
  return { status, ...printed };
}
