import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { memorySource, openModel } from "../../src/formats";
import { prepareModel, runProbe } from "../../src/probe";
import { unpacked } from "../models/load";

/** A MobileNetV2 without its top, as Keras 2 saves it. */
const MODULE = unpacked(brotliDecompressSync(readFileSync(join(__dirname, "../graphs/saved/mobilenet.keras2.br"))));

/** A Sequential of a layer that runs a SavedModel, pooling and Dense; with these files beside it. */
function beside(layer: { className: string; config: object }, files: [string, Uint8Array][]) {
  const config = {
    class_name: "Sequential",
    keras_version: layer.className === "TFSMLayer" ? "3.15.1" : "2.15.0",
    config: {
      name: "bundle",
      layers: [
        { class_name: "InputLayer", config: { batch_input_shape: [null, 64, 96, 3], dtype: "float32", name: "image" } },
        { class_name: layer.className, config: { name: "module", trainable: false, dtype: "float32", ...layer.config } },
        { class_name: "GlobalAveragePooling2D", config: { name: "pool", trainable: true } },
        { class_name: "Dense", config: { name: "dense", trainable: true, units: 5 } },
      ],
    },
  };
  return openModel(memorySource("bundle.json", new Map([["bundle.json", Buffer.from(JSON.stringify(config))], ...files])));
}

const inFolder = (folder: string): [string, Uint8Array][] => [...MODULE].map(([path, bytes]) => [`${folder}/${path}`, bytes]);
const hub = (handle: string) => ({ className: "KerasLayer", config: { handle } });

describe("a layer that runs a SavedModel has it inside", () => {
  test.each([
    ["a path as it is written", hub("modules/fv"), "modules/fv"],
    ["a folder of the same name beside it", hub("C:\\work\\fv\\"), "fv"],
    ["TensorFlow Hub's name for it", hub("https://tfhub.dev/google/mobilenet/feature_vector"), "feature_vector"],
    ["Keras 3's layer", { className: "TFSMLayer", config: { filepath: "./fv", call_endpoint: "serving_default" } }, "fv"],
  ])("%s", async (_, layer, folder) => {
    const prepared = prepareModel(await beside(layer, inFolder(folder)));
    const report = await runProbe(prepared, { inputs: {}, mode: "feed", engine: "shapes", fill: "zeros" });
    const rows = new Map(report.layers.map((row) => [row.id, row]));
    // Keras 2.15: MobileNetV2(alpha=0.35, include_top=False).count_params().
    expect(rows.get("module")).toMatchObject({ status: "ok", output: [[1, 2, 3, 1280]], parameters: 410_208 });
    expect([...rows.keys()].filter((id) => /^module\/.*Conv1\/Conv2D$/.test(id))).toHaveLength(1);
    expect(rows.get("dense")).toMatchObject({ output: [[1, 5]], declared: [[null, 5]], parameters: 6_405 });
    expect(prepared.model.notes ?? []).toEqual([]);
  });

  test.each<[string, ReturnType<typeof hub>, [string, Uint8Array][], RegExp]>([
    [
      "is not there",
      hub("/home/ann/fv"),
      [],
      /^The layer module runs the SavedModel "\/home\/ann\/fv"; put its folder, "fv", beside bundle\.json to see inside\.$/,
    ],
    ["lies outside the model's folder", hub("../fv"), [], /put its folder, "fv", beside/],
    ["is not named", { className: "KerasLayer", config: {} as { handle: string } }, [], /runs a SavedModel that its config does not name/],
    [
      "is cut short",
      hub("fv"),
      [["fv/saved_model.pb", (MODULE.get("saved_model.pb") as Uint8Array).subarray(0, 5_000)]],
      /^The layer module runs the SavedModel in fv, which cannot be opened: /,
    ],
    [
      "lacks the entry",
      { className: "TFSMLayer", config: { filepath: "fv", call_endpoint: "predict" } as never },
      inFolder("fv"),
      /has no signature "predict"/,
    ],
  ])("one that %s is a note, and the layer unknown", async (_, layer, files, note) => {
    const model = await beside(layer, files);
    expect(model.notes).toEqual([expect.stringMatching(note)]);
    const report = await runProbe(prepareModel(model), { inputs: {}, mode: "feed", engine: "shapes", fill: "zeros" });
    expect(report.layers.find(({ id }) => id === "module")?.status).toBe("unknown");
    expect(report.failure).toBeNull();
  });
});
