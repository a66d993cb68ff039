import * as tf from "@tensorflow/tfjs-core";
import { beforeEach, describe, expect, test } from "vitest";
import { emptyTensor, useShapesEngine } from "../../../src/engines";

beforeEach(useShapesEngine);

test("the engine is current at once, and registered once", () => {
  useShapesEngine();
  expect(tf.getBackend()).toBe("shapes");
  expect(tf.backend()).toBe(tf.engine().findBackend("shapes"));
});

describe("no tensor is left behind", () => {
  const counts = () => [tf.memory().numTensors, tf.memory().numDataBuffers, tf.backend().numDataIds()];
  const uses: [string, () => void][] = [
    [
      "a scope",
      () =>
        tf.tidy(
          () => void tf.relu(tf.conv2d(emptyTensor([1, 8, 8, 3]) as tf.Tensor4D, emptyTensor([3, 3, 3, 4]) as tf.Tensor4D, 1, "same")),
        ),
    ],
    ["folding", () => tf.tidy(() => void tf.sqrt(tf.add(tf.tensor1d([1, 2]), 2)))],
    ["a failure", () => tf.tidy(() => void expect(() => tf.add(emptyTensor([2]), emptyTensor([3]))).toThrow("do not broadcast"))],
    [
      "a variable, which shares its contents",
      () => {
        const initial = emptyTensor([2]);
        const variable = tf.variable(initial);
        expect(variable.dataId).toBe(initial.dataId);
        tf.dispose([initial, variable]);
      },
    ],
    ["a kernel with several outputs", () => tf.tidy(() => void tf.split(emptyTensor([6]), 3))],
  ];
  test.each(uses)("%s", (_, use) => {
    const before = counts();
    use();
    expect(counts()).toEqual(before);
  });
});

describe("each output has contents of its own", () => {
  const uses: [string, (x: tf.Tensor) => tf.Tensor][] = [
    ["Reshape", (x) => tf.reshape(x, [3, 2])],
    ["Identity", (x) => tf.clone(x)],
    ["Cast", (x) => tf.cast(x, "int32")],
    ["Concat of one and none", (x) => tf.concat([x, emptyTensor([0, 3])])],
  ];
  test.each(
    uses.flatMap(
      ([name, run]) =>
        [
          [name, "unknown", run, () => emptyTensor([2, 3])],
          [name, "known", run, () => tf.ones([2, 3])],
        ] as const,
    ),
  )("%s of %s numbers", (_, __, run, make) => {
    tf.tidy(() => {
      const x = make();
      expect(run(x).dataId).not.toBe(x.dataId);
    });
  });
});

test("nothing is allocated for a large tensor", () => {
  const before = process.memoryUsage().arrayBuffers;
  tf.tidy(() => {
    const x = tf.fill([1024, 1024, 1024], 1);
    expect(tf.add(tf.onesLike(x), emptyTensor([1024, 1024, 1024])).shape).toEqual([1024, 1024, 1024]);
  });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
});
