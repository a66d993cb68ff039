import { describe, expect, test } from "vitest";
import { roundedPath } from "../../../webview/draw/edge";
import { counted, fitName, fitText, formatCount } from "../../../webview/draw/text";

test.each([
  [0, "0"],
  [999, "999"],
  [1540, "1.5 k"],
  [28_513_527, "28.5 M"],
  [7_000_000_000, "7.0 G"],
])("%i parameters read %s", (count, text) => {
  expect(formatCount(count)).toBe(text);
});

test("counted", () => {
  expect([counted(1, "layer"), counted(2, "layer"), counted(0, "block")]).toEqual(["1 layer", "2 layers", "0 blocks"]);
});

describe("fitName", () => {
  test("keeps what fits, in two parts", () => {
    expect(fitName("block2a_bn", 8, 200)).toEqual({ prefix: "block2a_", rest: "bn" });
  });
  test("takes the middle out of what does not fit", () => {
    const { prefix, rest } = fitName("a_very_long_name_of_a_layer_with_an_end", 0, 100);
    expect(prefix).toBe("");
    expect(rest).toMatch(/^a_very.*….*end$/);
    expect(rest.length * 6.9).toBeLessThanOrEqual(110);
  });
});

test.each([
  ["stem", 100, "stem"],
  ["convnext_tiny_downsampling_block_0", 110, "convnex…block_0"],
  ["a title", 0, "a …le"],
])("“%s” in %i pixels reads %s", (text, room, fitted) => {
  expect(fitText(text, room)).toBe(fitted);
});

test.each([
  [[], ""],
  [[[0, 0], [0, 10]], "M0 0L0 10"],
  [[[0, 0], [0, 20], [30, 20], [30, 60]], "M0 0L0 11Q0 20 9 20L21 20Q30 20 30 29L30 60"],
] as [[number, number][], string][])("a path through %j", (points, path) => {
  expect(roundedPath(points)).toBe(path);
}); // biome-ignore format: one line a path
