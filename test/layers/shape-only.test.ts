import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, describe, expect, it } from "vitest";
import { emptyTensor, useShapesEngine } from "../../src/engines";
import { makeRunner } from "../../src/layers";
import { shapeOnly } from "../../src/layers/shape-only";

const LAYER = { id: "layer", name: "layer", module: "keras.layers", registeredName: null, buildConfig: null, calls: [] };

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

  it.each([
    ["Resizing", { height: 4, width: 5, interpolation: "bicubic" }],
    ["Resizing", { height: 4, width: 5, interpolation: "lanczos3" }],
    ["Resizing", { height: 4, width: 5, crop_to_aspect_ratio: true }],
    ["CenterCrop", { height: 9, width: 5 }],
    ["UpSampling2D", { size: [2, 2], interpolation: "bicubic" }],
  ] as const)("has no numbers in %s of %j", async (className, config) => {
    await tf.setBackend("cpu");
    const layer = { ...LAYER, className, config: JSON.parse(JSON.stringify(config)) };
    const runner = makeRunner(layer, { kerasMajor: 3, knownWeights: {} });
    const x = tf.ones([1, 6, 7, 3]);
    runner?.build([x.shape]);
    expect(() => runner?.run({ tensors: [x], args: [x], kwargs: {} })).toThrow(/its numbers are not/);
  });

  it("does not run on an engine with numbers", async () => {
    await tf.setBackend("cpu");
    expect(() => shapeOnly([tf.tensor([1, 2])], [2])).toThrow(/TensorFlow.js has no operation/);
  });
});
