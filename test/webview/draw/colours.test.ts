import { describe, expect, test } from "vitest";
import { NO_NUMBER, type Picture } from "../../../src/model";
import { asImage, coloured, numberAt, rangeOf } from "../../../webview/draw/colours";

const picture = (bytes: number[], min = 0, max = 254): Picture => ({
  width: bytes.length,
  height: 1,
  min,
  max,
  bytes: Buffer.from(bytes).toString("base64"),
});
const pixelsOf = (made: Uint8ClampedArray) => Array.from({ length: made.length / 4 }, (_, at) => [...made.slice(at * 4, at * 4 + 4)]);
/** The ends of viridis. */
const [FIRST, LAST] = [
  [68, 1, 84, 255],
  [253, 231, 37, 255],
];
const RED = [214, 40, 28, 255];

test("the number of a byte", () => {
  const some = picture([], -1, 1);
  expect([0, 127, 254, NO_NUMBER].map((byte) => numberAt(some, byte))).toEqual([-1, 0, 1, null]);
});

test("the range of several", () => {
  expect(rangeOf([picture([], 0, 3), picture([], -2, 1)])).toEqual({ min: -2, max: 3 });
});

describe("colours", () => {
  test.each([
    ["its own range from end to end", picture([0, 254]), undefined, [FIRST, LAST]],
    ["a part of a larger range", picture([0, 254], 0, 1), { min: 0, max: 1e9 }, [FIRST, FIRST]],
    ["one number everywhere", picture([0, 0], 5, 5), undefined, [FIRST, FIRST]],
    ["no number in red", picture([NO_NUMBER, 254]), undefined, [RED, LAST]],
  ])("%s", (_, given, range, expected) => {
    expect(pixelsOf(coloured(given, range))).toEqual(expected);
  });
});

describe("an image", () => {
  const gray = (level: number) => [level, level, level, 255];
  test.each([
    ["one plane from 0 to 1 is gray", [picture([0, 127, 254], 0, 1)], [gray(0), gray(128), gray(255)]],
    ["numbers up to 255 are taken as they are", [picture([0, 254], 0, 100)], [gray(0), gray(100)]],
    ["others between their least and greatest", [picture([0, 254], -3, 3)], [gray(0), gray(255)]],
    ["one number below 0", [picture([0], -3, -3)], [gray(0)]],
    ["three planes are colours", [picture([254], 0, 1), picture([0], 0, 1), picture([127], 0, 1)], [[255, 0, 128, 255]]],
    ["what is no number in one plane is red", [picture([0], 0, 1), picture([NO_NUMBER], 0, 1), picture([0], 0, 1)], [RED]],
  ])("%s", (_, planes, expected) => {
    expect(pixelsOf(asImage(planes))).toEqual(expected);
  });
});
