import type { ProbeReply } from "../../src/helper/protocol";
import type { Broadcast, LayerReport, Report } from "../../src/model";

/** A layer's row with what a test does not care about filled in. */
export function layer(id: string, className: string, output: number[][] | null, more: Partial<LayerReport> = {}): LayerReport {
  return {
    id,
    className,
    status: output === null ? "unreached" : "ok",
    declared: null,
    output,
    parameters: 0,
    inputs: [],
    weights: [],
    ...more,
  };
}

export const from = (id: string, output = 0) => ({ layer: id, call: 0, output, shape: null });

/** Grayscale into a model that has three means. */
export const grayBroadcast: Broadcast = {
  layer: "normalization",
  operation: "Sub",
  operands: [
    { shape: [1, 8, 8, 1], stretched: [3], role: "activation", name: null },
    { shape: [1, 1, 1, 3], stretched: [1, 2], role: "weight", name: "mean", values: [0.485, 0.456, 0.406] },
  ],
  output: [1, 8, 8, 3],
  kind: "expands-activation",
};

export function report(more: Partial<Report> = {}): Report {
  return {
    schema: 1,
    model: {
      name: "Small",
      format: "keras-h5",
      producer: "keras 2.9.0",
      layers: 3,
      parameters: 1_234_567,
      inputs: [{ name: "input_1", declared: [null, 8, 8, 3], dtype: "float32" }],
    },
    probe: { inputs: { input_1: [1, 8, 8, 1] }, mode: "feed", engine: "shapes", fill: "zeros" },
    gates: [],
    layers: [
      layer("input_1", "InputLayer", [[1, 8, 8, 1]], { declared: [[null, 8, 8, 3]] }),
      layer("normalization", "Normalization", [[1, 8, 8, 3]], { parameters: 7, inputs: [from("input_1")], declared: [[null, 8, 8, 3]] }),
      layer("conv", "Conv2D", [[1, 4, 4, 16]], { parameters: 1_234_560, inputs: [from("normalization")], declared: [[null, null, 4, 16]] }),
    ],
    broadcasts: [grayBroadcast],
    misfits: [],
    failure: null,
    outputs: [{ layer: "conv", shape: [1, 4, 4, 16] }],
    ...more,
  };
}

export function reply(told: Report = report(), more: Partial<ProbeReply> = {}): ProbeReply {
  return {
    report: told,
    headline: { tone: "broadcast", text: "Accepted: 1 → 3 channels at normalization" },
    answers: [
      {
        title: "Why?",
        text: ["Broadcasting copies the one channel."],
        ways: [{ title: "Repeat it", code: "x = tf.image.grayscale_to_rgb(x)\ny = model(x)" }],
      },
    ],
    questions: [],
    elapsedMs: 4,
    ...more,
  };
}
