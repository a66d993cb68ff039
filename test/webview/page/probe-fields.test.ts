import { describe, expect, test } from "vitest";
import { fieldsOf, readSize, refuseShape } from "../../../webview/page/probe-fields";

describe("readSize", () => {
  test.each([
    ["128", 128],
    [" 7 ", 7],
    ["1", 1],
    ["1e2", 100],
    ["16777216", 16777216],
  ])("“%s” is %i", (text, size) => {
    expect(readSize(text, "height")).toEqual({ size });
  });

  test.each([
    ["", "height: type a whole number from 1 on"],
    ["0", "height: 0 is too small, 1 is the least"],
    ["-3", "height: -3 is too small, 1 is the least"],
    ["1.5", "height: 1.5 is not a whole number"],
    ["12px", "height: “12px” is not a number"],
    ["Infinity", "height: “Infinity” is not a number"],
    ["99999999", "height: 99999999 is too large, 16777216 is the most"],
  ])("“%s” is refused", (text, reason) => {
    expect(readSize(text, "height")).toEqual({ reason });
  });
});

test.each([
  [[1, 128, 128, 3], null],
  [[65536, 65536, 1], "65536×65536×1 has more than 2147483647 numbers: choose smaller sizes"],
])("a shape of %j: %s", (shape, reason) => {
  expect(refuseShape(shape)).toBe(reason);
});

describe("fieldsOf", () => {
  const labels = (suggested: number[], dtype = "float32") =>
    fieldsOf({ name: "x", declared: suggested, dtype, suggested }).map((field) => `${field.label}:${field.axis}`);
  test.each([
    [
      [1, 128, 64, 3],
      ["height:1", "width:2", "channels:3", "batch:0"],
    ],
    [
      [1, 20],
      ["features:1", "batch:0"],
    ],
    [
      [1, 3, 64, 128],
      ["height:2", "width:3", "channels:1", "batch:0"],
    ],
    [
      [1, 10, 6],
      ["steps:1", "features:2", "batch:0"],
    ],
    [
      [1, 8, 8, 8, 3],
      ["depth:1", "height:2", "width:3", "channels:4", "batch:0"],
    ],
    [
      [1, 2, 3, 4, 5, 6],
      ["axis 1:1", "axis 2:2", "axis 3:3", "axis 4:4", "axis 5:5", "batch:0"],
    ],
    [[4], ["batch:0"]],
  ])("an input like %j has fields %j", (shape, expected) => {
    expect(labels(shape)).toEqual(expected);
  });
  test("whole numbers of rank 2 are tokens", () => {
    expect(labels([1, 20], "int32")).toEqual(["length:1", "batch:0"]);
  });
});
