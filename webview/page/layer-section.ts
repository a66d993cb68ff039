import { t } from "@vscode/l10n";
import { select } from "d3";
import { type LayerReport, layerTitles, operationWords } from "../../src/model";
import { textButton } from "../controls";
import { familyOfRow } from "../draw/families";
import type { Subject } from "../draw/scene";
import { drawStretching, stretchingOf } from "../draw/stretch";
import { layerLink } from "./answers/place";
import { element } from "./dom";
import { layerFacts } from "./facts";
import { numberFacts } from "./number-facts";
import { type PictureBook, pictureSection } from "./pictures";
import { factList } from "./tooltip";

export interface LayerEvents {
  onFollow(layerId: string): void;
  /** Ends the model at this layer. */
  onCut(layerId: string): void;
}

/** What is known of a layer: facts, pictures, neighbours, and where the model may be cut. */
export function layerSection(subject: Subject, id: string, events: LayerEvents, book: PictureBook): HTMLElement[] {
  const { onFollow, onCut } = events;
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
      : element(
          "p",
          { class: "ls-links" },
          element("span", {}, label),
          ...ids.flatMap((one) => layerLink(one, { nameOf: titleOf, onFollow }) ?? []),
        );
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
    canCut(subject, row, targets.length) ? cutButton(row, onCut) : null,
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

/** Where there is something behind a layer of the model itself that could be cut off. */
function canCut({ report, appended }: Subject, { id, className, output }: LayerReport, targets: number): boolean {
  const isInside = report.layers.some((row) => row.nested && id.startsWith(`${row.id}/`));
  return targets > 0 && className !== "InputLayer" && output !== null && !isInside && !appended.has(id);
}

function cutButton({ id }: LayerReport, onCut: (layerId: string) => void): HTMLElement {
  const button = textButton({ label: t("Cut the model here"), onPress: () => onCut(id) });
  button.title = t("Shows the model that ends at {0}", id);
  button.classList.add("ls-small");
  return element("div", {}, button);
}
