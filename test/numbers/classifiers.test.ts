import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tensor3d } from "@tensorflow/tfjs-core";
import { load, type ModelDefinition } from "nsfwjs/core";
import { InceptionV3Model } from "nsfwjs/models/inception_v3";
import { MobileNetV2Model } from "nsfwjs/models/mobilenet_v2";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEngine, useEngine, useShapesEngine } from "../../src/engines";
import { fileSource, openModel, readWeights } from "../../src/formats";
import type { EngineName, Report } from "../../src/model";
import { prepareModel, runProbe } from "../../src/probe";
import { type Answer, differencesOf } from "./answer";
import { drawPicture, unpackClassifier } from "./classifiers";
import { whyNoNative } from "./native";

/** What real Keras says of the same picture; made by scripts/numbers/classifiers.py. */
type KerasAnswer = Pick<Answer, "layers"> & { probabilities: number[] };
const answers = JSON.parse(readFileSync(join(import.meta.dirname, "classifiers.json"), "utf8")) as { [model: string]: KerasAnswer };

const MODELS: { name: string; definition: ModelDefinition; side: number }[] = [
  { name: "mobilenet_v2", definition: MobileNetV2Model, side: 224 },
  { name: "inception_v3", definition: InceptionV3Model, side: 299 },
];
/** In the order of the outputs. */
const CLASSES = ["Drawing", "Hentai", "Neutral", "Porn", "Sexy"];
const PATIENCE_MS = 120_000;

const missing = await whyNoNative();
if (missing) console.warn(`The native engine is not tested: ${missing}`);

describe.each(MODELS)("the pretrained classifier $name", ({ name, definition, side }) => {
  const folder = mkdtempSync(join(tmpdir(), "layerscope-classifier-"));
  const keras = answers[name] as KerasAnswer;
  const classified = new Map<EngineName, readonly number[]>();
  beforeAll(() => unpackClassifier(definition, folder));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each<EngineName>(missing ? ["wasm"] : ["wasm", "native"])(
    "sees a picture on the engine %s as Keras does, layer by layer",
    async (engine) => {
      const report = await classify(folder, side, engine);
      expect(report.numbers).toMatchObject({ drawn: [], surplus: [], differing: [], ended: null });
      expect(differencesOf(report, { model: name, inputs: [], layers: keras.layers, outputs: [keras.probabilities] })).toEqual([]);
      expect(keras.layers.length).toBe(report.layers.length - 2); // but for the input and the one of pixels
      classified.set(engine, report.outputs[0]?.values ?? []);
    },
    PATIENCE_MS,
  );

  it("is of the opinion that nsfwjs itself has, on tfjs's own layers", { timeout: PATIENCE_MS }, async () => {
    await startEngine("wasm");
    useEngine("wasm");
    try {
      const own = await load(definition.name, { modelDefinitions: [definition], size: side });
      const { rgba } = drawPicture(side);
      const pixels = tensor3d(
        rgba.filter((_, index) => index % 4 !== 3),
        [side, side, 3],
        "int32",
      );
      const found = await own.classify(pixels);
      for (const { className, probability } of found) {
        const place = CLASSES.indexOf(className);
        for (const values of classified.values()) expect(values[place]).toBeCloseTo(probability, 4);
      }
      expect(found.map(({ className }) => className).sort()).toEqual(CLASSES);
      expect(classified.size).toBe(missing ? 1 : 2);
      own.dispose();
      pixels.dispose();
    } finally {
      useShapesEngine();
    }
  });
});

async function classify(folder: string, side: number, engine: EngineName): Promise<Report> {
  const source = fileSource(join(folder, "model.json"));
  const prepared = prepareModel(await openModel(source));
  try {
    const inputs = { [prepared.inputs[0]?.name as string]: [1, side, side, 3] };
    return await runProbe(
      prepared,
      { inputs, mode: "feed", engine, fill: "image:drawn" },
      {
        image: { name: "drawn", decoded: drawPicture(side) },
        readWeights: (entries, take) => readWeights(source, entries, take),
      },
    );
  } finally {
    prepared.dispose();
    source.close();
  }
}
