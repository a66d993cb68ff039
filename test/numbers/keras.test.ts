import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { openModel, zooModel } from "../../src/formats";
import type { EngineName, Model, Report } from "../../src/model";
import { prepareModel, runProbe } from "../../src/probe";
import { savedModels } from "../models/load";
import { withFormulaWeights } from "./formula";
import { whyNoNative } from "./native";

/** What real Keras computes with weights by a formula and the fill `ramp`; made by scripts/numbers/make.py. */
interface Answer {
  model: string;
  inputs: number[][];
  layers: [path: string, mean: number, std: number][];
  /** The first 16 numbers of each output. */
  outputs: number[][];
}

const answers = JSON.parse(gunzipSync(readFileSync(join(import.meta.dirname, "numbers.json.gz"))).toString()) as {
  [kerasMajor: string]: Answer[];
};
const archives = savedModels();

/** Relative to the size of the numbers: float32 rounds otherwise where sums are added in another order. */
const TOLERANCE = 1e-4;
const isNear = (ours: number, keras: number, size: number): boolean =>
  Math.abs(ours - keras) <= TOLERANCE * Math.max(Math.abs(keras), size) + 1e-7;

const missing = await whyNoNative();
if (missing) console.warn(`The native engine is not tested: ${missing}`);

/** Masks are not followed yet: an LSTM skips the steps that one hides. */
const MASKED = /^seq2seq-with-attention$/;

describe.each<EngineName>(missing ? ["wasm"] : ["wasm", "native"])("the %s engine", (engine) => {
  describe.each([2, 3] as const)("computes what Keras %i does", (kerasMajor) => {
    const [masked, plain] = [true, false].map((is) => (answers[kerasMajor] ?? []).filter(({ model }) => MASKED.test(model) === is));
    it.each(plain as Answer[])("$model of $inputs", (keras) => compare(keras, kerasMajor, engine), PATIENCE_MS);
    it.fails.each(masked as Answer[])("$model of $inputs, which has masks", (keras) => compare(keras, kerasMajor, engine), PATIENCE_MS);
  });
});

const PATIENCE_MS = 120_000;

async function compare(keras: Answer, kerasMajor: 2 | 3, engine: EngineName): Promise<void> {
  const { prepared, readWeights } = withFormulaWeights(prepareModel(await modelOf(keras.model, kerasMajor)));
  const inputs = Object.fromEntries(prepared.inputs.map(({ name }, index) => [name, keras.inputs[index] as number[]]));
  const report = await runProbe(prepared, { inputs, mode: "feed", engine, fill: "ramp" }, { readWeights });
  prepared.dispose();
  expect(report.numbers).toMatchObject({ drawn: [], surplus: [], differing: [], ended: null });
  expect(differencesOf(report, keras)).toEqual([]);
}

function modelOf(name: string, kerasMajor: 2 | 3): Model | Promise<Model> {
  if (name.includes("?")) return zooModel(name);
  const saved = archives.find((one) => one.name === name && one.kerasMajor === kerasMajor);
  if (!saved) throw new Error(`there is no ${name}.br`);
  return openModel(saved.open("model.json"));
}

function differencesOf(report: Report, keras: Answer): string[] {
  const rows = new Map(report.layers.map((row) => [row.id, row]));
  const layers = keras.layers.flatMap(([path, mean, std]) => {
    const row = rows.get(path);
    // Which of a shared layer's calls comes first is not the same in all that runs it.
    if (row?.nested || row?.furtherCalls) return [];
    const stats = row?.stats;
    if (!stats) return [`${path}: no numbers`];
    const isEqual = isNear(stats.mean, mean, std) && isNear(stats.std, std, Math.abs(mean));
    return isEqual ? [] : [`${path}: ${stats.mean} ± ${stats.std} ours, ${mean} ± ${std} Keras's`];
  });
  const outputs = keras.outputs.flatMap((numbers, index) => {
    const ours = report.outputs[index]?.values ?? [];
    const size = Math.sqrt(numbers.reduce((sum, value) => sum + value * value, 0) / numbers.length);
    const isEqual = ours.length === numbers.length && numbers.every((value, at) => isNear(ours[at] as number, value, size));
    return isEqual ? [] : [`output ${index}: ${ours} ours, ${numbers} Keras's`];
  });
  return [...layers, ...outputs];
}
