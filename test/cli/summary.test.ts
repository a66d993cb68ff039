import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { markdownText } from "../../src/cli/inspect/markdown";
import { broadcastText, rowsOf, shapeText } from "../../src/cli/inspect/rows";
import { summaryLines } from "../../src/cli/inspect/summary";
import { paperFor } from "../../src/cli/style";
import { from, grayBroadcast, layer, reply, report } from "./report";

const piped = paperFor({ isTTY: false }, {});
const terminal = (columns: number) => paperFor({ isTTY: true, columns }, { TERM: "xterm-256color" });
const text = (told: Parameters<typeof summaryLines>[0], paper = piped) => summaryLines(told, [], paper).join("\n");

test("a report reads like a summary with what happened beside it", () => {
  expect(text(reply())).toBe(
    `
Small  keras 2.9.0 · keras-h5
probe: input_1 8×8×1 (declared 8×8×3) · mode feed · engine shapes

Layer (class)                  Declared  Output    Param #  Connected to
─────────────────────────────────────────────────────────────────────────
input_1 (InputLayer)              8×8×3   8×8×1          0
normalization (Normalization)     8×8×3   8×8×3          7  input_1
  ▲ 1 → 3 · Sub of 8×8×1 with mean 1×1×1×3 (0.485, 0.456, 0.406)
conv (Conv2D)                    ?×4×16  4×4×16  1,234,560  normalization
─────────────────────────────────────────────────────────────────────────
3 layers · 1,234,567 parameters · output conv 4×4×16

Accepted: 1 → 3 channels at normalization

Why?
Broadcasting copies the one channel.
→ Repeat it
  x = tf.image.grayscale_to_rgb(x)
  y = model(x)`.trim(),
  );
});

test("what is known of the model before any probe stands in the title", () => {
  expect(summaryLines(reply(), ["without top", "ImageNet topology"], piped)[0]).toBe(
    "Small  keras 2.9.0 · keras-h5 · without top · ImageNet topology",
  );
});

