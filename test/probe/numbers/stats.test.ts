import { expect, test } from "vitest";
import { seeded } from "../../../src/probe/numbers/chance";
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

test.each([
  ["an even number of them", 1_000, (value: number) => value],
  ["an odd number of them", 1_001, (value: number) => value],
  ["far from zero", 1_001, (value: number) => value + 4_096],
  ["many zeros, the first among them", 1_001, (value: number) => Math.max(0, value - 0.5)],
  ["a NaN at the end", 1_001, (value: number, index: number) => (index === 1_000 ? Number.NaN : value)],
  ["an infinity at the start", 1_000, (value: number, index: number) => (index === 0 ? Number.POSITIVE_INFINITY : value)],
])("of floats is what it is of any numbers: %s", (_, count, change) => {
  const next = seeded(count);
  const floats = Float32Array.from({ length: count }, (_, index) => change(next(), index));
  floats[0] = change(0.25, 0);
  const [fast, plain] = [statsOf(floats), statsOf(Array.from(floats))];
  expect(fast).toEqual({ ...plain, mean: expect.closeTo(plain.mean, 9), std: expect.closeTo(plain.std, 9) });
});
