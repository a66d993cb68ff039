import * as tf from "@tensorflow/tfjs-core";
import { beforeEach, describe, expect, test } from "vitest";
import { emptyTensor, knownValues, MAX_KNOWN_ELEMENTS, ShapeError, useShapesEngine } from "../../../src/engines";
import { useCpu } from "../cpu";

beforeEach(useShapesEngine);

const values = (tensor: tf.Tensor) => {
  const known = knownValues(tensor);
  return known === null ? null : Array.from(known);
};
const range = (count: number) => Array.from({ length: count }, (_, i) => i);

describe("numbers are kept", () => {
  test.each([
    ["floats, up to the limit", () => tf.tensor1d(range(MAX_KNOWN_ELEMENTS.float32)), range(MAX_KNOWN_ELEMENTS.float32)],
    ["floats, beyond", () => tf.zeros([MAX_KNOWN_ELEMENTS.float32 + 1]), null],
    ["integers, up to the limit", () => tf.range(0, MAX_KNOWN_ELEMENTS.int32, 1, "int32"), range(MAX_KNOWN_ELEMENTS.int32)],
    ["integers, beyond", () => tf.zeros([MAX_KNOWN_ELEMENTS.int32 + 1], "int32"), null],
    ["booleans", () => tf.tensor1d([true, false], "bool"), [1, 0]],
    ["a scalar", () => tf.scalar(2), [2]],
    ["nothing at all", () => tf.zeros([0]), []],
    ["not those of an empty tensor", () => emptyTensor([3]), null],
    ["not those of strings", () => tf.tensor1d(["a"]), null],
  ])("%s", (_, make, expected) => {
    tf.tidy(() => {
      expect(values(make() as tf.Tensor)).toEqual(expected);
    });
  });
});

describe("numbers survive shape arithmetic", () => {
  const cases: [string, () => tf.Tensor, number[] | null][] = [
    [
      "shape, slice, pack, reshape",
      () => {
        const shape = tf.tensor1d(emptyTensor([1, 7, 7, 1280]).shape, "int32");
        const batch = tf.squeeze(tf.slice1d(shape, 0, 1));
        return tf.stack([batch, tf.cast(tf.prod(tf.slice1d(shape, 1, 3)), "int32")]);
      },
      [1, 7 * 7 * 1280],
    ],
    ["a strided slice", () => tf.stridedSlice(tf.tensor1d([5, 6, 7, 8], "int32"), [-1], [0], [-2]), [8, 6]],
    ["gather and concat", () => tf.concat([tf.gather(tf.tensor1d([5, 6, 7], "int32"), [2, 0]), tf.tensor1d([1], "int32")]), [7, 5, 1]],
    ["a cast", () => tf.cast(tf.tensor1d([1.7, -2.5]), "int32"), [1, -2]],
    ["broadcasting", () => tf.mul(tf.tensor2d([[1], [2]]), tf.tensor1d([3, 4])), [3, 4, 6, 8]],
    ["a choice", () => tf.where(tf.tensor1d([true, false], "bool"), tf.tensor1d([1, 2]), tf.tensor1d([3, 4])), [1, 4]],
    ["a fill", () => tf.fill([2, 2], 3), [3, 3, 3, 3]],
    ["an output that grows too large is dropped", () => tf.tile(tf.tensor1d([1]), [65]), null],
    ["an unknown operand makes the output unknown", () => tf.add(tf.scalar(1), emptyTensor([1])), null],
    ["a cumulative sum whose axis counts from the back is right or unknown", () => tf.cumsum(tf.tensor2d([[1, 2]]), -1), null],
    ["lots are not drawn", () => tf.multinomial(tf.tensor1d([0.5, 0.5]), 3, 1, true), null],
  ];
  test.each(cases)("%s", (_, make, expected) => {
    tf.tidy(() => {
      expect(values(make())).toEqual(expected);
    });
  });
});

describe("where numbers decide the shape", () => {
  test("they are used where they are known", () => {
    tf.tidy(() => {
      const { values: found, indices } = tf.unique(tf.tensor1d([3, 1, 3, 1, 2], "int32"));
      expect([found.shape, values(found), values(indices)]).toEqual([[3], [3, 1, 2], [0, 1, 0, 1, 2]]);
    });
  });
  test("reading unknown ones is refused in words", async () => {
    const unknown = emptyTensor([2]);
    const message = "the numbers of this tensor are needed, but the engine `shapes` knows only its shape";
    expect(() => unknown.dataSync()).toThrow(new ShapeError(message));
    await expect(unknown.data()).rejects.toThrow(message);
    await expect(tf.whereAsync(emptyTensor([2], "bool"))).rejects.toThrow(message);
    unknown.dispose();
  });
});

test("a small constant of another engine is read from there", () => {
  useCpu();
  const constant = tf.tensor1d([4, 9]);
  useShapesEngine();
  tf.tidy(() => {
    expect(values(tf.sqrt(constant))).toEqual([2, 3]);
  });
  constant.dispose();
});
