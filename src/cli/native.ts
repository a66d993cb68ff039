import { t } from "@vscode/l10n";
import { UserError } from "../model";
import { removeNative, setUpNative, WAY_NAMES, type WayName, workingNative } from "../native-setup";
import type { Call } from "./commands";
import { EXIT, type ExitStatus } from "./exit";
import type { Terminal } from "./terminal";

/** Sets TensorFlow's native library up in the user's cache, tells whether it is there, or takes it away again. @throws UserError */
export async function native(call: Call, terminal: Terminal): Promise<ExitStatus> {
  const { signal, release } = endedBySignals();
  try {
    if (call.values["remove"])
      terminal.print([removeNative() ? t("TensorFlow's native library was removed.") : t("There is nothing to remove.")]);
    else if (call.values["check"]) return await check(signal, terminal);
    else await setUp(call, signal, terminal);
    return EXIT.passed;
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new UserError("The set-up was cancelled and has left nothing behind.");
  } finally {
    release();
  }
}

async function setUp(call: Call, signal: AbortSignal, terminal: Terminal): Promise<void> {
  const way = wayOf(call.values["from"]);
  const python = call.values["python"];
  const tell = (step: string) => terminal.remark(`${step}…`);
  const { folder, from } = await setUpNative({ way, python: python === undefined ? undefined : String(python), signal, tell });
  terminal.print([t("The engine native is set up: {0}, in {1}.", from, folder)]);
}

async function check(signal: AbortSignal, terminal: Terminal): Promise<ExitStatus> {
  const found = await workingNative({ signal });
  terminal.print([
    found ? t("The engine native is set up: {0}, in {1}.", found.from, found.folder) : t("The engine native is not set up."),
  ]);
  return found ? EXIT.passed : EXIT.refused;
}

function wayOf(asked: Call["values"][string]): WayName | undefined {
  const way = WAY_NAMES.find((name) => name === asked);
  if (asked !== undefined && !way) throw new UserError(`--from ${asked} is unknown; it can be ${WAY_NAMES.join(", ")}.`);
  return way;
}

/** A signal of the terminal, or of the extension that runs this, becomes an abort, so that what was begun is cleared away. */
function endedBySignals(): { signal: AbortSignal; release: () => void } {
  const stop = new AbortController();
  const abort = () => stop.abort();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, abort);
  return {
    signal: stop.signal,
    release: () => {
      for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.off(name, abort);
    },
  };
}
