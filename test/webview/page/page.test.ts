import { describe, expect, test } from "vitest";
import { pageHtml } from "../../../src/helper/page";
import { INPUT_GATE } from "../../../src/model";
import { subjectOf } from "../../../webview/draw/scene";
import { broadcastText, callFacts, layerFacts } from "../../../webview/page/facts";
import { findLayers } from "../../../webview/page/find";
import { recall } from "../../../webview/page/memory";
import { grayscale } from "../broadcasts";
import { layer, report } from "../reports";

describe("pageHtml", () => {
  const parts = {
    scriptUri: "s.js",
    styleUri: "s.css",
    workerUri: 'w.js?"><script>',
    nonce: "n0",
    language: "zh-cn",
    textsUri: "t.json",
    cspSource: "'self'",
    connect: "ws://127.0.0.1:1",
  };
  const html = pageHtml(parts);
  test("refuses all but what it names, and no inline script", () => {
    expect(html).toContain("default-src 'none'; script-src 'nonce-n0'");
    expect(html).toContain("connect-src 'self' ws://127.0.0.1:1");
    expect(html).not.toMatch(/unsafe-inline|unsafe-eval/);
    expect([...html.matchAll(/<script/g)]).toHaveLength(1);
  });
  test.each([
    { textsUri: "t.json", language: "zh-cn", lang: "zh-cn", texts: 'data-texts="t.json"' },
    { textsUri: null, language: "de", lang: "en", texts: 'data-worker="s.js">' },
  ])("says $lang where texts are at $textsUri", ({ lang, texts, ...how }) => {
    const page = pageHtml({ ...parts, workerUri: "s.js", ...how });
    expect(page).toContain(`<html lang="${lang}">`);
    expect(page).toContain(texts);
  });
  test("escapes what it is given", () => {
    expect(html).toContain('data-worker="w.js?&quot;&gt;&lt;script&gt;"');
  });
});

describe("findLayers", () => {
  const subject = subjectOf(
    report([
      layer("block1_conv"),
      layer("block2_conv", ["block1_conv"]),
      layer("block2_bn", ["block2_conv"], { className: "BatchNormalization" }),
    ]),
  );
  test.each([
    ["block2", ["block2_conv", "block2_bn"]],
    ["BLOCK2 batch", ["block2_bn"]],
    ["nothing like it", []],
    ["  ", []],
  ])("“%s”", (query, ids) => {
    expect(findLayers(subject, query)).toEqual(ids);
  });
});

describe("recall", () => {
  const memory = (state: unknown) => ({ get: () => state, set: () => undefined });
  const look = { model: "m", open: ["g"], selected: "a", camera: { x: 1, y: 2, k: 1 } };
  test.each([
    ["what was kept", look, look],
    ["nothing", null, null],
    ["another model's", { ...look, model: "other" }, null],
    ["something else", "text", null],
    ["a broken camera", { ...look, camera: { x: Number.NaN, y: 0, k: 1 } }, { ...look, camera: null }],
    ["ids that are none", { ...look, open: [3, "g"], selected: 7 }, { ...look, selected: null }],
  ])("%s", (_, state, expected) => {
    expect(recall(memory(state), "m")).toEqual(expected);
  });
});

describe("facts", () => {
  test("a broadcast in words", () => {
    expect(broadcastText(grayscale)).toBe("tensor 1×128×128×1 − mean 1×1×1×3 (0.485, 0.456, 0.406) = 1×128×128×3");
  });
  test.each([
    ["RealDiv", "variance", "tensor 1×3 ÷ √variance 3 (0.5) = 1×3"],
    ["Mul", "moving_variance", "tensor 1×3 × 1/√moving_variance 3 (0.5) = 1×3"],
    ["Add", "variance", "tensor 1×3 + variance 3 (0.5) = 1×3"],
    ["Einsum", "kernel", "tensor 1×3 with kernel 3 (0.5) → 1×3"],
  ])("%s with %s says what the values are of", (operation, name, text) => {
    const operands = [
      { shape: [1, 3], stretched: [], role: "activation" as const, name: null },
      { shape: [3], stretched: [0], role: "weight" as const, name, values: [0.5] },
    ];
    expect(broadcastText({ layer: "a", operation, operands, output: [1, 3], kind: "parameter" })).toBe(text);
  });
  test("of a shared layer", () => {
    const inputs = [{ layer: "y", call: 0, output: 0, shape: [1, 4, 4, 4] }];
    const facts = callFacts({
      furtherCalls: [
        { inputs, status: "ok", output: [[1, 4, 4, 8]] },
        { inputs, status: "unreached", output: null },
      ],
    });
    expect(facts.map(({ label, value }) => `${label}: ${value}`)).toEqual([
      "shared: used 3 times; above is the first",
      "call 2: 1×4×4×4 → 1×4×4×8",
      "call 3: 1×4×4×4 → not reached",
    ]);
    expect(callFacts({})).toEqual([]);
  });
  test.each([
    ["an own class without a shape", [1, 8], null, /does not know what Own computes, and the file/],
    ["an own class with a declared shape", [1, 8], [[1, 8]], /this output is the one it is declared with/],
    ["a layer after it", null, null, /What arrives here is not known/],
  ])("of %s", (_, shape, output, text) => {
    const inputs = [{ layer: "x", call: 0, output: 0, shape }];
    const row = layer("a", ["x"], { className: "Own", status: "unknown", inputs, output });
    expect(layerFacts(row, report([row])).at(-1)?.value).toMatch(text);
  });
  test("of an input that is refused", () => {
    const row = layer("input");
    const made = report([row], { failure: { layer: INPUT_GATE, message: "axis 1 is 64", cause: null } });
    expect(layerFacts(row, made).at(-1)).toMatchObject({ label: "refused", value: "axis 1 is 64", tone: "failed" });
  });
  test("of a layer with weights and a message", () => {
    const row = layer("a", ["x"], {
      status: "failed",
      output: null,
      parameters: 2400,
      weights: [{ name: "kernel", shape: [3, 3] }],
      message: "too small",
    });
    const facts = Object.fromEntries(layerFacts(row, report([row])).map(({ label, value }) => [label, value]));
    expect(facts).toEqual({
      input: "1×8×8×4",
      output: "none",
      "declared output": "?×?×?×4",
      parameters: "2,400 (kernel 3×3)",
      fails: "too small",
    });
  });
});
