import * as tf from "@tensorflow/tfjs-core";
import { beforeEach, expect, test } from "vitest";
import { emptyTensor, MemoryMeter, useShapesEngine } from "../../../src/engines";

beforeEach(useShapesEngine);

/** Bytes of so many floats. */
const floats = (count: number) => 4 * count;
const x = () => emptyTensor([10, 10]);

test.each<[string, () => unknown, number]>([
  ["a tensor", () => x().dispose(), floats(100)],
  ["two, one after the other", () => [x().dispose(), x().dispose()], floats(100)],
  ["two at once", () => tf.tidy(() => void [x(), x()]), floats(200)],
  ["what a layer makes on its way", () => tf.tidy(() => void tf.neg(tf.neg(x()))), floats(300)],
  ["a tensor seen otherwise", () => tf.tidy(() => void tf.neg(tf.reshape(x(), [100]))), floats(200)],
  [
    "a tensor whose first name is gone",
    () =>
      tf.tidy(() => {
        const first = x();
        const second = tf.reshape(first, [100]);
        first.dispose();
        return void tf.neg(second);
      }),
    floats(200),
  ],
  ["truths, a byte each", () => tf.tidy(() => void tf.greater(x(), x())), floats(200) + 100],
])("counts %s", (_, work, bytes) => {
  const kept = x(); // was there before
  const meter = new MemoryMeter();
  meter.turn(work);
  expect(meter.peakBytes).toBe(bytes);
  kept.dispose();
});

test("counts over its own turns alone", () => {
  const [meter, other] = [new MemoryMeter(), new MemoryMeter()];
  const held = meter.turn(x);
  const others = other.turn(() => [x(), x(), x()]);
  meter.turn(() => x().dispose());
  expect([meter.peakBytes, other.peakBytes]).toEqual([floats(200), floats(300)]);
  tf.dispose([held, others]);
});
