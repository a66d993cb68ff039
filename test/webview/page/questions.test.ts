import "vscode-jsonrpc/node"; // gives the library its timers outside a browser
import { parseHTML } from "linkedom";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { CancellationToken } from "vscode-jsonrpc";
import type { Answer, Question, QuestionId, Wish } from "../../../src/model";
import { makeQuestions } from "../../../webview/page/answers/questions";

// The toolkit wants a browser while it loads; its elements are plain ones here.
vi.mock("@vscode/webview-ui-toolkit", () => ({ provideVSCodeDesignSystem: vi.fn(), vsCodeButton: vi.fn(), vsCodeTextField: vi.fn() }));

const answer = (title: string, layers: string[] = []): Answer => ({
  title,
  text: [],
  table: { head: ["layer"], numbers: [], rows: layers.map((layer) => ({ cells: [layer], layer })) },
});
const question = (id: QuestionId, isUrgent = false): Question => ({ id, title: `${id}?`, isUrgent });

/** Questions whose answers come when a test says so. */
function start() {
  const asked: { id: QuestionId; wish: Wish; token: CancellationToken; resolve(answers: Answer[]): void; reject(error: Error): void }[] =
    [];
  const pointed: string[][] = [];
  const questions = makeQuestions(
    {
      ask: (id, wish, token) => new Promise((resolve, reject) => asked.push({ id, wish, token, resolve, reject })),
      render: ({ title }) => Object.assign(document.createElement("p"), { textContent: title }),
    },
    (ids) => pointed.push([...ids]),
  );
  const page = document.createElement("div");
  page.append(...questions.elements);
  const at = (id: QuestionId) => page.querySelector(`[data-question="${id}"]`);
  return {
    questions,
    asked,
    pointed: () => pointed.at(-1),
    press: (id: QuestionId) => at(id)?.querySelector("button")?.click(),
    text: (id: QuestionId) => at(id)?.querySelector(".ls-question-answers")?.textContent,
    isOpen: (id: QuestionId) => at(id)?.querySelector("button")?.getAttribute("aria-expanded"),
    ids: () => [...page.querySelectorAll<HTMLElement>("[data-question]")].map((node) => node.dataset["question"]),
  };
}
const settle = () => vi.advanceTimersByTimeAsync(1000);

describe("makeQuestions", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("document", parseHTML("<html><body></body></html>").document);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test("asks what is urgent at once, and the others when they are opened", async () => {
    const { questions, asked, press, text, isOpen } = start();
    questions.show([question("declare", true), question("sizes")]);
    await settle();
    expect(asked.map(({ id }) => id)).toEqual(["declare"]);
    expect([isOpen("declare"), isOpen("sizes")]).toEqual(["true", "false"]);
    press("sizes");
    await settle();
    expect(text("sizes")).toBe("…");
    asked[1]?.resolve([answer("from 32 on")]);
    await settle();
    expect(text("sizes")).toBe("from 32 on");
  });

  test("another probe asks again what is open, and drops what comes late", async () => {
    const { questions, asked, press, text } = start();
    questions.show([question("sizes"), question("top")]);
    press("sizes");
    await settle();
    questions.show([question("sizes"), question("top")]);
    expect(asked[0]?.token.isCancellationRequested).toBe(true);
    await settle();
    expect(asked.map(({ id }) => id)).toEqual(["sizes", "sizes"]);
    asked[1]?.resolve([answer("new")]);
    await settle();
    asked[0]?.resolve([answer("old")]);
    await settle();
    expect(text("sizes")).toBe("new");
  });

  test("what a person closed stays closed, urgent or not; another model forgets it", async () => {
    const { questions, press, isOpen } = start();
    questions.show([question("declare", true)]);
    press("declare");
    questions.show([question("declare", true)]);
    expect(isOpen("declare")).toBe("false");
    questions.forget();
    questions.show([question("declare", true)]);
    expect(isOpen("declare")).toBe("true");
  });

  test("points out the layers of open comparisons only", async () => {
    const { questions, asked, press, pointed } = start();
    questions.show([question("declare", true), question("colour")]);
    press("colour");
    await settle();
    for (const one of asked) one.resolve([answer(one.id, [`layer of ${one.id}`])]);
    await settle();
    expect(pointed()).toEqual(["layer of colour"]);
    press("colour");
    expect(pointed()).toEqual([]);
  });

  test("an error is one sentence, and questions that are no longer put go", async () => {
    const { questions, asked, press, text, ids } = start();
    questions.show([question("sizes"), question("top")]);
    press("top");
    await settle();
    asked[0]?.reject(new Error("No top here."));
    await settle();
    expect(text("top")).toBe("No top here.");
    questions.show([question("sizes")]);
    expect(ids()).toEqual(["sizes"]);
  });
});
