import { expect, test } from "vitest";
import { type Answer, answersMarkdown, escapedMarkdown, type Report } from "../../src/model";

const report = {
  model: { name: "a_b", producer: "keras 3.15.1" },
  probe: { inputs: { "x|y": [1, 8, 8, 1] }, mode: "feed", engine: "shapes" },
} as unknown as Report;

test("answers as paragraphs, tables and code", () => {
  const answer: Answer = {
    title: "Why *this*?",
    text: ["One.", "Two."],
    table: { head: ["Head", "Parameters"], numbers: [1], rows: [{ cells: ["a|b", "9"] }] },
    ways: [
      { title: "Repeat it", text: "no weight is lost", code: "x = y" },
      { title: "Leave it", code: null },
    ],
  };
  expect(answersMarkdown(report, { tone: "passed", text: "Accepted" }, [answer])).toEqual([
    "## a\\_b",
    "Probe: `x'y` 1×8×8×1 · mode feed · engine shapes · keras 3.15.1",
    "**Accepted**",
    "### Why \\*this\\*?",
    "One.",
    "Two.",
    "| Head | Parameters |\n| --- | ---: |\n| a\\|b | 9 |",
    "**Repeat it**: no weight is lost",
    "```python\nx = y\n```",
    "**Leave it**",
  ]);
});

test("a hostile name is only text", () => expect(escapedMarkdown("<img src=x>[a](b)\u202e")).toBe("\\<img src=x\\>\\[a\\](b)\ufffd"));
