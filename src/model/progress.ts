import { t } from "@vscode/l10n";
/** How far a run on numbers is: how many weights have theirs, then which layer runs, and which of how many it is. */
export type Progress = { phase: "weights"; done: number; of: number } | { phase: "layers"; layer: string; done: number; of: number };

/** `block3a_expand_conv, 57 of 237` */
export function progressWords(progress: Progress): string {
  return t("{0}, {1} of {2}", progress.phase === "weights" ? t("weights") : progress.layer, progress.done, progress.of);
}
