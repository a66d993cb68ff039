import { t } from "@vscode/l10n";
import { env, window } from "vscode";
import { formatShape, isObject, publicReport } from "../../model";
import type { Inspection } from "../inspection";
import { asModelRef } from "../model-ref";
import { inFront, type Parts } from "../parts";
import { refOf, type TreeNode } from "../tree/model-tree";
import { open } from "./inspect";

/** The inspection in front and its report, or a word to the user that there is none. */
export function reportInFront(parts: Parts) {
  const inspection = inFront(parts);
  if (inspection?.state.kind === "model") return { inspection, state: inspection.state };
  void window.showInformationMessage(t("No model is open: run “Layerscope: Inspect Model…” first."));
  return null;
}

/** `Layerscope: Copy Report as JSON`. */
export async function copyReport(parts: Parts): Promise<void> {
  const shown = reportInFront(parts);
  if (!shown) return;
  await env.clipboard.writeText(publicReport(shown.state.reply.report));
  window.setStatusBarMessage(`Layerscope: ${t("the report is in the clipboard.")}`, 4_000);
}

/** `Layerscope: Go to Layer…`; a hover passes the layer. */
export async function revealLayer(parts: Parts, wanted?: unknown): Promise<void> {
  const shown = reportInFront(parts);
  if (!shown) return;
  const layer =
    isObject(wanted) && typeof wanted["layer"] === "string" ? wanted["layer"] : await pickLayer(shown.state.reply.report.layers);
  if (layer === undefined) return;
  viewOf(parts, shown.inspection).reveal(layer);
}

async function pickLayer(layers: readonly { id: string; className: string; output: number[][] | null }[]): Promise<string | undefined> {
  const items = layers.map(({ id, className, output }) => ({
    label: id,
    description: [className, ...(output ?? []).map(formatShape)].join(" · "),
  }));
  const item = await window.showQuickPick(items, { title: `Layerscope: ${t("Go to Layer")}`, matchOnDescription: true });
  return item?.label;
}

/** A view that shows the inspection, brought to the front; a new tab where none does. */
export function viewOf(parts: Parts, inspection: Inspection) {
  const tab = parts.panels.of(inspection) ?? parts.editors.of(inspection);
  if (tab) tab.panel.reveal();
  return tab?.connection ?? parts.docked.connectionOf(inspection) ?? parts.panels.show(inspection).connection;
}

/** `Layerscope: Open in Side Panel`: the graph in front, docked. */
export async function openInSidePanel(parts: Parts): Promise<void> {
  const inspection = inFront(parts);
  if (inspection) await parts.docked.show(inspection);
}

/** A row of the tree was clicked: its graph, docked. */
export async function showDocked(parts: Parts, wanted: unknown): Promise<void> {
  const ref = asModelRef(wanted);
  if (!ref) return;
  const inspection = parts.context.inspection(ref);
  await parts.docked.show(inspection);
  await parts.context.start(inspection);
}

/** `Open in Editor`: of a row of the tree, or of the docked graph. */
export async function openInEditor(parts: Parts, node?: unknown): Promise<void> {
  const ref = isNode(node) ? refOf(node) : null;
  if (ref) return open(parts, ref);
  const current = parts.context.current;
  if (current) parts.panels.show(current);
}

/** Menus of the tree pass its rows; menus of views pass something else, or nothing. */
function isNode(passed: unknown): passed is TreeNode {
  return isObject(passed) && typeof passed["kind"] === "string";
}
