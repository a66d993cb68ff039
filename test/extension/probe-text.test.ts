import { describe, expect, test } from "vitest";
import { type ParsedProbe, parseProbe, writeProbe } from "../../src/extension/probe-text";

const image = [{ name: "input_1", declared: [null, null, null, 3] }];
const pair = [
  { name: "left", declared: [null, 40, 40, 3] },
  { name: "right", declared: [null, 40, 60, 3] },
];
const tokens = [{ name: "tokens", declared: [null, null] }];

const accepted: [text: string, inputs: typeof image | typeof pair | typeof tokens, shapes: Record<string, number[]>][] = [
  ["128x128x1", image, { input_1: [1, 128, 128, 1] }],
  ["128×128×1", image, { input_1: [1, 128, 128, 1] }],
  [" (128, 128, 1) ", image, { input_1: [1, 128, 128, 1] }],
  ["[2, 128, 96, 3]", image, { input_1: [2, 128, 96, 3] }],
  ["128 96 3", image, { input_1: [1, 128, 96, 3] }],
  ["128 X 96 * 3", image, { input_1: [1, 128, 96, 3] }],
  ["input_1=64x64x3", image, { input_1: [1, 64, 64, 3] }],
  ["20", tokens, { tokens: [1, 20] }],
  ["left=40x40x3, right=40x60x3", pair, { left: [1, 40, 40, 3], right: [1, 40, 60, 3] }],
  ["right = 40x60x3; left = 8x40x40x3", pair, { left: [8, 40, 40, 3], right: [1, 40, 60, 3] }],
];

const refused: [text: string, inputs: typeof image | typeof pair, reason: string | RegExp][] = [
  ["", image, "Write one number an axis, as in 128x128x3."],
  ["0x128x1", image, "0 is too small: an axis has 1 element or more."],
  ["-8x128x1", image, "-8 is too small: an axis has 1 element or more."],
  ["1.5x128x1", image, "1.5 is not a whole number."],
  ["axbxc", image, /^a?b?.* is not a number\.$/],
  ["128x128xNone", image, "None is left open by a model, but a probe needs a number there."],
  ["99999999x1x1", image, "99999999 is too large: an axis has at most 16777216 elements."],
  ["65536x65536x3", image, "That is more numbers than a tensor may hold (2³¹ − 1): make it smaller."],
  ["128x128", image, "2 numbers where the model takes 3 (and the batch before them, if it is not 1), as in 128x128x3."],
  ["other=1x1x1", image, "The model has no input other: it has input_1."],
  ["left=40x40x3", pair, "right has no shape yet: write right=40x60x3."],
  ["40x40x3", pair, "left has no shape yet: write left=40x40x3."],
  ["left=40x40x0, right=40x60x3", pair, "left: 0 is too small: an axis has 1 element or more."],
];

describe("parseProbe", () => {
  test.each(accepted)("%s", (text, inputs, shapes) => expect(parseProbe(text, inputs)).toEqual({ inputs: shapes }));
  test.each(refused)("%s is refused", (text, inputs, reason) => {
    const parsed = parseProbe(text, inputs) as Extract<ParsedProbe, { reason: string }>;
    expect(parsed.reason).toMatch(reason);
  });
});

describe("writeProbe", () => {
  test.each([
    [{ input_1: [1, 128, 128, 1] }, "128x128x1"],
    [{ input_1: [4, 128, 128, 1] }, "4x128x128x1"],
    [{ left: [1, 40, 40, 3], right: [2, 40, 60, 3] }, "left=40x40x3, right=2x40x60x3"],
  ])("%j", (inputs, text) => expect(writeProbe(inputs)).toBe(text));

  test.each(accepted)("what was written is read back: %s", (_text, inputs, shapes) => {
    expect(parseProbe(writeProbe(shapes), inputs)).toEqual({ inputs: shapes });
  });
});
