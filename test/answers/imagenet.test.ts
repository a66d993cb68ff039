import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { explainImagenet } from "../../src/answers";
import { zooModel } from "../../src/formats";
import { withAndWithoutWeights } from "../../src/helper/arguments";
import { weightFileFor, type ZooFacts } from "../../src/model";
import { prepareModel } from "../../src/probe";

/** Written by scripts/answers/imagenet.py, by generation and model. */
const golden = JSON.parse(readFileSync("test/answers/imagenet.json", "utf8")) as {
  [generation: string]: {
    [model: string]: {
      only_imagenet: string[];
      only_none: string[];
      /** Without weights, and with. */
      layers: [number, number];
      parameters: [number, number];
      /** By the side of the square that is named; `None` where none is. */
      files: { [side: string]: string };
    };
  };
};

const cases = Object.entries(golden).flatMap(([generation, models]) => Object.keys(models).map((model) => [model, generation] as const));

const specOf = (name: string, generation: string): string => `${name}?keras=${generation}`;

describe("the file of weights that the function loads", () => {
  it.each(cases)("%s of Keras %s", (model, generation) => {
    const zoo = zooModel(specOf(model, generation)).zoo as ZooFacts;
    const sides = Object.entries(golden[generation]?.[model]?.files ?? {});
    const ours = sides.map(([side]) => [side, side === "None" ? zoo.weightFile : weightFileFor(zoo, [Number(side), Number(side), 3])]);
    expect(ours).toEqual(sides);
  });
});

describe("what weights change in a model", () => {
  it.each(cases)("%s of Keras %s", async (model, generation) => {
    const prepared = prepareModel(zooModel(specOf(model, generation)));
    const zoo = prepared.model.zoo as ZooFacts;
    const both = await withAndWithoutWeights({ prepared, zoo, shape: [1, ...zoo.defaultSize, 3] }, {});
    prepared.dispose();
    const [changes] = explainImagenet({ base: { ...prepared.model, file: null }, zoo, ...both });
    const said = golden[generation]?.[model];
    expect(changes?.layers ?? []).toEqual(said?.only_imagenet);
    expect(said?.only_none).toEqual([]);
    const rows = Object.fromEntries(changes?.table?.rows.map(({ cells: [name, ...values] }) => [name, values]) ?? []);
    const written = (counts: number[] = []) => counts.toReversed().map((count) => count.toLocaleString("en-US"));
    expect(rows).toMatchObject({ Layers: written(said?.layers), Parameters: written(said?.parameters) });
  });
});

describe("which range pixels must have", () => {
  /** What `preprocess_input` of each made of some pixels; written by scripts/zoo/preprocessing.py. */
  const { pixels, came } = JSON.parse(readFileSync("test/images/preprocessing.json", "utf8")) as {
    pixels: number[][];
    came: { [model: string]: number[][] };
  };
  const RANGES: [model: string, words: string, from: number, to: number][] = [
    ["EfficientNetB0", "0 to 255", 0, 255],
    ["MobileNetV2", "−1 to 1", -1, 1],
    ["DenseNet121", "about −2.1 to 2.6", -2.1, 2.6],
    ["VGG16", "about −124 to 151", -124, 151],
  ];
  it.each(RANGES)("%s: %s", async (name, words, from, to) => {
    const prepared = prepareModel(zooModel(name));
    const zoo = prepared.model.zoo as ZooFacts;
    const both = await withAndWithoutWeights({ prepared, zoo, shape: [1, 64, 64, 3] }, {});
    prepared.dispose();
    const [, range] = explainImagenet({ base: { ...prepared.model, file: null }, zoo, ...both });
    expect(range?.text[0]).toContain(words);
    const extremes = (came[`${name} 3`] ?? []).filter((_, index) => new Set(pixels[index]).size === 1).flat();
    expect(Math.abs(Math.min(...extremes) - from)).toBeLessThan(0.5);
    expect(Math.abs(Math.max(...extremes) - to)).toBeLessThan(0.5);
  });
});
