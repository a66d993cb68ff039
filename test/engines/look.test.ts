import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { lookAt, startEngine, useEngine } from "../../src/engines";
import { type EngineName, elementCount } from "../../src/model";
import { seeded } from "../../src/probe/numbers/chance";
import { lookedAt } from "../../src/probe/numbers/look";
import { statsOf } from "../../src/probe/numbers/stats";
import { whyNoNative } from "../numbers/native";

const missing = await whyNoNative();
if (missing) console.warn(`The native engine is not looked at: ${missing}`);

/** Numbers around 0, half of them cut off. */
function numbersOf(shape: readonly number[], change: (value: number, index: number) => number = (value) => value): Float32Array {
  const next = seeded(elementCount(shape));
  return Float32Array.from({ length: elementCount(shape) }, (_, index) => change(Math.max(0, next() - 0.5), index));
}

describe.each<EngineName>(missing ? ["wasm"] : ["wasm", "native"])("on the %s engine", (engine) => {
  beforeAll(() => startEngine(engine));

  it.each<[string, number[], ((value: number, index: number) => number)?]>([
    ["few numbers", [1, 3, 5, 7]],
    ["an image", [1, 30, 28, 16]],
    ["a number of them that is odd", [1, 33, 35, 7]],
    ["a sequence", [1, 197, 64]],
    ["a vector", [1, 8_192]],
    ["a batch", [3, 20, 20, 8]],
    ["numbers without a zero", [1, 30, 30, 8], (value) => value - 0.9],
    ["-0", [1, 30, 30, 8], (value) => -value],
    ["a small spread far from 0", [1, 30, 30, 8], (value) => value + 1_000],
    ["one number everywhere", [1, 30, 30, 8], () => 0.1],
    ["zeros", [1, 30, 30, 8], () => 0],
    ["squares that floats cannot hold", [1, 30, 30, 8], (value) => value * 1e30],
    ["squares that are 0", [1, 30, 30, 8], (value) => value * 1e-25],
    ["a NaN", [1, 30, 30, 8], (value, index) => (index === 4_321 ? Number.NaN : value)],
    ["infinity", [1, 30, 30, 8], (value, index) => (index === 0 ? Number.POSITIVE_INFINITY : value)],
  ])("statistics are those of the numbers: %s", (_, shape, change) => {
    useEngine(engine);
    const numbers = numbersOf(shape, change);
    const tensor = tf.tensor(numbers.slice(), shape);
    const { numTensors } = tf.memory();
    const { stats } = lookedAt(tensor, { channelsFirst: false }, true);
    expect(tf.memory().numTensors).toBe(numTensors);
    tensor.dispose();
    const plain = statsOf(Array.from(numbers));
    expect({ ...stats, mean: 0, std: 0 }).toEqual({ ...plain, mean: 0, std: 0 });
    expect(Math.abs(stats.mean - plain.mean)).toBeLessThanOrEqual(1e-5 * Math.abs(plain.mean));
    expect(Math.abs(stats.std - plain.std)).toBeLessThanOrEqual(2e-5 * plain.std + 1e-9 * Math.abs(plain.mean));
  });

  it.each<[string, number[], { begin: number[]; end: number[]; strides: number[] }]>([
    ["few numbers", [2, 5, 6, 3], { begin: [0, 1, 0, 0], end: [1, 5, 6, 2], strides: [1, 2, 1, 1] }],
    ["many", [2, 50, 60, 3], { begin: [1, 0, 7, 0], end: [2, 50, 60, 3], strides: [1, 3, 4, 2] }],
    ["a volume", [1, 10, 12, 14, 16], { begin: [0, 5, 0, 0, 0], end: [1, 6, 12, 14, 4], strides: [1, 1, 1, 2, 1] }],
  ])("a part and means of %s are as tfjs's own", (_, shape, part) => {
    useEngine(engine);
    const tensor = tf.tensor(numbersOf(shape), shape);
    const look = lookAt(tensor);
    tf.tidy(() => {
      const expected = tf.stridedSlice(tensor, part.begin, part.end, part.strides).dataSync();
      expect(Array.from(look.part(part))).toEqual(Array.from(expected));
      for (const axis of [1, shape.length - 1]) {
        const means = tf.mean(tensor, axis).dataSync();
        for (const [index, value] of Array.from(look.means(axis)).entries()) expect(value).toBeCloseTo(means[index] as number, 6);
      }
    });
    tensor.dispose();
  });
});
