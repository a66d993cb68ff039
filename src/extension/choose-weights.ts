import { t } from "@vscode/l10n";
import { window } from "vscode";
import { isCancelled } from "../helper/failure";
import { progressWords, UserError } from "../model";
import type { Inspection } from "./inspection";
import { withPatience } from "./patience";

const EXTENSIONS = ["h5", "hdf5", "keras"];

/** Asks for a file with weights and takes them for a model; false where a person goes away. @throws UserError where they do not fit */
export async function chooseWeights(inspection: Inspection): Promise<boolean> {
  const title = t("Take the weights of another file");
  const [uri] = (await window.showOpenDialog({ title, openLabel: t("Take Weights"), filters: { [t("Weights")]: EXTENSIONS } })) ?? [];
  if (!uri) return false;
  if (uri.scheme !== "file") throw new UserError(t("Weights are read from files of this machine: copy the file there first."));
  try {
    await withPatience(t("reading weights"), (token, tell) =>
      inspection.useWeights(uri.fsPath, { token, tell, onProgress: (how) => tell(progressWords(how)) }),
    );
    return true;
  } catch (error) {
    if (isCancelled(error)) return false;
    throw error;
  }
}
