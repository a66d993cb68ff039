#!/usr/bin/env node
// The program `layerscope`: reads the command line, runs one command, and ends with the status that CONTRACT promises.
import "./language";
import { EXIT, type ExitStatus } from "./exit";
import { commandHelpLines, helpLines, versionLine } from "./help";
import { parseCommandLine } from "./parse";
import { processTerminal, type Terminal } from "./terminal";
import { printable } from "./text";

async function run(words: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  const request = parseCommandLine(words);
  switch (request.kind) {
    case "help":
      terminal.print(helpLines(terminal.paper));
      return EXIT.passed;
    case "version":
      terminal.print([versionLine()]);
      return EXIT.passed;
    case "command-help":
      terminal.print(commandHelpLines(request.name, request.command, terminal.paper));
      return EXIT.passed;
    case "run":
      return await request.command.run(request.call, terminal);
    default:
      return request satisfies never;
  }
}

/** One line, whatever went wrong: by now there is nothing else that the user could do with a stack. */
function complain(error: unknown): ExitStatus {
  const name = error instanceof Error ? error.name : "";
  const message = printable((error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "");
  const isOwn = name === "UserError" || name === "HelperFailure";
  process.stderr.write(`layerscope: ${isOwn ? message : `Layerscope itself went wrong (${name}: ${message}); please report it.`}\n`);
  if (!isOwn && process.env["LAYERSCOPE_DEBUG"]) console.error(error);
  return EXIT.unusable;
}

// Whoever reads our output may stop early (`layerscope … | head`): that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") process.stderr.write(`layerscope: Standard output cannot be written (${error.code}).\n`);
  process.exit(error.code === "EPIPE" ? EXIT.passed : EXIT.unusable);
});
run(process.argv.slice(2), processTerminal())
  .catch(complain)
  .then((status) => {
    process.exitCode = status;
  });
