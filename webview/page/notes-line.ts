import { publicReport, type Report } from "../../src/model";
import { copyButton } from "./copy";
import { element } from "./dom";
import { type Note, notesOf } from "./notes";

/** The line of notes. `onFollow` is called with the layer that a note is about. */
export function makeNotes(onFollow: (layerId: string) => void): { element: HTMLElement; show(report: Report): void } {
  const line = element("div", { class: "ls-notes", role: "status" });
  return {
    element: line,
    show(report) {
      line.replaceChildren(...notesOf(report).map((note) => noteElement(note, report, onFollow)));
    },
  };
}

function noteElement({ tone, text, hint, layer, isFault }: Note, report: Report, onFollow: (layerId: string) => void): HTMLElement {
  const words = layer === undefined ? element("span", {}, text) : element("button", { type: "button", class: "ls-link" }, text);
  if (layer !== undefined) words.addEventListener("click", () => onFollow(layer));
  const copy = isFault ? copyButton("Copy report", () => publicReport(report)) : null;
  return element("p", { class: `ls-note ${tone}`, title: hint ?? null }, words, copy);
}
