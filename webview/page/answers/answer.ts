import { t } from "@vscode/l10n";
import { type Answer, formatShape, type Way } from "../../../src/model";
import { textButton } from "../../controls";
import { copyButton } from "../copy";
import { element } from "../dom";
import { type AnswerPlace, layerLink, shownMark } from "./place";
import { answerTable } from "./table";

/** Links to the layers that an answer is about, at most. */
const MOST_LINKS = 6;

/** An answer: its words, the layers that they are about, its table, and what can be done. */
export function answerSection(answer: Answer, place: AnswerPlace): HTMLElement {
  const { title, text, table, ways = [], layers = [] } = answer;
  const links = layers.slice(0, MOST_LINKS).flatMap((id) => layerLink(id, place) ?? []);
  return element(
    "section",
    { class: "ls-answer" },
    title === place.above ? null : element(`h${place.level}`, {}, title),
    ...text.map((paragraph) => element("p", {}, paragraph)),
    links.length > 0 ? element("p", { class: "ls-links" }, element("span", {}, t("in the graph")), ...links) : null,
    table ? answerTable(title, table, place) : null,
    ...ways.map((way) => waySection(way, ways.length > 1, place)),
  );
}

/** One of several ways keeps its code folded, so that they can be weighed side by side. */
function waySection({ title, text, code, gives, probe }: Way, isOneOfMany: boolean, { onShow, isShown }: AnswerPlace): HTMLElement {
  const head = element("div", { class: "ls-way-head" }, element("strong", {}, title));
  if (gives) head.append(element("span", { class: "ls-gives" }, givesWords(gives)));
  if (probe) head.append(isShown(probe) ? shownMark() : showButton(title, () => onShow(probe)));
  return element(
    "div",
    { class: "ls-way" },
    head,
    text === undefined ? null : element("p", {}, text),
    code === null ? null : isOneOfMany ? foldedCode(title, code) : codeBlock(code),
  );
}

function givesWords({ output, parameters }: NonNullable<Way["gives"]>): string {
  const shape = formatShape(output);
  return parameters === undefined ? `→ ${shape}` : t("→ {0} · {1} parameters", shape, parameters.toLocaleString("en-US"));
}

/** `what` tells those who hear the button apart from its like. */
function showButton(what: string, onPress: () => void): HTMLElement {
  const label = t("Show in graph");
  const button = textButton({ label, onPress });
  button.setAttribute("aria-label", `${label}: ${what}`);
  button.classList.add("ls-small");
  return button;
}

function foldedCode(title: string, code: string): HTMLElement {
  const fold = element("details", { class: "ls-fold-code", "data-key": title }, element("summary", {}, t("Keras code")));
  fold.append(codeBlock(code));
  return fold;
}

function codeBlock(code: string): HTMLElement {
  const copy = copyButton(t("Copy"), () => code);
  copy.classList.add("ls-copy", "ls-small");
  return element("div", { class: "ls-code" }, element("pre", { tabindex: 0 }, element("code", {}, code)), copy);
}
