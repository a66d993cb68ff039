import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { inPlace } from "../../src/engines";

const counted = (length: number, spare = 0) => new Float32Array(new ArrayBuffer(4 * (length + spare)), 0, length).map((_, index) => index);

test.each([[1], [16_383], [16_384], [100_001]])("%i numbers are the same in place", async (length) => {
  const numbers = counted(length);
  expect(Array.from(inPlace(numbers))).toEqual(Array.from(counted(length)));
  await turn();
});

test("the memory of many is free at once, that of few is kept as it is", () => {
  const [few, many] = [counted(16_383), counted(16_384)];
  expect([inPlace(few), inPlace(many)].map(({ length }) => length)).toEqual([16_383, 16_384]);
  expect([few.buffer.byteLength, many.buffer.byteLength]).toEqual([4 * 16_383, 0]);
});

test("memory that holds something else too is left alone", () => {
  const whole = new Float32Array(40_000).fill(1);
  expect(inPlace(whole.subarray(0, 20_000))).toHaveLength(20_000);
  expect(whole[39_999]).toBe(1);
});