describe("on a terminal", () => {
  test.each([40, 60, 80, 200])("of %i columns no line is longer, but for code", (columns) => {
    const lines = summaryLines(reply(), [], terminal(columns)).map((line) => stripVTControlCharacters(line));
    for (const line of lines.filter((each) => !each.startsWith("  x ="))) expect(line.length).toBeLessThanOrEqual(columns);
  });

  test.each<[number, string[]]>([
    [40, ["Layer (class)", "Output", "Param #"]],
    [60, ["Layer (class)", "Declared", "Output", "Param #"]],
    [100, ["Layer (class)", "Declared", "Output", "Param #", "Connected to"]],
  ])("of %i columns there is room for %j", (columns, heads) => {
    const line = text(reply(), terminal(columns))
      .split("\n")
      .find((each) => each.includes("Param #"));
    expect(
      stripVTControlCharacters(line ?? "")
        .trim()
        .split(/ {2,}/),
    ).toEqual(heads);
  });

  test("a layer that gives another shape than it declares is set off and says so", () => {
    const departed = report({
      layers: [layer("a", "Rescaling", [[1, 8, 8, 3]], { declared: [[null, 8, 8, 1]], departs: true })],
      broadcasts: [],
    });
    const lines = summaryLines(reply(departed), [], terminal(80));
    expect(lines.find((line) => line.includes("a (Rescaling)"))).toContain("\u001b[33m");
    expect(lines.some((line) => line.includes("≠ gives another shape than it declares"))).toBe(true);
  });

  test("colour says broadcast, failure and what was not reached", () => {
    const failed = report({
      layers: [
        layer("a", "InputLayer", [[1, 8, 8, 1]]),
        layer("b", "Conv2D", null, { status: "failed", message: "expected 3 channels" }),
        layer("c", "ReLU", null),
      ],
      failure: { layer: "b", message: "expected 3 channels", cause: "a" },
    });
    const lines = summaryLines(reply(failed, { headline: { tone: "failed", text: "Fails at b" } }), [], terminal(80));
    const line = (start: string) => lines.find((each) => stripVTControlCharacters(each).startsWith(start));
    expect(line("b (Conv2D)")).toContain("\u001b[31m");
    expect(line("  ✗ expected 3 channels")).toContain("\u001b[31m");
    expect(line("  ✗ look at a")).toBeDefined();
    expect(line("c (ReLU)")).toContain("\u001b[2mc (ReLU)");
    expect(line("Fails at b")).toContain("\u001b[31m");
    expect(summaryLines(reply(), [], terminal(80)).find((each) => each.includes("normalization (Norm"))).toContain("\u001b[33m");
  });

  test.each<[string, NodeJS.ProcessEnv, boolean, boolean]>([
    ["a terminal", { TERM: "xterm" }, true, true],
    ["a pipe", { TERM: "xterm" }, false, false],
    ["NO_COLOR", { TERM: "xterm", NO_COLOR: "1" }, true, false],
    ["an empty NO_COLOR", { TERM: "xterm", NO_COLOR: "" }, true, true],
    ["FORCE_COLOR into a pipe", { FORCE_COLOR: "1" }, false, true],
    ["FORCE_COLOR=0", { FORCE_COLOR: "0" }, true, false],
    ["NO_COLOR and FORCE_COLOR", { NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
    ["a dumb terminal", { TERM: "dumb" }, true, false],
  ])("%s", (_, env, isTTY, isColoured) => {
    expect(
      summaryLines(reply(), [], paperFor({ isTTY, columns: 80 }, env))
        .join("")
        .includes("\u001b["),
    ).toBe(isColoured);
  });
});

describe("rows", () => {
  test("layers of nested models are indented and named from within", () => {
    const nested = report({
      layers: [
        layer("outer", "Functional", [[1, 4]], { nested: { outputs: ["outer/b/c"] } }),
        layer("outer/b", "Functional", [[1, 4]], { nested: { outputs: ["outer/b/c"] } }),
        layer("outer/b/c", "Dense", [[1, 4]], { inputs: [from("outer/b/a", 1)] }),
        layer("outer/d", "Dense", [[1, 4]], { inputs: [from("outer/b")] }),
        layer("outermost", "Dense", [[1, 4]]),
      ],
    });
    expect(rowsOf(nested).map(({ depth, name, sources }) => [depth, name, sources.join()])).toEqual([
      [0, "outer", ""],
      [1, "b", ""],
      [2, "c", "a[1]"],
      [1, "d", "b"],
      [0, "outermost", ""],
    ]);
  });

  test("routine broadcasts are not marked", () => {
    const routine = report({ broadcasts: [{ ...grayBroadcast, kind: "parameter" }] });
    expect(rowsOf(routine).flatMap((row) => row.notes)).toEqual([]);
  });

  test.each([
    [[1, 8, 8, 3], 1, "8×8×3"],
    [[4, 8, 8, 3], 4, "4×8×8×3"],
    [[196, 3], 1, "(196×3)"],
    [[], 1, "scalar"],
    [[1], 1, "1"],
  ])("shape %j with batch %i is written %s", (shape, batch, written) => expect(shapeText(shape, batch)).toBe(written));

  test("operands that grow on both sides, or have no such axis, are told apart", () => {
    const mutual = {
      ...grayBroadcast,
      operands: [
        { shape: [4, 1], stretched: [1], role: "activation" as const, name: null },
        { shape: [4], stretched: [0], role: "activation" as const, name: null },
      ],
      output: [4, 4],
      kind: "mutual" as const,
    };
    expect(broadcastText(mutual, 4)).toBe("1 → 4, new → 4 · Sub of 4×1 with a tensor 4");
  });
});

test("a hostile name can do nothing to the terminal or to Markdown", () => {
  const hostile = report({ layers: [layer("\u001b[2Jx|\n<img src=x>\u202e", "[a](b)", [[1, 2]])], broadcasts: [] });
  for (const character of ["\u001b", "\u202e"]) expect(text(reply(hostile))).not.toContain(character);
  const markdown = markdownText(reply(hostile));
  expect(markdown.split("\n").filter((line) => line.startsWith("| `"))).toEqual(["| `�[2Jx'�<img src=x>�` | \\[a\\](b) | ? | 2 | 0 |  |"]);
});

test("Markdown has the headline, the answers and the table", () => {
  const markdown = markdownText(reply());
  expect(markdown).toContain("**Accepted: 1 → 3 channels at normalization**");
  expect(markdown).toContain("```python\nx = tf.image.grayscale_to_rgb(x)\ny = model(x)\n```");
  expect(markdown).toContain(
    "| `normalization` | Normalization | 8×8×3 | 8×8×3 | 7 | 1 → 3 · Sub of 8×8×1 with mean 1×1×1×3 (0.485, 0.456, 0.406) |",
  );
});
