import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { openModel, zooModel } from "../../src/formats";
import type { EngineName, Model } from "../../src/model";
import { prepareModel, runProbe } from "../../src/probe";
import { savedModels } from "../models/load";
import { type Answer, differencesOf } from "./answer";
import { withFormulaWeights } from "./formula";
import { whyNoNative } from "./native";

const answers = JSON.parse(gunzipSync(readFileSync(join(import.meta.dirname, "numbers.json.gz"))).toString()) as {
  [kerasMajor: string]: Answer[];
};
const archives = savedModels();

const missing = await whyNoNative();
if (missing) console.warn(`The native engine is not tested: ${missing}`);

describe.each<EngineName>(missing ? ["wasm"] : ["wasm", "native"])("the %s engine", (engine) => {
  describe.each([2, 3] as const)("computes what Keras %i does", (kerasMajor) => {
    it.each(answers[kerasMajor] ?? [])("$model of $inputs", (keras) => compare(keras, kerasMajor, engine), PATIENCE_MS);
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
