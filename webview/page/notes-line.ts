import { t } from "@vscode/l10n";
import { publicReport, type Report } from "../../src/model";
import { copyButton } from "./copy";
import { element } from "./dom";
import { mayLackWeights, type Note, notesOf } from "./notes";

export interface NotesEvents {
  /** With the layer that a note is about. */
  onFollow(layerId: string): void;
  /** A person wants to say which file has the weights. */
  onWeights(): void;
}

/** The line of notes. */
export function makeNotes({ onFollow, onWeights }: NotesEvents): { element: HTMLElement; show(report: Report): void } {
  const weights = element(
    "button",
    { type: "button", class: "ls-link ls-weights", title: t("Take the weights of another file") },
    t("Weights…"),
  );
  weights.addEventListener("click", onWeights);
  const line = element("div", { class: "ls-notes", role: "status" });
  return {
    element: line,
    show(report) {
      const notes = notesOf(report).map((note) => noteElement(note, report, onFollow));
      line.replaceChildren(...notes, ...(mayLackWeights(report) ? [weights] : []));
    },
  };
}

function noteElement({ tone, text, hint, layer, isFault }: Note, report: Report, onFollow: (layerId: string) => void): HTMLElement {
  const words = layer === undefined ? element("span", {}, text) : element("button", { type: "button", class: "ls-link" }, text);
  if (layer !== undefined) words.addEventListener("click", () => onFollow(layer));
  const copy = isFault ? copyButton(t("Copy report"), () => publicReport(report)) : null;
  return element("p", { class: `ls-note ${tone}`, title: hint ?? null }, words, copy);
}
