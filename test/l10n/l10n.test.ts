import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import manifest from "../../package.json";
import { KEYS, placeholders, ROOT, SOURCES } from "./texts";

type Texts = Record<string, string>;
const read = (path: string): Texts => JSON.parse(readFileSync(join(ROOT, path), "utf8"));
const calls = SOURCES.flatMap((source) => source.calls);
const LANGUAGES = readdirSync(join(ROOT, "l10n")).map((file) => file.replace(/^bundle\.l10n\.|\.json$/g, ""));

/** The view loads these after its language, and the terminal knows its own first; all else may be loaded before. */
const LOADED_LATER = /^(webview\/(page|controls)|src\/cli)\//;

describe("texts for people", () => {
  test("there are some", () => expect(KEYS.size).toBeGreaterThan(200));

  test("are literals, so that they can be found; forms of what reports say are a table", () =>
    expect(calls.filter(({ text, place }) => text === null && !place.startsWith("src/model/said.ts"))).toEqual([]));

  test("are given the values that they speak of", () =>
    expect(calls.filter(({ text, values }) => text !== null && values !== null && values !== placeholders(text).length)).toEqual([]));

  test("are asked for when the language is known", () =>
    expect(calls.filter(({ isAtLoad, place }) => isAtLoad && !LOADED_LATER.test(place))).toEqual([]));
});

describe("what people read in VS Code, in the view and in answers", () => {
  /** Names that only the code compares, selectors, and comments in Python. Command lines and errors of the terminal stay English. */
  const FOR_PROGRAMS = new Set(["no top", "What the model gives", "# … for each sample; train this on its outputs.", "dense on positions"]);
  const SELECTORS = new Set(["input, textarea", "ls-in-browser ls-theme-…"]);

  test("is said through t", () => {
    const read = SOURCES.filter(({ path }) => /^(webview|src\/(answers|extension))\//.test(path) && path !== "webview/draw/style.ts");
    const bare = read.flatMap((source) => source.bare).filter(({ text }) => !FOR_PROGRAMS.has(text) && !SELECTORS.has(text));
    expect(bare).toEqual([]);
  });
});

describe.each(LANGUAGES)("%s", (language) => {
  const texts = read(`l10n/bundle.l10n.${language}.json`);

  test("has every text", () => expect([...KEYS].filter((key) => !(key in texts))).toEqual([]));

  test("has no text that nobody says", () => expect(Object.keys(texts).filter((key) => !KEYS.has(key))).toEqual([]));

  test("speaks of the same values", () =>
    expect(Object.entries(texts).filter(([key, text]) => String(placeholders(key)) !== String(placeholders(text)))).toEqual([]));

  test("has package.json's texts, and no others", () =>
    expect(Object.keys(read(`package.nls.${language}.json`)).sort()).toEqual(Object.keys(read("package.nls.json")).sort()));
});

test("package.json says what package.nls.json has, and all of it", () => {
  const named = [...JSON.stringify(manifest).matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key);
  expect([...new Set(named)].sort()).toEqual(Object.keys(read("package.nls.json")).sort());
});
