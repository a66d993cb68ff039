import { t } from "@vscode/l10n";
import type { ProbeReply } from "../../helper/protocol";
import { INPUT_GATE, UserError } from "../../model";
import { answersUnasked } from "../ask";
import type { Call } from "../commands";
import { EXIT, type ExitStatus } from "../exit";
import { modelSource } from "../model-source";
import { probesOf } from "../probes";
import type { Terminal } from "../terminal";
import { type Export, exportsOf } from "./exports";
import { type Held, hold } from "./held";
import { type Outcome, probed } from "./replies";
import { toldLines } from "./told";

/** Probes a model once for each `--input` and writes a report each. */
export async function inspect(call: Call, terminal: Terminal): Promise<ExitStatus> {
  const exports = exportsOf(call);
  const withNumbers = (call.values["engine"] ?? "shapes") !== "shapes";
  const held = await hold(modelSource(call.model, call.values["weights"] as string | undefined), { withNumbers });
  try {
    const outcomes = await outcomesOf(held, call, exports, terminal);
    const { facts, format } = held.opened;
    // What a person should know of the file has no place in the report.
    if (call.values["json"] && format !== "zoo") for (const fact of facts) terminal.remark(fact);
    for (const [index, { reply, broken }] of outcomes.entries()) {
      if (index > 0 && !call.values["json"]) terminal.print([""]);
      if (call.values["json"]) terminal.printJson(reply.report);
      else terminal.print(toldLines(reply, held.opened, call, terminal.paper, index === outcomes.length - 1));
      const hint = batchHint(reply, held);
      if (hint) terminal.remark(hint);
      if (broken) terminal.remark(broken);
      await writeExports(exports, reply, terminal);
    }
    return outcomes.every(({ reply, broken }) => reply.report.failure === null && !broken) ? EXIT.passed : EXIT.refused;
  } finally {
    held.dispose();
  }
}

/** All are probed before the first is printed, so that a slip in the last one is not found after a screenful. */
async function outcomesOf(held: Held, call: Call, exports: readonly Export[], terminal: Terminal): Promise<Outcome[]> {
  const probes = probesOf(call, held.opened.inputs);
  if (exports.length > 0 && probes.length > 1) throw new UserError("--svg and --markdown write one report; give one --input.");
  const outcomes: Outcome[] = [];
  const isForPeople = !call.values["json"] || exports.length > 0;
  for (const probe of probes) {
    const outcome = await probed(held, probe, terminal);
    const answers = isForPeople ? await answersUnasked(held, probe, outcome.reply) : outcome.reply.answers;
    outcomes.push({ ...outcome, reply: { ...outcome.reply, answers } });
  }
  return outcomes;
}

/** Keras's own shapes have the batch in front, and so have shapes copied from it; `--input` has not. */
function batchHint({ report }: ProbeReply, { opened }: Held): string | null {
  if (report.failure?.layer !== INPUT_GATE) return null;
  const [only, ...others] = opened.inputs;
  const [, ...given] = report.probe.inputs[only?.name ?? ""] ?? [];
  const [batch, ...rest] = given;
  const fits = rest.length > 0 && only && given.length === only.declared.length && others.length === 0;
  if (!fits || !rest.every((size, axis) => [null, size].includes(only.declared[axis + 1] ?? null))) return null;
  return t("--input is written without the batch: {0}.", `--input ${rest.join("x")} --batch ${batch}`);
}

async function writeExports(exports: readonly Export[], reply: ProbeReply, terminal: Terminal): Promise<void> {
  for (const each of exports) {
    each.write(await each.make(reply));
    terminal.remark(t("Wrote {0}.", each.file));
  }
}
