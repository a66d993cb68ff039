import { beforeAll, describe, expect, test } from "vitest";
import { filled } from "../../../src/probe/numbers/fill";
import { useCpu } from "../../engines/cpu";

beforeAll(() => useCpu());

const numbers = (fill: string, shape: number[], dtype: "float32" | "int32" = "float32") =>
  Array.from(filled(fill, shape, dtype).dataSync());

describe("the fills of CONTRACT.md", () => {
  test.each<[string, number[], "float32" | "int32", number[]]>([
    ["zeros", [2, 2], "float32", [0, 0, 0, 0]],
    ["ones", [3], "float32", [1, 1, 1]],
    ["ramp", [3], "float32", [0, Math.fround(1 / 255), Math.fround(2 / 255)]],
    ["ramp", [12], "int32", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]],
  ])("%s of %j %s", (fill, shape, dtype, expected) => expect(numbers(fill, shape, dtype)).toEqual(expected));

  test("a ramp begins again after 256 elements", () => {
    expect(numbers("ramp", [258]).slice(254)).toEqual([Math.fround(254 / 255), 1, 0, Math.fround(1 / 255)]);
  });

  test("a seed always gives the same numbers, from 0 to 1, and another seed others", () => {
    const first = numbers("random:7", [100]);
    expect(numbers("random:7", [100])).toEqual(first);
    expect(numbers("random:8", [100])).not.toEqual(first);
    expect(first.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(numbers("random:7", [100], "int32").every((value) => Number.isInteger(value) && value >= 0 && value < 10)).toBe(true);
  });

  test("another one is refused", () => expect(() => filled("noise", [1], "float32")).toThrow("noise"));
});
