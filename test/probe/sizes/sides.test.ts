import { describe, expect, test } from "vitest";
import { validSides } from "../../../src/probe/sizes/sides";

const runs = (pattern: string) => [...pattern].map((mark) => mark === "x");

describe("which sides run", () => {
  test.each([
    ["all", [5, "xxxx"], [20, "xxxx"], { ranges: [[5, null]], beyond: null }],
    ["a few", [3, "xx......"], [11, "...."], { ranges: [[3, 4]], beyond: null }],
    [
      "a few, and some farther off",
      [3, "xx....x."],
      [11, "...."],
      {
        ranges: [
          [3, 4],
          [9, 9],
        ],
        beyond: null,
      },
    ],
    ["multiples", [4, "x...x..."], [12, "x...x..."], { ranges: [], beyond: { from: 4, period: 4, remainders: [0] } }],
    ["remainders", [7, "xx..xx..x"], [16, "x..xx..x"], { ranges: [], beyond: { from: 7, period: 4, remainders: [0, 3] } }],
    [
      "some of their own before a pattern",
      [3, "xx.x.x.x"],
      [11, ".x.x.x.x"],
      { ranges: [[3, 3]], beyond: { from: 4, period: 2, remainders: [0] } },
    ],
    [
      "what is seen once is no pattern",
      [8, "x......."],
      [16, "x......."],
      {
        ranges: [
          [8, 8],
          [16, 16],
        ],
        beyond: null,
      },
    ],
  ] as const)("%s", (_, [nearFrom, near], [farFrom, far], expected) => {
    expect(validSides({ from: nearFrom, runs: runs(near) }, { from: farFrom, runs: runs(far) })).toEqual(expected);
  });
});
