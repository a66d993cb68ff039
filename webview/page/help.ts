import { iconButton } from "../controls";
import { ICONS } from "../controls/icons";
import { element } from "./dom";

/** All keys of the view; the same rows are the help. */
export const KEYS: readonly [string, string][] = [
  ["↑ ↓", "to the layer before or after, along the edges"],
  ["← →", "into a group, out of it, or to the branch beside"],
  ["Enter Space", "open or close a group, select a layer"],
  ["/", "search"],
  ["o", "open all groups"],
  ["c", "close all groups"],
  ["+ −", "zoom"],
  ["0", "fit: the whole graph, or its width where it is very tall"],
  ["1", "full size, from the top"],
  ["Esc", "leave search, hide the tooltip"],
  ["?", "this help"],
  ["wheel drag", "move; with Ctrl the wheel zooms"],
];

/** A dialog that lists the keys. */
export function makeHelp(): HTMLDialogElement {
  const rows = KEYS.flatMap(([keys, what]) => [
    element("dt", {}, ...keys.split(/ /).map((key) => element("kbd", {}, key))),
    element("dd", {}, what),
  ]);
  const dialog = element("dialog", { class: "ls-help", "aria-label": "Keys" });
  const close = iconButton({ label: "Close help", path: ICONS.close, onPress: () => dialog.close() });
  dialog.append(element("header", {}, element("h2", {}, "Keys"), close), element("dl", {}, ...rows));
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  return dialog;
}
