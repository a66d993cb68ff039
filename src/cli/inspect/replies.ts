import { t } from "@vscode/l10n";
import type { ProbeReply } from "../../helper/protocol";
import { type AskedProbe, type Progress, progressWords } from "../../model";
import type { Terminal } from "../terminal";
import type { Held } from "./held";

/** What a probe gave. `broken`: why there are no numbers although they were asked for; the report is of shapes then. */
export interface Outcome {
  reply: ProbeReply;
  broken: string | null;
}

/** Runs a probe, telling how far it is. Where the engine takes the helper process with it the shapes are reported all the same. @throws UserError */
export async function probed(held: Held, probe: AskedProbe, terminal: Terminal): Promise<Outcome> {
  let last: Progress | null = null;
  const status = terminal.status();
  try {
    const onProgress = (progress: Progress): void => {
      last = progress;
      status.show(progressWords(progress));
    };
    const reply = await held.probe(probe, { onProgress });
    return { reply, broken: null };
  } catch (error) {
    if (probe.engine === "shapes" || !isCrash(error)) throw error;
    const reply = await held.probe({ ...probe, engine: "shapes" });
    return { reply, broken: brokenWords(probe, error, last) };
  } finally {
    status.clear();
  }
}

/** A HelperFailure by its name: its module is not loaded where no helper runs. */
function isCrash(error: unknown): error is Error {
  return error instanceof Error && error.name === "HelperFailure" && "kind" in error && error.kind === "crashed";
}

function brokenWords({ engine }: AskedProbe, { message }: Error, last: Progress | null): string {
  const how = message.replace(/[;.].*$/s, "").replace(/^The/, "the");
  const advice = (ADVICE[engine] ?? ADVICE["native"])?.() ?? "";
  return last
    ? t("The engine {0} broke down at {1} ({2}), so the report has shapes only; {3}.", engine, progressWords(last), how, advice)
    : t("The engine {0} broke down ({1}), so the report has shapes only; {2}.", engine, how, advice);
}

const ADVICE: { readonly [engine: string]: () => string } = {
  native: () => t("try --engine wasm, or set it up anew with: layerscope native"),
  auto: () => t("try --engine wasm"),
  wasm: () => t("choose a smaller --input or --engine native"),
};
