import { t } from "@vscode/l10n";
import { FileType, Uri, workspace } from "vscode";
import { isObject, type Probe, progressWords } from "../../model";
import { probeFor, suggestedProbe } from "../inspection";
import { SAVED_MODEL } from "../model-files";
import type { ModelRef } from "../model-ref";
import type { Parts } from "../parts";
import { withPatience } from "../patience";
import { isSizes } from "../recents";
import { askProbe } from "./ask-probe";
import { pickModel } from "./pick-model";

/** `Layerscope: Inspect Model…`: which model, which probe, then its graph in a tab. */
export async function inspect(parts: Parts): Promise<void> {
  const ref = await pickModel(parts.context);
  if (!ref) return;
  const inspection = parts.context.inspection(ref);
  let isCancelled = false;
  const model = await withPatience(t("opening the model"), (token, tell) => {
    token.onCancellationRequested(() => {
      isCancelled = true;
    });
    return inspection.load({ token, tell });
  });
  if (isCancelled) return inspection.dispose();
  // A file that cannot be opened says why where its graph would be.
  if (!model) return void parts.panels.show(inspection);
  const probe = await askProbe(model, probeFor(model, parts.context.recents.probeOf(ref), parts.context.engine));
  if (!probe) return inspection.dispose();
  parts.panels.show(inspection);
  await withPatience(t("running the probe"), (token, tell) =>
    inspection.runFirst(probe, { token, onProgress: (how) => tell(progressWords(how)) }),
  );
}

/** Opens a model in a tab without asking: with `probe`, the one it was last left with, or the suggested one. */
export async function open(parts: Parts, ref: ModelRef, probe?: Probe): Promise<void> {
  const inspection = parts.context.inspection(ref);
  parts.panels.show(inspection);
  await parts.context.start(inspection, probe);
}

/** `Layerscope: Inspect Model` of the explorer's menu. */
export async function inspectFile(parts: Parts, file: unknown): Promise<void> {
  if (!(file instanceof Uri)) return inspect(parts);
  const isFolder = (await workspace.fs.stat(file)).type & FileType.Directory;
  const uri = isFolder ? Uri.joinPath(file, SAVED_MODEL) : file;
  await open(parts, { kind: "file", uri: uri.toString() });
}

/** From a hover: a zoo name, and the shape that the call declares (without batch). */
export async function inspectSpec(parts: Parts, asked: unknown): Promise<void> {
  if (!isObject(asked) || typeof asked["spec"] !== "string") return;
  const inspection = parts.context.inspection({ kind: "zoo", spec: asked["spec"] });
  parts.panels.show(inspection);
  const model = await withPatience(t("opening the model"), (token, tell) => inspection.load({ token, tell }));
  const [input] = model?.inputs ?? [];
  if (!model || !input) return;
  const suggested = suggestedProbe(model, parts.context.engine);
  const shape = asked["shape"];
  const probe = isSizes(shape) ? { ...suggested, inputs: { [input.name]: [1, ...shape] } } : suggested;
  await inspection.runFirst(probe);
}
