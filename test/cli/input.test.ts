import { describe, expect, test } from "vitest";
import { namedShapes, parseInput } from "../../src/cli/input";

describe("--input without names", () => {
  test.each<[string, number[]]>([
    ["128x128x1", [128, 128, 1]],
    ["128×128×1", [128, 128, 1]],
    ["128X128*1", [128, 128, 1]],
    ["128,128,1", [128, 128, 1]],
    ["128 128 1", [128, 128, 1]],
    [" 128 x 128 x 1 ", [128, 128, 1]],
    ["(128, 128, 1)", [128, 128, 1]],
    ["[128, 128, 1]", [128, 128, 1]],
    ["20", [20]],
    ["(20,)", [20]],
    ["scalar", []],
    ["0x-5x1.5", [0, -5, 1.5]],
    ["1e3", [1000]],
  ])("%j", (text, shape) => expect(parseInput(text)).toEqual({ shape }));

  test.each([
    ["", "an axis is missing"],
    ["128x", "an axis is missing"],
    ["128xx3", "an axis is missing"],
    ["axb", '"a" is not a number'],
    ["Nonex128x3", '"None" is not a number'],
    ["1_000", '"1_000" is not a number'],
    ["NaNx3", '"NaN" is not a number'],
    ["Infinity", '"Infinity" is not a number'],
  ])("%j is refused", (text, what) =>
    expect(() => parseInput(text)).toThrow(`--input ${text}: ${what}; write the axes without batch, like 128x128x1.`),
  );
});

describe("--input by name", () => {
  test.each<[string, [string, number[]][]]>([
    [
      "left=40x40x3,right=40x60x3",
      [
        ["left", [40, 40, 3]],
        ["right", [40, 60, 3]],
      ],
    ],
    [
      "left = 40x40x3, right = 40×60×3",
      [
        ["left", [40, 40, 3]],
        ["right", [40, 60, 3]],
      ],
    ],
    [
      "left=40x40x3 right=40x60x3",
      [
        ["left", [40, 40, 3]],
        ["right", [40, 60, 3]],
      ],
    ],
    [
      "left=40x40x3;right=40x60x3",
      [
        ["left", [40, 40, 3]],
        ["right", [40, 60, 3]],
      ],
    ],
    [
      "left=40,40,3,right=40,60,3",
      [
        ["left", [40, 40, 3]],
        ["right", [40, 60, 3]],
      ],
    ],
    ["tokens=20", [["tokens", [20]]]],
    ["a/b:0=(1, 2)", [["a/b:0", [1, 2]]]],
  ])("%j", (text, named) => expect(parseInput(text)).toEqual({ byName: new Map(named) }));

  test.each([
    ["=40x40", "name each input, like left=40x40x3,right=40x60x3"],
    ["a=1=2", "name each input, like left=40x40x3,right=40x60x3"],
    ["a=1,a=2", "a is given twice; give each input once"],
    ["a=1xq", '"q" is not a number; write the axes without batch, like 128x128x1'],
  ])("%j is refused", (text, what) => expect(() => parseInput(text)).toThrow(`--input ${text}: ${what}.`));
});

describe("shapes for a model", () => {
  test.each([
    ["10x10x3", ["image"], 2, { image: [2, 10, 10, 3] }],
    ["b=2", ["a", "b"], 1, { b: [1, 2] }],
    ["b=2,a=3", ["a", "b"], 1, { a: [1, 3], b: [1, 2] }],
    ["4x5x3,4x5x1", ["a", "b"], 2, { a: [2, 4, 5, 3], b: [2, 4, 5, 1] }],
    ["(4, 5, 3), [7]", ["a", "b"], 1, { a: [1, 4, 5, 3], b: [1, 7] }],
    ["20 scalar", ["a", "b"], 1, { a: [1, 20], b: [1] }],
  ])("%j for inputs %j", (text, names, batch, shapes) => expect(namedShapes(text, batch, names)).toEqual(shapes));

  test.each([
    ["10", ["a", "b"], "The model has 2 inputs; name them: --input a=…,b=…, or give a shape for each in this order."],
    ["", ["a", "b"], "The model has 2 inputs; name them: --input a=…,b=…, or give a shape for each in this order."],
    ["4x5,4xb", ["a", "b"], '--input 4x5,4xb: "b" is not a number; write the axes without batch, like 128x128x1.'],
    ["c=10", ["a", "b"], "The model has no input c; its inputs are a, b."],
  ])("%j does not fit inputs %j", (text, names, message) => expect(() => namedShapes(text, 1, names)).toThrow(message));
});
