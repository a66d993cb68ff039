import * as tf from "@tensorflow/tfjs-core";
import { afterEach, describe, expect, test } from "vitest";
import { type KernelCall, observeKernels, useShapesEngine } from "../../src/engines";
import { useCpu } from "./cpu";

const kernelsOf = (backend: string) => tf.getKernelsForBackend(backend).map(({ kernelFunc }) => kernelFunc);
afterEach(() => tf.disposeVariables());

describe.each([
  ["shapes", useShapesEngine],
  ["cpu", useCpu],
])("on the engine %s", (backend, use) => {
  test("an observer sees kernel, inputs, outputs and attributes in running order, until it leaves", () => {
    use();
    const calls: KernelCall[] = [];
    const stop = observeKernels((call) => calls.push(call));
    tf.tidy(() => {
      const image = tf.zeros([1, 4, 4, 1]);
      const mean = tf.tensor1d([1, 2, 3]);
      const [first] = tf.split(tf.sub(image, mean), 3, 3);
      expect(calls[0]?.inputs.a?.dataId).toBe(image.dataId);
      expect(calls[1]?.outputs[0]?.dataId).toBe(first?.dataId);
      stop();
      tf.relu(image);
    });
    expect(calls.map(({ kernel, outputs }) => [kernel, outputs.map(({ shape }) => shape)])).toEqual([
      ["Sub", [[1, 4, 4, 3]]],
      [
        "SplitV",
        [
          [1, 4, 4, 1],
          [1, 4, 4, 1],
          [1, 4, 4, 1],
        ],
      ],
    ]);
    expect(calls[1]?.attrs).toEqual({ numOrSizeSplits: 3, axis: 3 });
  });

  test("kernels are put back as they were when the last observer leaves, also after a failure", () => {
    use();
    const before = kernelsOf(backend);
    const seen = [0, 0];
    const stops = seen.map((_, i) =>
      observeKernels(() => {
        seen[i] = (seen[i] ?? 0) + 1;
      }),
    );
    tf.tidy(() => {
      expect(() => tf.reshape(tf.zeros([2]), [3])).toThrow();
      tf.relu(tf.zeros([2]));
    });
    stops[0]?.();
    stops[0]?.();
    tf.tidy(() => void tf.relu(tf.zeros([2])));
    stops[1]?.();
    tf.tidy(() => void tf.relu(tf.zeros([2])));
    expect(seen).toEqual([1, 2]);
    expect(kernelsOf(backend)).toEqual(before);
  });
});

test("what folding runs inside a kernel is not told", () => {
  useShapesEngine();
  const kernels: string[] = [];
  const stops = ["shapes", "cpu"].map((backend) => {
    void tf.setBackend(backend);
    return observeKernels(({ kernel }) => kernels.push(kernel));
  });
  useShapesEngine();
  tf.tidy(() => void tf.sqrt(tf.tensor1d([4])));
  for (const stop of stops) stop();
  expect(kernels).toEqual(["Sqrt"]);
});
