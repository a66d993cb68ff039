import { describe, expect, test } from "vitest";
import { INPUT_GATE } from "../../../src/model";
import { changeOf, findMarks, operandNotes } from "../../../webview/draw/marks";
import { stretchingOf } from "../../../webview/draw/stretch";
import { broadcastOf, grayscale } from "../broadcasts";
import { layer, report } from "../reports";

describe("changeOf", () => {
  test.each([
    ["grayscale", grayscale, "1 → 3"],
    ["a missing axis", broadcastOf("expands-batch", [6], [0], [2, 6]), "1 → 2"],
    ["two axes", broadcastOf("mutual", [1, 1, 4], [0, 1], [2, 3, 4]), "1×1 → 2×3"],
    ["nothing left", broadcastOf("expands-activation", [1], [0], [0]), "1 → 0"],
  ])("%s", (_, broadcast, text) => {
    expect(changeOf(broadcast)).toBe(text);
  });
});

describe("findMarks", () => {
  test("marks broadcasts that matter, and the failure", () => {
    const made = report([layer("a"), layer("b", ["a"]), layer("c", ["b"], { status: "failed", message: "too small" })], {
      broadcasts: [
        { ...grayscale, layer: "a", kind: "parameter" },
        { ...grayscale, layer: "b" },
      ],
      failure: { layer: "c", message: "too small", cause: null },
    });
    expect([...findMarks(made)]).toEqual([
      ["b", { tone: "broadcast", text: "1 → 3", spoken: "broadcast 1 to 3" }],
      ["c", { tone: "failed", text: "fails", spoken: "fails: too small" }],
    ]);
  });

  test("a shut input gate marks the inputs", () => {
    const made = report([layer("a"), layer("b", ["a"])], { failure: { layer: INPUT_GATE, message: "wants 3 channels", cause: null } });
    expect(findMarks(made).get("a")).toMatchObject({ tone: "failed", text: "refused" });
    expect(findMarks(made).has("b")).toBe(false);
  });
});

test("the operand that did the stretching stands beside its layer", () => {
  const made = report([layer("normalization")], { broadcasts: [grayscale] });
  expect(operandNotes(made).get("normalization")).toEqual({ name: "mean", detail: "1×1×1×3 · weight" });
});

test("an operand without a name is called by its role", () => {
  const [image, mean] = grayscale.operands;
  const operands = [image, { ...mean, name: null, role: "constant" }] as typeof grayscale.operands;
  expect(operandNotes(report([layer("normalization")], { broadcasts: [{ ...grayscale, operands }] })).get("normalization")).toEqual({
    name: "constant",
    detail: "1×1×1×3",
  });
});

describe("stretchingOf", () => {
  test("tells operands, sign and result", () => {
    expect(stretchingOf(grayscale)).toEqual({
      image: "128×128×1",
      sign: "−",
      operand: "mean 1×1×1×3",
      values: ["0.485", "0.456", "0.406"],
      result: "128×128×3",
    });
  });
  test.each([
    ["of another kind", { ...grayscale, kind: "mutual" as const }],
    ["of many channels", broadcastOf("expands-activation", [1, 8, 8, 1], [3], [1, 8, 8, 64])],
    ["along another axis", broadcastOf("expands-activation", [1, 1, 8, 3], [1], [1, 3, 8, 3])],
  ])("has no picture for a broadcast %s", (_, broadcast) => {
    expect(stretchingOf(broadcast)).toBeNull();
  });
});
