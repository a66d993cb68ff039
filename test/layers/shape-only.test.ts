import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, describe, expect, it } from "vitest";
import { emptyTensor, useShapesEngine } from "../../src/engines";
import { shapeOnly } from "../../src/layers/shape-only";

describe("what tfjs has no operation for", () => {
  afterEach(() => useShapesEngine());

  it.each([
    { inputs: [[2, 3]], shape: [2, 3, 7], dtype: "int32" },
    { inputs: [[2, 3], [3]], shape: [], dtype: "float32" },
    { inputs: [[0, 3]], shape: [0, 4], dtype: "string" },
  ] as const)("is $shape $dtype on shapes, without numbers", ({ inputs, shape, dtype }) => {
    useShapesEngine();
    const result = shapeOnly(
      inputs.map((one) => emptyTensor(one)),
      shape,
      dtype,
    );
    expect([result.shape, result.dtype]).toEqual([shape, dtype]);
    expect(() => result.dataSync()).toThrow(/knows only its shape/);
  });

  it("does not run on an engine with numbers", async () => {
    await tf.setBackend("cpu");
    expect(() => shapeOnly([tf.tensor([1, 2])], [2])).toThrow(/TensorFlow.js has no operation/);
  });
});
