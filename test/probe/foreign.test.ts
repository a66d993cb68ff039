import { describe, expect, it } from "vitest";
import { memorySource, openModel } from "../../src/formats";
import { isForeign } from "../../src/layers";
import { prepareModel, runProbe } from "../../src/probe";

describe("whose class a layer is of", () => {
  it.each([
    ["keras.layers", null, false],
    ["keras.src.ops.numpy", "Add", false],
    ["tf_keras.src.layers.core.tf_op_layer", "TFOpLambda", false],
    ["keras", null, false],
    [null, null, false],
    ["keras_hub.src.models", "keras_hub>Backbone", true],
    ["__main__", "Dense", true],
    ["my_layers", "Models>Dense", true],
    [null, "Models>Dense", true],
  ])("module %s, registered as %s", (module, registeredName, foreign) => expect(isForeign({ module, registeredName })).toBe(foreign));

  it("does not run a Dense of somebody's own as Keras's", async () => {
    const own = { module: "my_layers", class_name: "Dense", config: { name: "own", units: 4 }, registered_name: "Mine>Dense" };
    const input = {
      module: "keras.layers",
      class_name: "InputLayer",
      config: { name: "row", batch_shape: [null, 3] },
      registered_name: null,
    };
    const json = { class_name: "Sequential", keras_version: "3.15.1", config: { name: "s", layers: [input, own] } };
    const prepared = prepareModel(await openModel(memorySource("s.json", new Map([["s.json", Buffer.from(JSON.stringify(json))]]))));
    const report = await runProbe(prepared, { inputs: { row: [1, 3] }, mode: "feed", engine: "shapes", fill: "zeros" });
    prepared.dispose();
    expect(report.layers.map(({ id, status, message }) => [id, status, message])).toEqual([
      ["row", "ok", undefined],
      ["own", "unknown", "its class is not one of Keras's own"],
    ]);
  });
});
