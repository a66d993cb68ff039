import { t } from "@vscode/l10n";
import { type Answer, formatShape, type Report } from "../model";
import { counted, listed } from "./words";

/** How many misfits are named one by one. */
const MOST_NAMED = 6;

/** Mode rebuild: which pretrained weights the rebuilt model has no place for. Empty in mode feed. */
export function explainRebuilt({ probe, misfits, layers, failure, appended = [] }: Report): Answer[] {
  if (probe.mode !== "rebuild") return [];
  const title = t("Which pretrained weights fit the new input?");
  // What is appended was never trained.
  const count = layers.reduce((sum, { id, weights }) => (appended.includes(id) ? sum : sum + weights.length), 0);
  if (misfits.length === 0) {
    if (failure) return [];
    return [{ title, text: [t("All {0} fit: the rebuilt model can take them as they are.", counted(count, "weight"))] }];
  }
  const named = misfits.map(
    ({ layer, weight, pretrained, needed }) => `${layer} ${weight}: ${formatShape(pretrained)} → ${formatShape(needed)}`,
  );
  const fit = count - misfits.length;
  return [{ title, text: [t("{0} of {1} fit. These do not: {2}.", fit, counted(count, "weight"), listed(named, MOST_NAMED, "; "))] }];
}
