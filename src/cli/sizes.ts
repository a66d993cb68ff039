import { type SizesQuestion, UserError } from "../model";
import type { Call } from "./commands";
import { EXIT, type ExitStatus } from "./exit";
import { parseInput } from "./input";
import { hold } from "./inspect/held";
import { modelSource } from "./model-source";
import { answerLines } from "./prose";
import type { Terminal } from "./terminal";
import { printable } from "./text";

/** Tells which sizes and channels a model takes. Ends with `refused` where it takes no size that anybody can name. */
export async function sizes(call: Call, terminal: Terminal): Promise<ExitStatus> {
  const question = questionOf(call);
  const held = await hold(modelSource(call.model));
  try {
    const { sizes: found, answers } = await held.sizes(question);
    if (call.values["json"]) terminal.printJson(found);
    else {
      const { name, facts } = held.opened;
      const { paper } = terminal;
      terminal.print([
        `${paper.palette.title(printable(name))}  ${paper.palette.quiet(printable(facts.join(" · ")))}`.trimEnd(),
        ...answers.flatMap((answer) => ["", ...answerLines(answer, paper)]),
      ]);
    }
    return found.smallest === null ? EXIT.refused : EXIT.passed;
  } finally {
    held.dispose();
  }
}

/** @throws UserError where `--input` is no size */
function questionOf(call: Call): SizesQuestion {
  const text = call.values["input"];
  if (text === undefined) return {};
  const parsed = parseInput(String(text));
  if ("byName" in parsed) throw new UserError(`--input ${text}: give a size without a name, like 208x104.`);
  return { size: parsed.shape };
}
