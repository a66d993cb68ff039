import { t } from "@vscode/l10n";
import { iconButton } from "../controls";
import { ICONS } from "../controls/icons";
import { element } from "./dom";

/** All keys of the view; the same rows are the help. */
export const KEYS: readonly [string, string][] = [
  ["↑ ↓", t("to the layer before or after, along the edges")],
  ["← →", t("into a group, out of it, or to the branch beside")],
  ["Enter Space", t("open or close a group, select a layer")],
  ["/", t("search")],
  ["o", t("open all groups")],
  ["c", t("close all groups")],
  ["+ −", t("zoom")],
  ["0", t("fit: the whole graph, or its width where it is very tall")],
  ["1", t("full size, from the top")],
  ["Esc", t("leave search, hide the tooltip")],
  ["?", t("this help")],
  [t("wheel drag"), t("move; with Ctrl the wheel zooms")],
];

/** A dialog that lists the keys. */
export function makeHelp(): HTMLDialogElement {
  const rows = KEYS.flatMap(([keys, what]) => [
    element("dt", {}, ...keys.split(/ /).map((key) => element("kbd", {}, key))),
    element("dd", {}, what),
  ]);
  const dialog = element("dialog", { class: "ls-help", "aria-label": t("Keys") });
  const close = iconButton({ label: t("Close help"), path: ICONS.close, onPress: () => dialog.close() });
  dialog.append(element("header", {}, element("h2", {}, t("Keys")), close), element("dl", {}, ...rows));
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  return dialog;
}
