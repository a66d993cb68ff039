import { t } from "@vscode/l10n";
import { window } from "vscode";
import { chooseWeights } from "../choose-weights";
import { inFront, type Parts } from "../parts";

/** `Layerscope: Choose Weights…`: for the model in front. */
export async function askWeights(parts: Parts): Promise<void> {
  const inspection = inFront(parts);
  if (!inspection?.model) {
    void window.showInformationMessage(t("No model is open: run “Layerscope: Inspect Model…” first."));
    return;
  }
  try {
    await chooseWeights(inspection);
  } catch (error) {
    parts.context.complain(error);
  }
}
