import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { memorySource, openModel, readWeights } from "../../src/formats";
import { type AskedProbe, type EngineName, finished, type WeightEntry } from "../../src/model";
import { prepareModel, runProbe } from "../../src/probe";
import { type Answer, differencesOf } from "./answer";
import { whyNoNative } from "./native";

/** What tensorflowjs's converter made of a model, and what real Keras computes with it; made by scripts/numbers/quantized.py. */
interface Converted extends Pick<Answer, "layers" | "outputs"> {
  name: string;
  /** Base64. */
  files: { [path: string]: string };
  /** By name the sum of a weight's numbers. */
  weights: { [name: string]: number };
}
const converted = JSON.parse(gunzipSync(readFileSync(join(import.meta.dirname, "quantized.json.gz"))).toString()) as Converted[];

const missing = await whyNoNative();
if (missing) console.warn(`The native engine is not tested: ${missing}`);

describe.each(converted)("weights in a tfjs folder, $name", ({ files, weights, layers, outputs }) => {
  const open = () =>
    memorySource("model.json", new Map(Object.entries(files).map(([path, base64]) => [path, Buffer.from(base64, "base64")])));
  const isOwned = ({ layer }: WeightEntry) => layer !== null;

  it("have the numbers that the converter's own reader finds", async () => {
    const source = open();
    const model = await openModel(source);
    const sums: { [name: string]: number } = {};
    const take = (entry: WeightEntry, numbers: Float32Array | null): void => {
      const name = isOwned(entry) ? `${entry.layer}/${entry.name}` : entry.name;
      if (numbers) sums[name] = numbers.reduce((sum, value) => sum + value, 0);
    };
    finished(readWeights(source, model.weights, take));
    const wanted = Object.entries(weights).map(([name, sum]) => [name.replace("lstm_cell/", ""), expect.closeTo(sum, 5)]);
    expect(sums).toEqual(Object.fromEntries(wanted));
  });

  it.each<EngineName>(missing ? ["wasm"] : ["wasm", "native"])("make the layers on %s compute what they do in Keras", async (engine) => {
    const source = open();
    const prepared = prepareModel(await openModel(source));
    const probe: AskedProbe = { inputs: { image: [1, 8, 8, 3] }, mode: "feed", engine, fill: "ramp" };
    const report = await runProbe(prepared, probe, { readWeights: (entries, take) => readWeights(source, entries, take) });
    prepared.dispose();
    expect(report.numbers).toMatchObject({ drawn: [], differing: [], ended: null });
    expect(differencesOf(report, { model: "small", inputs: [], layers, outputs })).toEqual([]);
  });
});
