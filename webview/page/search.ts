import { t } from "@vscode/l10n";
import { iconButton, textField } from "../controls";
import { ICONS } from "../controls/icons";
import type { Subject } from "../draw/scene";
import { element } from "./dom";
import { findLayers } from "./find";

export interface Search {
  element: HTMLElement;
  focus(): void;
  /** Looks again, in another report. */
  refresh(): void;
}

/** The search field with the number of matches; Enter and Shift+Enter walk through them. */
export function makeSearch(options: {
  subject(): Subject | null;
  onMatches(ids: ReadonlySet<string>): void;
  onVisit(id: string): void;
  onLeave(): void;
}): Search {
  let matches: string[] = [];
  let at = -1;
  const box = element("div", { class: "ls-search", role: "search" });
  const count = element("span", { class: "ls-count", role: "status", "aria-live": "polite" });
  const say = () => {
    count.textContent =
      field.value.trim() === ""
        ? ""
        : matches.length === 0
          ? t("no match")
          : at < 0
            ? `${matches.length}`
            : t("{0} of {1}", at + 1, matches.length);
  };
  const look = () => {
    const subject = options.subject();
    matches = subject ? findLayers(subject, field.value) : [];
    at = -1;
    options.onMatches(new Set(matches));
    box.toggleAttribute("data-active", field.value.trim() !== "");
    say();
  };
  const walk = (by: 1 | -1) => {
    if (matches.length === 0) return;
    at = at < 0 ? (by === 1 ? 0 : matches.length - 1) : (at + by + matches.length) % matches.length;
    say();
    options.onVisit(matches[at] ?? "");
  };
  const field = textField({ label: t("Search layers"), placeholder: t("Search layers"), onInput: look });
  const previous = iconButton({ label: t("Previous match"), path: ICONS.previous, onPress: () => walk(-1) });
  const next = iconButton({ label: t("Next match"), path: ICONS.next, onPress: () => walk(1) });
  field.element.addEventListener("keydown", (event) => {
    if (event.key === "Enter") walk(event.shiftKey ? -1 : 1);
    if (event.key === "Escape") {
      field.value = "";
      look();
      options.onLeave();
    }
  });
  box.append(field.element, count, previous, next);
  return { element: box, focus: () => field.focus(), refresh: look };
}
