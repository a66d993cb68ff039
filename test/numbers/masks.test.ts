import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { parseKerasDocument } from "../../src/formats/keras/document";
import type { EngineName, Json } from "../../src/model";
import { prepareModel, runProbe } from "../../src/probe";
import { type Answer, differencesOf } from "./answer";
import { withFormulaWeights } from "./formula";
import { whyNoNative } from "./native";

/** What real Keras computes where positions are masked; made by scripts/numbers/masks.py. */
const answers = JSON.parse(gunzipSync(readFileSync(join(import.meta.dirname, "masks.json.gz"))).toString()) as {
  [kerasMajor: string]: (Answer & { config: Json })[];
};
const VERSIONS = { 2: "2.21.0", 3: "3.15.1" } as const;

const missing = await whyNoNative();

describe.each<EngineName>(missing ? ["wasm"] : ["wasm", "native"])("where positions are masked the %s engine", (engine) => {
  describe.each([2, 3] as const)("computes what Keras %i does", (kerasMajor) => {
    it.each(answers[kerasMajor] ?? [])("$model", async (keras) => {
      const { network, producer } = parseKerasDocument(keras.config, VERSIONS[kerasMajor]);
      const model = { name: keras.model, format: "keras-json" as const, producer, kerasMajor, network, weights: [] };
      const { prepared, readWeights } = withFormulaWeights(prepareModel(model));
      const inputs = Object.fromEntries(prepared.inputs.map(({ name }, index) => [name, keras.inputs[index] as number[]]));
      const report = await runProbe(prepared, { inputs, mode: "feed", engine, fill: "ramp" }, { readWeights });
      prepared.dispose();
      expect(report.numbers).toMatchObject({ drawn: [], differing: [], ended: null });
      expect(differencesOf(report, keras)).toEqual([]);
    });
  });
});
