import { t } from "@vscode/l10n";
import { select } from "d3";
import { type Answer, type LayerReport, layerTitles, operationWords } from "../../src/model";
import { iconButton } from "../controls";
import { ICONS } from "../controls/icons";
import { familyOfRow } from "../draw/families";
import type { Subject } from "../draw/scene";
import { drawStretching, stretchingOf } from "../draw/stretch";
import { copyButton } from "./copy";
import { element } from "./dom";
import { layerFacts } from "./facts";
import { numberFacts } from "./number-facts";
import { overview } from "./overview";
import { type PictureBook, pictureSection } from "./pictures";
import { factList } from "./tooltip";

export interface Detail {
  element: HTMLElement;
  show(subject: Subject, layerId: string | null, answers: readonly Answer[]): void;
}

/** The pane beside the graph (below it where it is narrow): the selected layer, then the answers. */
export function makeDetail(onFollow: (layerId: string) => void, book: PictureBook): Detail {
  const body = element("div", { class: "ls-detail-body", tabindex: 0, role: "region", "aria-label": t("Details") });
  const bar = element("span", { class: "ls-sheet-title" });
  const pane = element("aside", { class: "ls-detail", "aria-label": t("Layer and answers") });
  const turn = () => fold.setAttribute("aria-expanded", String(pane.toggleAttribute("data-open")));
  const fold = iconButton({ label: t("Show or hide details"), path: ICONS.previous, onPress: turn });
  fold.setAttribute("aria-expanded", "false");
  fold.classList.add("ls-fold");
  const head = element("div", { class: "ls-sheet" }, bar, fold);
  bar.addEventListener("click", turn);
  pane.append(head, body);
  return {
    element: pane,
    show(subject, layerId, answers) {
      const row = subject.graph.rows.get(layerId ?? "");
      bar.textContent = row?.id ?? answers[0]?.title ?? t("Details");
      body.replaceChildren(
        ...(row ? layerSection(subject, row.id, onFollow, book) : []),
        ...answers.map(answerSection),
        ...(row ? [] : overview(subject, onFollow)),
      );
      body.scrollTop = 0;
    },
  };
}

function layerSection(subject: Subject, id: string, onFollow: (layerId: string) => void, book: PictureBook): HTMLElement[] {
  const row = subject.graph.rows.get(id);
  if (row === undefined) return [];
  const family = familyOfRow(row);
  const title = element("h2", {}, row.id);
  const className = element("span", { class: `ls-class family-${family}` }, operationWords(row.className, row.operation));
  className.style.color = `var(--ls-${family})`;
  const titleOf = layerTitles(subject.report);
  const links = (label: string, ids: readonly string[]) =>
    ids.length === 0
      ? null
      : element("p", { class: "ls-links" }, element("span", {}, label), ...ids.map((one) => layerLink(one, titleOf(one), onFollow)));
  const sources = subject.graph.edges.filter((edge) => edge.to === id).map((edge) => edge.from);
  const targets = subject.graph.edges.filter((edge) => edge.from === id).map((edge) => edge.to);
  const cause = subject.report.failure?.layer === id ? subject.report.failure.cause : null;
  const sections = [
    element("header", { class: "ls-detail-title" }, title, className),
    factList([...layerFacts(row, subject.report), ...numberFacts(row, subject.report)]),
    pictureRoom(row, book),
    stretchPicture(subject, id),
    links(t("cause"), cause === null ? [] : [cause]),
    links(t("inputs"), [...new Set(sources)]),
    links(t("outputs"), [...new Set(targets)]),
  ];
  return sections.filter((section) => section !== null);
}

/** Where the pictures of a layer will be; null where it has none. */
function pictureRoom(row: LayerReport, book: PictureBook): HTMLElement | null {
  if (!row.stats) return null;
  const room = element("div", { class: "ls-picture-room" });
  void book.of(row).then((pictures) => pictures && room.append(pictureSection(pictures)));
  return room;
}

/** By how many channels come of it. */
const HOW_ONE_BECOMES: { readonly [count: number]: () => string } = {
  2: () => t("How one channel becomes two"),
  3: () => t("How one channel becomes three"),
  4: () => t("How one channel becomes four"),
};

/** The picture of the layer's first broadcast that can be drawn. */
function stretchPicture(subject: Subject, id: string): HTMLElement | null {
  const broadcasts = subject.report.broadcasts.filter((one) => one.layer === id);
  const stretching = broadcasts.map(stretchingOf).find((one) => one !== null);
  if (!stretching) return null;
  const heading = HOW_ONE_BECOMES[stretching.values.length]?.() ?? "";
  const section = element("section", { class: "ls-answer" }, element("h3", {}, heading));
  drawStretching(select<HTMLElement, unknown>(section).append<SVGElement>("svg"), stretching);
  return section;
}

function layerLink(id: string, title: string, onFollow: (layerId: string) => void): HTMLElement {
  const link = element("button", { class: "ls-link", type: "button", title: title === id ? null : id }, title);
  link.addEventListener("click", () => onFollow(id));
  return link;
}

function answerSection({ title, text, ways = [] }: Answer): HTMLElement {
  const section = element(
    "section",
    { class: "ls-answer" },
    element("h3", {}, title),
    ...text.map((paragraph) => element("p", {}, paragraph)),
  );
  for (const { code } of ways) if (code !== null) section.append(codeBlock(code));
  return section;
}

function codeBlock(code: string): HTMLElement {
  const copy = copyButton(t("Copy"), () => code);
  copy.classList.add("ls-copy");
  return element("div", { class: "ls-code" }, element("pre", { tabindex: 0 }, element("code", {}, code)), copy);
}
