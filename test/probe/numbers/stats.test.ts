import { expect, test } from "vitest";
import { statsOf } from "../../../src/probe/numbers/stats";

test.each([
  ["nothing", [], { min: 0, max: 0, mean: 0, std: 0, zeros: 0, nans: 0 }],
  ["one number", [3], { min: 3, max: 3, mean: 3, std: 0, zeros: 0, nans: 0 }],
  ["some", [0, 0, 2, 2], { min: 0, max: 2, mean: 1, std: 1, zeros: 2, nans: 0 }],
  [
    "NaN and infinity, which the others leave out",
    [Number.NaN, 1, Number.POSITIVE_INFINITY, 3],
    { min: 1, max: 3, mean: 2, std: 1, zeros: 0, nans: 2 },
  ],
  ["nothing but NaN", [Number.NaN], { min: 0, max: 0, mean: 0, std: 0, zeros: 0, nans: 1 }],
  ["a small spread far from zero", [1e6, 1e6 + 2], { min: 1e6, max: 1e6 + 2, mean: 1e6 + 1, std: 1, zeros: 0, nans: 0 }],
])("%s", (_, numbers, expected) => expect(statsOf(numbers)).toEqual(expected));
