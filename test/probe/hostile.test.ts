import { describe, expect, it } from "vitest";
import { FormatError } from "../../src/formats/format-error";
import { parseKerasDocument } from "../../src/formats/keras/document";
import type { Json, Model } from "../../src/model";
import { UserError } from "../../src/model";
import { prepareModel, runProbe } from "../../src/probe";
import { layerCases } from "../layers/load";

/** A small generator with a seed, so that a failure can be had again. @see Numerical Recipes, the constants of its LCG */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const ABSURD: Json[] = [
  null,
  -1,
  0,
  1.5,
  1e12,
  2 ** 31,
  "nonsense",
  "",
  true,
  [],
  {},
  [0],
  [-3, 4],
  [[1]],
  ["a", "b"],
  [null],
  { class_name: "Strange", config: {} },
];

/** What the reader of the file checks already, in test/formats. */
const WIRING = new Set([
  "name",
  "layers",
  "input_layers",
  "output_layers",
  "batch_shape",
  "batch_input_shape",
  "keras_history",
  "shape",
  "config",
]);

/** Puts an absurd value somewhere into the configs of the layers. */
function spoiled(json: Json, random: () => number, isConfig = false): Json {
  if (Array.isArray(json)) return json.map((part) => spoiled(part, random, isConfig));
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => {
      const mayBreak = isConfig && !WIRING.has(key);
      if (mayBreak && random() < 0.12) return [key, ABSURD[Math.floor(random() * ABSURD.length)] as Json];
      return [key, spoiled(value, random, isConfig || key === "config")];
    }),
  );
}

describe.each([2, 3] as const)("configs of Keras %i that nobody could have built", (kerasMajor) => {
  const cases = [...layerCases("layers", kerasMajor), ...layerCases("operations", kerasMajor)];
  it.each([1, 2, 3])("end as a report or as a sentence for the user (seed %i)", async (seed) => {
    const random = seeded(seed);
    let reports = 0;
    for (const { name, config, probes } of cases) {
      const document = spoiled(config, random);
      const inputs = probes[0]?.inputs ?? [];
      const what = await outcome(document, kerasMajor, inputs).catch(
        (error: unknown) => `${name}: ${String(error)} from ${JSON.stringify(document)}`,
      );
      expect(what).toMatch(/^(report|refused)$/);
      if (what === "report") reports++;
    }
    // Most of the time what is spoiled is a layer's own business.
    expect(reports).toBeGreaterThan(cases.length / 2);
  });
});

async function outcome(document: Json, kerasMajor: 2 | 3, shapes: number[][]): Promise<"report" | "refused"> {
  try {
    const { network, producer } = parseKerasDocument(document, kerasMajor === 3 ? "3.15.1" : "2.21.0");
    const model: Model = { name: "spoiled", format: "keras-json", producer, kerasMajor, network, weights: [] };
    const prepared = prepareModel(model);
    const inputs = Object.fromEntries(prepared.inputs.map(({ name }, index) => [name, shapes[index] ?? [1]]));
    await runProbe(prepared, { inputs, mode: "feed", engine: "shapes", fill: "zeros" });
    prepared.dispose();
    return "report";
  } catch (error) {
    if (error instanceof UserError || error instanceof FormatError) return "refused";
    throw error;
  }
}
