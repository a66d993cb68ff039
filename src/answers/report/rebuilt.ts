import { t } from "@vscode/l10n";
import { type Answer, formatShape, type Report } from "../../model";
import type { CodeBase } from "../code/base";
import { rebuiltWays } from "../ways";
import { counted, listed } from "../words";

/** How many misfits are named one by one. */
const MOST_NAMED = 6;

/** Mode rebuild: which pretrained weights the rebuilt model has no place for, and how it is made. Empty in mode feed. */
export function explainRebuilt(report: Report, base: CodeBase | null): Answer[] {
  const { probe, misfits, layers, failure, appended = [] } = report;
  if (probe.mode !== "rebuild") return [];
  const ways = base && !probe.edit ? rebuiltWays({ rebuilt: report, base }) : [];
  const whatToDo = ways.length > 0 ? { ways } : {};
  const title = t("Which pretrained weights fit the new input?");
  // What is appended was never trained.
  const count = layers.reduce((sum, { id, weights }) => (appended.includes(id) ? sum : sum + weights.length), 0);
  if (misfits.length === 0) {
    if (failure) return [];
    return [{ title, text: [t("All {0} fit: the rebuilt model can take them as they are.", counted(count, "weight"))], ...whatToDo }];
  }
  const named = misfits.map(
    ({ layer, weight, pretrained, needed }) => `${layer} ${weight}: ${formatShape(pretrained)} → ${formatShape(needed)}`,
  );
  const fit = count - misfits.length;
  const text = [t("{0} of {1} fit. These do not: {2}.", fit, counted(count, "weight"), listed(named, MOST_NAMED, "; "))];
  return [{ title, text, layers: [...new Set(misfits.map(({ layer }) => layer))], ...whatToDo }];
}
