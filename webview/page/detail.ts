import { t } from "@vscode/l10n";
import { select } from "d3";
import type { ProbeReply } from "../../src/helper/protocol";
import {
  type Answer,
  type AskedProbe,
  type LayerReport,
  layerTitles,
  operationWords,
  type QuestionId,
  sameEdit,
  type Wish,
} from "../../src/model";
import { textButton } from "../controls";
import { familyOfRow } from "../draw/families";
import type { Subject } from "../draw/scene";
import { drawStretching, stretchingOf } from "../draw/stretch";
import { type AnswerEvents, answerSection, layerLink } from "./answers/answer";
import { replaceInPlace } from "./answers/in-place";
import type { QuestionEvents } from "./answers/question";
import { makeQuestions } from "./answers/questions";
import { element } from "./dom";
import { layerFacts } from "./facts";
import { numberFacts } from "./number-facts";
import { overview, probeFacts } from "./overview";
import { type PictureBook, pictureSection } from "./pictures";
import { makeSheet } from "./sheet";
import { factList } from "./tooltip";

export interface Detail {
  element: HTMLElement;
  /** Shows the layer, or where none is selected the probe, and what the reply says. Where one reads is kept as long as the layer is. */
  show(subject: Subject, layerId: string | null, reply: ProbeReply): void;
  /** Opens a question and brings it into sight. */
  openQuestion(id: QuestionId, wish: Wish): void;
  /** Another model. */
  forget(): void;
}

export interface DetailEvents extends AnswerEvents, Pick<QuestionEvents, "ask"> {
  /** Ends the model at this layer. */
  onCut(layerId: string): void;
  /** Points layers out in the graph. */
  onPoint(layerIds: ReadonlySet<string>): void;
}

/** The pane beside the graph (below it where it is narrow): the selected layer, the answers, and what else may be asked. */
export function makeDetail(events: DetailEvents, book: PictureBook): Detail {
  const { onFollow, onCut } = events;
  const head = element("div", { class: "ls-detail-part" });
  const answers = element("div", { class: "ls-detail-part" });
  const foot = element("div", { class: "ls-detail-part" });
  const body = element("div", { class: "ls-detail-body", tabindex: 0, role: "region", "aria-label": t("Details") });
  const sheet = makeSheet(body);
  let shown: { layerId: string | null; reply: ProbeReply; subject: Subject } | null = null;
  const nameOf = (id: string) => (shown?.subject.graph.rows.has(id) ? layerTitles(shown.subject.report)(id) : null);
  const isShown = ({ edit }: AskedProbe) => edit !== undefined && sameEdit(shown?.reply.report.probe.edit, edit);
  const place = { ...events, nameOf, isShown };
  const render = (answer: Answer, question: string) => answerSection(answer, { ...place, level: 4, above: question });
  const questions = makeQuestions({ ask: events.ask, render }, events.onPoint);
  body.append(head, answers, ...questions.elements, foot);
  return {
    element: sheet.element,
    show(subject, layerId, reply) {
      const before = shown;
      const stay = keepInPlace(body);
      shown = { layerId, reply, subject };
      const row = subject.graph.rows.get(layerId ?? "");
      sheet.say(row?.id ?? reply.answers[0]?.title ?? t("Details"));
      head.replaceChildren(...(row ? layerSection(subject, row.id, { onFollow, onCut }, book) : probeFacts(subject)));
      foot.replaceChildren(...(row ? [] : overview(subject, onFollow)));
      if (before?.layerId !== layerId) body.scrollTop = 0;
      if (before?.reply === reply) return;
      replaceInPlace(
        answers,
        reply.answers.map((answer) => answerSection(answer, { ...place, level: 3 })),
      );
      questions.show(reply.questions);
      stay();
    },
    openQuestion(id, wish) {
      sheet.open();
      questions.open(id, wish);
    },
    forget() {
      questions.forget();
      body.scrollTop = 0;
    },
  };
}

/** Whoever is in a question stays there, although what stands above it becomes longer or shorter. */
function keepInPlace(body: HTMLElement): () => void {
  const active = document.activeElement;
  const at = active && body.contains(active) ? active.closest<HTMLElement>(".ls-question") : null;
  const top = at?.getBoundingClientRect().top ?? 0;
  return () => {
    if (at?.isConnected) body.scrollTop += at.getBoundingClientRect().top - top;
  };
}

function layerSection(subject: Subject, id: string, events: Pick<DetailEvents, "onFollow" | "onCut">, book: PictureBook): HTMLElement[] {
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
    cutButton(row, targets.length, onCut),
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

/** Where there is something behind a layer that could be cut off. */
function cutButton({ id, className, output }: LayerReport, targets: number, onCut: (layerId: string) => void): HTMLElement | null {
  if (targets === 0 || className === "InputLayer" || output === null) return null;
  const button = textButton({ label: t("Cut the model here"), onPress: () => onCut(id) });
  button.title = t("Shows the model that ends at {0}", id);
  button.classList.add("ls-small");
  return element("div", {}, button);
}
