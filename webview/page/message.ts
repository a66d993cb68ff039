import { t } from "@vscode/l10n";
import type { ViewState } from "../../src/helper/protocol";
import { element } from "./dom";

/** States without a graph. */
export type Quiet = Exclude<ViewState, { kind: "model" }>;

/** What is said in place of a graph. */
export function messageOf(state: Quiet): HTMLElement[] {
  if (state.kind === "empty") {
    return [
      element("h1", {}, t("No model yet")),
      element("p", {}, t("Run “Layerscope: Inspect Model…” or choose a model in the side panel.")),
    ];
  }
  if (state.kind === "loading") {
    return [element("div", { class: "ls-progress", role: "progressbar", "aria-label": state.title }), element("p", {}, state.title)];
  }
  return [element("h1", {}, state.title), element("p", { class: "ls-error" }, state.message)];
}
