import { t } from "@vscode/l10n";
import { type CancellationToken, CancellationTokenSource } from "vscode-jsonrpc";
import type { Answer, Question, QuestionId, Wish } from "../../../src/model";
import { element } from "../dom";
import { replaceInPlace } from "./in-place";
import { wishField } from "./wishes";

export interface QuestionEvents {
  ask(id: QuestionId, wish: Wish, token: CancellationToken): Promise<Answer[]>;
  /** An answer as it stands below a question of that title. */
  render(answer: Answer, question: string): HTMLElement;
  /** What is answered, or open, has changed. */
  onChange(): void;
}

/** A question that opens to its answers. */
export interface QuestionItem {
  element: HTMLElement;
  /** What it is answered with and shows; none while it is closed. */
  shown(): readonly Answer[];
  /** Another probe: an open question is asked again, after a pause in milliseconds, as more probes may follow. */
  renew(question: Question, pause: number): void;
  /** `wish`: what a person has added to it elsewhere. */
  open(wish: Wish): void;
  /** Nobody wants the answer any more. */
  cancel(): void;
}

let count = 0;

/** Open is what is urgent, until a person says otherwise; the answer is asked for when the question is opened. */
export function questionItem({ id, title, isUrgent }: Question, { ask, render, onChange }: QuestionEvents): QuestionItem {
  const panelId = `ls-question-${count++}`;
  const button = element("button", { class: "ls-question-title", type: "button", "aria-controls": panelId }, title);
  const answers = element("div", { class: "ls-question-answers" });
  const wishes = wishField(id, () => void load());
  const panel = element("div", { class: "ls-question-panel", id: panelId }, wishes?.element ?? null, answers);
  let answered: readonly Answer[] = [];
  let asking: CancellationTokenSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOpen = isUrgent;
  let isChosen = false;

  const cancel = () => {
    clearTimeout(timer);
    asking?.cancel();
    asking = null;
    answers.removeAttribute("aria-busy");
  };
  const load = async () => {
    cancel();
    const wish = wishes ? wishes.wish() : {};
    if (wish === null) return;
    const source = new CancellationTokenSource();
    asking = source;
    answers.setAttribute("aria-busy", "true");
    if (answered.length === 0) answers.replaceChildren(element("p", { class: "ls-quiet" }, "…"));
    const show = (found: readonly Answer[], nodes: HTMLElement[]) => {
      if (asking !== source) return;
      cancel();
      answered = found;
      replaceInPlace(answers, nodes);
      onChange();
    };
    try {
      const found = await ask(id, wish, source.token);
      show(
        found,
        found.length > 0
          ? found.map((answer) => render(answer, button.textContent ?? ""))
          : [element("p", { class: "ls-quiet" }, t("There is nothing to say about it."))],
      );
    } catch (error) {
      show([], [element("p", { class: "ls-error" }, (error as Error).message)]);
    }
  };
  const turn = (to: boolean, pause = 0) => {
    isOpen = to;
    button.setAttribute("aria-expanded", String(isOpen));
    panel.hidden = !isOpen;
    cancel();
    if (isOpen) timer = setTimeout(() => void load(), pause);
    onChange();
  };
  button.addEventListener("click", () => {
    isChosen = true;
    turn(!isOpen);
  });
  turn(isOpen);

  return {
    element: element("section", { class: "ls-question", "data-question": id }, element("h3", {}, button), panel),
    shown: () => (isOpen ? answered : []),
    renew(question, pause) {
      button.textContent = question.title;
      if (!isChosen) isOpen = question.isUrgent;
      if (!isOpen) answered = [];
      turn(isOpen, pause);
    },
    open(wish) {
      isChosen = true;
      const isNew = wishes?.fill(wish) ?? false;
      if (!isOpen || isNew) turn(true);
      button.scrollIntoView({ block: "start" });
      button.focus({ preventScroll: true });
    },
    cancel,
  };
}
