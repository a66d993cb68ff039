import { spawn } from "node:child_process";
import { t } from "@vscode/l10n";
import type { CancellationToken } from "vscode-jsonrpc/node";
import { UserError } from "../model";

/**
 * Runs `layerscope native` with these words in a process of its own, telling each step as it begins; gives what it says in the end, or null
 * where it was cancelled. `language`: as VS Code names it. @throws UserError with its reason
 */
export function runNative(
  program: string,
  words: readonly string[],
  language: string,
  tell: (step: string) => void,
  token?: CancellationToken,
): Promise<string | null> {
  // VS Code's own program is Electron, which has to be told to be Node.
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: "1", LAYERSCOPE_LANGUAGE: language };
  const child = spawn(process.execPath, [program, "native", ...words], { env });
  const listener = token?.onCancellationRequested(() => child.kill("SIGTERM"));
  let [said, rest, last] = ["", "", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines.filter(Boolean)) {
      last = line;
      tell(line);
    }
  });
  return new Promise((resolve, reject) => {
    child.on("error", ({ message }) => reject(new UserError(t("The set-up cannot be started ({0}).", message))));
    child.on("close", (status) => {
      listener?.dispose();
      if (token?.isCancellationRequested) resolve(null);
      else if (status === 0 || said) resolve(said.trim());
      else reject(new UserError(last.replace(/^layerscope: /, "") || t("The set-up ended with status {0}.", String(status))));
    });
  });
}
