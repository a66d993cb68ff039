import { t } from "@vscode/l10n";
import type { Question, QuestionId, Wish } from "../../../src/model";
import { mayAnimate } from "../../theme/theme";
import { element } from "../dom";
import { type QuestionEvents, type QuestionItem, questionItem } from "./question";

/** Milliseconds after a probe until what is open is asked again: whoever types a size sends several. */
const PAUSE = 250;

/** Questions whose answers name layers that differ: those are pointed out in the graph. */
const COMPARING: readonly QuestionId[] = ["colour", "top", "other"];

export interface Questions {
  /** A bar that stays in sight at the lower edge of a scrolled pane, and the questions. */
  elements: HTMLElement[];
  /** Those of the newest probe. What is open stays open and is asked again. */
  show(questions: readonly Question[]): void;
  /** Opens one and brings it into sight, now or as soon as it is put. */
  open(id: QuestionId, wish: Wish): void;
  /** Another model: nothing is open any more. */
  forget(): void;
}

/** What else may be asked, each opening to its answers. `onPoint` gets the layers that open comparisons are about. */
export function makeQuestions(events: Omit<QuestionEvents, "onChange">, onPoint: (layerIds: ReadonlySet<string>) => void): Questions {
  const list = element("div", { class: "ls-questions" });
  const title = element("button", { type: "button" });
  const heading = element("div", { class: "ls-questions-head", hidden: true }, title);
  title.addEventListener("click", () => list.scrollIntoView({ block: "start", behavior: mayAnimate() ? "smooth" : "auto" }));
  let items = new Map<QuestionId, QuestionItem>();
  let wanted: { id: QuestionId; wish: Wish } | null = null;
  const point = () => {
    const answers = COMPARING.flatMap((id) => items.get(id)?.shown() ?? []);
    onPoint(new Set(answers.flatMap(({ table }) => table?.rows.flatMap(({ layer }) => layer ?? []) ?? [])));
  };
  const open = (id: QuestionId, wish: Wish) => {
    wanted = items.has(id) ? null : { id, wish };
    items.get(id)?.open(wish);
  };
  const forget = () => {
    wanted = null;
    for (const item of items.values()) item.cancel();
    items = new Map();
    list.replaceChildren();
  };
  return {
    elements: [heading, list],
    show(questions) {
      const before = [...items.keys()];
      const ids = questions.map(({ id }) => id);
      for (const [id, item] of items) if (!ids.includes(id)) item.cancel();
      for (const question of questions) items.get(question.id)?.renew(question, PAUSE);
      items = new Map(
        questions.map((question) => [question.id, items.get(question.id) ?? questionItem(question, { ...events, onChange: point })]),
      );
      heading.hidden = items.size === 0;
      title.textContent = items.size === 1 ? t("1 more question") : t("{0} more questions", items.size);
      // Moved nodes lose the focus, so nothing is moved without need.
      if (before.join() !== ids.join()) list.replaceChildren(...[...items.values()].map((item) => item.element));
      point();
      if (wanted !== null) open(wanted.id, wanted.wish);
    },
    open,
    forget,
  };
}
