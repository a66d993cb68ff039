import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { fileSource, openModel, readWeights } from "../../src/formats";
import { finished } from "../../src/model";

const folder = mkdtempSync(join(tmpdir(), "layerscope-large-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A Dense layer whose kernel is read in pieces, the last of them a short one. */
const [ROWS, COLUMNS] = [3_001, 2_003];

async function writeModel(path: string, kernel: Float32Array): Promise<void> {
  const h5wasm = await import("h5wasm/node");
  await h5wasm.ready;
  const file = new h5wasm.File(path, "w");
  const layers = [
    { class_name: "InputLayer", config: { batch_input_shape: [null, ROWS], dtype: "float32", name: "input_1" } },
    { class_name: "Dense", config: { name: "wide", units: COLUMNS, activation: "linear", use_bias: false, dtype: "float32" } },
  ];
  file.create_attribute("keras_version", "2.15.0");
  file.create_attribute("model_config", JSON.stringify({ class_name: "Sequential", config: { name: "m", layers } }));
  const weights = file.create_group("model_weights");
  weights.create_attribute("layer_names", ["wide"]);
  const wide = weights.create_group("wide");
  wide.create_attribute("weight_names", ["wide/kernel:0"]);
  wide.create_group("wide").create_dataset({ name: "kernel:0", data: kernel, shape: [ROWS, COLUMNS] });
  file.close();
}

test("a kernel that is larger than what is read at once has every number in its place", async () => {
  const path = join(folder, "wide.h5");
  const kernel = Float32Array.from({ length: ROWS * COLUMNS }, (_, index) => index);
  await writeModel(path, kernel);
  const source = fileSource(path);
  const read: (Float32Array | null)[] = [];
  finished(readWeights(source, (await openModel(source)).weights, (_, numbers) => read.push(numbers)));
  source.close();
  expect(read).toHaveLength(1);
  expect(Buffer.from(read[0]?.buffer ?? new ArrayBuffer(0)).equals(Buffer.from(kernel.buffer))).toBe(true);
});
