import { t } from "@vscode/l10n";
import { env, ProgressLocation, window } from "vscode";
import { WAYS } from "../../native-setup/words";
import { runNative } from "../native-program";
import type { Parts } from "../parts";

/** `Layerscope: Set Up Native TensorFlow`: which way, then its progress; what it says in the end. */
export async function setUpNative(parts: Parts): Promise<void> {
  const first = { label: t("The first way that works"), detail: t("Tries the ways below in this order"), words: [] };
  const ways = Object.entries(WAYS).map(([name, { title, needs }]) => ({
    label: title(),
    detail: t("Needs {0}", needs()),
    words: ["--from", name],
  }));
  const chosen = await window.showQuickPick([first, ...ways], {
    title: `Layerscope: ${t("Set Up Native TensorFlow")}`,
    matchOnDetail: true,
  });
  if (chosen) await run(parts, t("setting up native TensorFlow"), chosen.words);
}

/** `Layerscope: Remove Native TensorFlow`. */
export async function removeNative(parts: Parts): Promise<void> {
  await run(parts, t("removing native TensorFlow"), ["--remove"]);
}

async function run(parts: Parts, title: string, words: readonly string[]): Promise<void> {
  const program = parts.context.extension.asAbsolutePath("dist/cli.js");
  const options = { location: ProgressLocation.Notification, title: `Layerscope: ${title}`, cancellable: true };
  try {
    const said = await window.withProgress(options, (progress, token) =>
      runNative(program, words, env.language, (message) => progress.report({ message }), token),
    );
    if (said !== null) void window.showInformationMessage(said);
  } catch (error) {
    parts.context.complain(error);
  }
}
