import { t } from "@vscode/l10n";
import { Uri, window, workspace } from "vscode";
import { isCancelled } from "../../helper/failure";
import { type Answer, answersMarkdown } from "../../model";
import type { Asking, Inspection } from "../inspection";
import { refTitle } from "../model-ref";
import type { Parts } from "../parts";
import { withPatience } from "../patience";
import { reportInFront } from "./graph";

/** `Layerscope: Export Answers as Markdown…`: what the probe says by itself, then the answers to all that may be asked. */
export async function exportAnswers(parts: Parts): Promise<void> {
  const shown = reportInFront(parts);
  if (!shown) return;
  const { inspection, state } = shown;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const name = `${refTitle(inspection.ref).replace(/\W+/g, "-")}.md`;
  const target = await window.showSaveDialog({ filters: { Markdown: ["md"] }, ...(folder && { defaultUri: Uri.joinPath(folder, name) }) });
  if (!target) return;
  try {
    const answers = await withPatience(t("answering"), (token) => allAnswers(inspection, { token }));
    const blocks = answersMarkdown(state.reply.report, state.reply.headline, answers);
    await workspace.fs.writeFile(target, new TextEncoder().encode(`${blocks.join("\n\n")}\n`));
    window.setStatusBarMessage(`Layerscope: ${t("{0} is written.", target.path.split("/").at(-1) ?? "")}`, 4_000);
  } catch (error) {
    if (!isCancelled(error)) parts.context.complain(error);
  }
}

/** A question that needs a second model is left out: nobody has named one. */
async function allAnswers(inspection: Inspection, asking: Asking): Promise<Answer[]> {
  if (inspection.state.kind !== "model") return [];
  const { answers, questions } = inspection.state.reply;
  const all = [...answers];
  for (const { id } of questions) if (id !== "other") all.push(...(await inspection.ask(id, {}, asking)));
  return all;
}
