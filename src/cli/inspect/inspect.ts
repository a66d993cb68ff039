import { type HeldModel, holdModel } from "../../helper/work";
import type { Probe } from "../../model";
import { UserError } from "../../model";
import type { Call } from "../commands";
import { EXIT, type ExitStatus } from "../exit";
import { modelSource } from "../model-source";
import { probesOf } from "../probes";
import type { Terminal } from "../terminal";
import { type Export, exportsOf } from "./exports";
import { summaryLines } from "./summary";

/** Probes a model once for each `--input` and writes a report each. Works in this process: starting another would take longer than the work. */
export async function inspect(call: Call, terminal: Terminal): Promise<ExitStatus> {
  const exports = exportsOf(call);
  const held = await holdModel(modelSource(call.model));
  // All are checked before the first runs, so that a slip in the last one is not found after a screenful.
  const probes = probesOf(call, held.opened.inputs).map((probe) => held.check(probe));
  if (exports.length > 0 && probes.length > 1) throw new UserError("--svg and --markdown write one report; give one --input.");
  let status: ExitStatus = EXIT.passed;
  for (const [index, probe] of probes.entries()) {
    if (index > 0 && !call.values["json"]) terminal.print([""]);
    if (!(await inspectOnce(held, probe, call, exports, terminal))) status = EXIT.refused;
  }
  return status;
}

async function inspectOnce(held: HeldModel, probe: Probe, call: Call, exports: readonly Export[], terminal: Terminal): Promise<boolean> {
  const reply = await held.probe(probe);
  if (call.values["json"]) terminal.printJson(reply.report);
  else terminal.print(summaryLines(reply, held.opened.facts, terminal.paper));
  for (const each of exports) {
    each.write(await each.make(reply));
    terminal.remark(`Wrote ${each.file}.`);
  }
  return reply.report.failure === null;
}
