import { t } from "@vscode/l10n";
import type { ProbeReply } from "../../src/helper/protocol";
import { type Answer, type AskedProbe, layerTitles, type QuestionId, sameEdit, type Wish } from "../../src/model";
import type { Subject } from "../draw/scene";
import { answerSection } from "./answers/answer";
import { replaceInPlace } from "./answers/in-place";
import type { AnswerEvents } from "./answers/place";
import type { QuestionEvents } from "./answers/question";
import { makeQuestions } from "./answers/questions";
import { element } from "./dom";
import { type LayerEvents, layerSection } from "./layer-section";
import { overview, probeFacts } from "./overview";
import type { PictureBook } from "./pictures";
import { makeSheet } from "./sheet";

export interface Detail {
  element: HTMLElement;
  /** Shows the layer, or where none is selected the probe, and what the reply says. Where one reads is kept as long as the layer is. */
  show(subject: Subject, layerId: string | null, reply: ProbeReply): void;
  /** Opens a question and brings it into sight. */
  openQuestion(id: QuestionId, wish: Wish): void;
  /** Another model. */
  forget(): void;
}

export interface DetailEvents extends AnswerEvents, LayerEvents, Pick<QuestionEvents, "ask"> {
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
