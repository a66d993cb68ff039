import { t } from "@vscode/l10n";
import { window } from "vscode";
import { isCancelled } from "../../helper/failure";
import { progressWords } from "../../model";
import { probeFor } from "../inspection";
import { inFront, type Parts } from "../parts";
import { withPatience } from "../patience";
import { askProbe } from "./ask-probe";

/** `Layerscope: Probe with…`: sends another tensor through the model in front. */
export async function probeWith(parts: Parts): Promise<void> {
  const inspection = inFront(parts);
  if (!inspection?.model) {
    void window.showInformationMessage(t("No model is open: run “Layerscope: Inspect Model…” first."));
    return;
  }
  const probe = await askProbe(inspection.model, probeFor(inspection.model, inspection.probe, parts.context.engine));
  if (!probe) return;
  try {
    await withPatience(t("running the probe"), (token, tell) =>
      inspection.runProbe(probe, { token, onProgress: (how) => tell(progressWords(how)) }),
    );
  } catch (error) {
    if (!isCancelled(error)) parts.context.complain(error);
  }
}
