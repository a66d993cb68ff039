import { t } from "@vscode/l10n";
import type { AskedProbe } from "../../../src/model";
import { element } from "../dom";

/** What an answer can do to the rest of the page. */
export interface AnswerEvents {
  onFollow(layerId: string): void;
  /** Sends this probe, with its edit. */
  onShow(probe: AskedProbe): void;
}

/** How an answer stands in the page. */
export interface AnswerPlace extends AnswerEvents {
  /** Level of its heading. */
  level: 3 | 4;
  /** The title that stands above it, which it does not repeat. */
  above?: string;
  /** What a layer is called; null where the graph does not show it. */
  nameOf(layerId: string): string | null;
  /** Whether the graph shows what comes of this probe's edit already. */
  isShown(probe: AskedProbe): boolean;
}

/** A button that brings a layer into sight; null where the graph does not show it. */
export function layerLink(id: string, { nameOf, onFollow }: Pick<AnswerPlace, "nameOf" | "onFollow">): HTMLElement | null {
  const name = nameOf(id);
  if (name === null) return null;
  const link = element("button", { class: "ls-link", type: "button", title: name === id ? null : id }, name);
  link.addEventListener("click", () => onFollow(id));
  return link;
}

/** In place of the button. */
export const shownMark = (): HTMLElement => element("span", { class: "ls-shown" }, t("shown"));
