import { t } from "@vscode/l10n";
import { iconButton } from "../controls";
import { ICONS } from "../controls/icons";
import { element } from "./dom";

export interface Sheet {
  element: HTMLElement;
  /** What its bar says while it is folded. */
  say(title: string): void;
  open(): void;
}

/** The pane around `body`; where the page is narrow it folds into a bar below the graph. */
export function makeSheet(body: HTMLElement): Sheet {
  const bar = element("span", { class: "ls-sheet-title" });
  const pane = element("aside", { class: "ls-detail", "aria-label": t("Layer and answers") });
  const turn = (to = !pane.hasAttribute("data-open")) => fold.setAttribute("aria-expanded", String(pane.toggleAttribute("data-open", to)));
  const fold = iconButton({ label: t("Show or hide details"), path: ICONS.previous, onPress: () => turn() });
  fold.setAttribute("aria-expanded", "false");
  fold.classList.add("ls-fold");
  bar.addEventListener("click", () => turn());
  pane.append(element("div", { class: "ls-sheet" }, bar, fold), body);
  return {
    element: pane,
    say: (title) => {
      bar.textContent = title;
    },
    open: () => turn(true),
  };
}
