import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useShapesEngine } from "../../src/engines";
import { makeRunner } from "../../src/layers";
import type { Layer } from "../../src/model";

const KERNEL = [1, 2, 3, 4, 5, 6, 7, 8];

/** A layer that adds up two neighbours along one axis, in two groups of two channels each. */
function conv1d(config: Layer["config"]): Layer {
  const whole = { name: "conv", filters: 2, kernel_size: [2], use_bias: false, groups: 2, ...config };
  return {
    id: "conv",
    name: "conv",
    className: "Conv1D",
    module: "keras.layers",
    registeredName: null,
    config: whole,
    buildConfig: null,
    calls: [],
  };
}

function run(config: Layer["config"], x: tf.Tensor): tf.Tensor {
  const runner = makeRunner(conv1d(config), { kerasMajor: 3, knownWeights: { kernel: KERNEL } });
  runner?.build([[null, null, 4]]);
  return runner?.run({ tensors: [x], args: [x], kwargs: {} })[0] as tf.Tensor;
}

describe("grouped convolutions", () => {
  beforeAll(async () => {
    await tf.setBackend("cpu");
  });
  afterAll(() => useShapesEngine());

  const steps = [
    [1, 0, 1, 0],
    [0, 1, 0, 1],
    [2, 2, 2, 2],
  ];

  it("give each group of channels its own filters, where the kernels know no groups", () => {
    // kernel[step][channel of the group][filter]: filter 0 sees channels 0 and 1, filter 1 channels 2 and 3.
    expect(run({}, tf.tensor3d([steps])).arraySync()).toEqual([
      [
        [1 * 1 + 7 * 1, 2 * 1 + 8 * 1],
        [3 + 5 * 2 + 7 * 2, 4 + 6 * 2 + 8 * 2],
      ],
    ]);
  });

  it("look back only, where they are causal", () => {
    const y = run({ padding: "causal" }, tf.tensor3d([steps])).arraySync() as number[][][];
    expect(y[0]).toHaveLength(3);
    expect(y[0]?.[0]).toEqual([5, 6]);
  });

  it.each(["valid", "same", "causal"])("have the same shape on the shapes engine, padding %s", (padding) => {
    const onCpu = run({ padding }, tf.tensor3d([steps])).shape;
    useShapesEngine();
    const onShapes = run({ padding }, tf.tensor3d([steps])).shape;
    tf.setBackend("cpu");
    expect(onShapes).toEqual(onCpu);
  });
});
