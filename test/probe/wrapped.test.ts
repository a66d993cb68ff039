import { describe, expect, it } from "vitest";
import type { Json } from "../../src/model";
import { prepareModel } from "../../src/probe";
import { functional, input, sent } from "./models";

const inside = (layers: Json[]): Json => ({ class_name: "Sequential", config: { name: "inside", layers } });
const pixels = { class_name: "InputLayer", config: { name: "pixels", batch_input_shape: [null, 8, 8, 3], dtype: "float32" } };
const conv = { class_name: "Conv2D", config: { name: "conv", filters: 4, kernel_size: [3, 3] } };
const frames = (layers: Json[], size: number | null = 8) =>
  functional(
    [input("x", [null, null, size, size, 3]), ["TimeDistributed", "each", { layer: inside(layers) }, "x"], ["ReLU", "end", {}, "each"]],
    ["x"],
    ["end"],
  );

describe("a model inside a wrapper", () => {
  it("runs at every step, with its weights told as the wrapper's", async () => {
    const model = frames([pixels, conv, { class_name: "GlobalAveragePooling2D", config: { name: "pool" } }]);
    const report = await sent(model, { x: [2, 5, 8, 8, 3] });
    expect(report.layers.map(({ id, status, parameters, output }) => [id, status, parameters, output])).toEqual([
      ["x", "ok", 0, [[2, 5, 8, 8, 3]]],
      ["each", "ok", 112, [[2, 5, 4]]],
      ["end", "ok", 0, [[2, 5, 4]]],
    ]);
    expect(report.model.parameters).toBe(112);
  });

  it("fails at the wrapper, and names the layer inside", async () => {
    const open = { ...pixels, config: { ...pixels.config, batch_input_shape: [null, null, null, 3] } };
    const report = await sent(frames([open, conv], null), { x: [2, 5, 2, 8, 3] });
    expect(report.failure).toMatchObject({ layer: "each", message: "conv inside it: window 3×3 does not fit into input 2×8" });
  });

  it("is asked for every axis that was declared, as tf_keras asks", async () => {
    const report = await sent(frames([pixels, conv]), { x: [2, 5, 8, 8, 1] });
    expect(report.failure).toMatchObject({ layer: "each", message: "expected 3 channels, got 1 from 2×5×8×8×1" });
  });

  it("is unknown where a class in it is", () => {
    const prepared = prepareModel(frames([pixels, { class_name: "Mystery", config: { name: "mystery" } }]));
    expect(prepared.network.layers.map(({ layer, runner }) => [layer.id, runner === null])).toEqual([
      ["x", true],
      ["each", true],
      ["end", false],
    ]);
  });
});
