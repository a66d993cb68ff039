import { afterAll, describe, expect, it } from "vitest";
import { type Comparison, compareReports, explainComparison } from "../../src/answers";
import { alignLayers } from "../../src/answers/compare/align";
import type { Model, Report } from "../../src/model";
import { type PreparedModel, prepareModel, runProbe } from "../../src/probe";
import { HEAD_CASES, type HeadCase, openCase } from "./head-cases";

const prepared = new Map<string, PreparedModel>();
afterAll(() => {
  for (const each of prepared.values()) each.dispose();
});

/** Of a case by its name, or of a Keras Application. */
async function reportOf(name: string, shape: number[]): Promise<Report> {
  const known = HEAD_CASES.find((each) => each.name === name) ?? ({ name, files: () => null } as unknown as HeadCase);
  const model = prepared.get(name) ?? prepareModel((await openCase(known)).model as Model);
  prepared.set(name, model);
  const inputs = Object.fromEntries(model.inputs.map((input) => [input.name, shape]));
  return runProbe(model, { inputs, mode: "feed", engine: "shapes", fill: "zeros" });
}

type Side = [model: string, shape: number[]];
interface Expected extends Partial<Pick<Comparison, "first_difference" | "same_again">> {
  /** How many layers gave other shapes, or were there in one only. */
  apart?: number;
  /** Layers of unusual broadcasts that only the second has. */
  stretched?: string[];
  words: string[];
}

const apartIn = ({ layers }: Comparison): number => layers.filter(({ a, b }) => JSON.stringify(a) !== JSON.stringify(b)).length;

const CASES: [what: string, a: Side, b: Side, expected: Expected][] = [
  [
    "colour against gray, where the model takes both",
    ["EfficientNetB5?keras=2.9", [1, 128, 128, 3]],
    ["EfficientNetB5?keras=2.9", [1, 128, 128, 1]],
    {
      first_difference: "input_1",
      same_again: "normalization",
      apart: 2,
      stretched: ["normalization"],
      words: [
        "input_1 (InputLayer): the tensors themselves differ, 128×128×3 against 128×128×1.",
        "From normalization (Normalization) on",
        "Sub stretches 1 → 3",
        "Both give 4×4×2048.",
      ],
    },
  ],
  [
    "colour against gray, where it does not",
    ["MobileNetV2", [1, 96, 96, 3]],
    ["MobileNetV2", [1, 96, 96, 1]],
    {
      first_difference: "input_layer",
      same_again: null,
      stretched: [],
      words: ["Why does 96×96×1 fail at Conv1?", "96×96×3 gives 3×3×1280, 96×96×1 nothing."],
    },
  ],
  [
    "without top against with it",
    ["MobileNetV2", [1, 224, 224, 3]],
    ["MobileNetV2?include_top=true", [1, 224, 224, 3]],
    {
      first_difference: "global_average_pooling2d",
      same_again: null,
      apart: 2,
      words: [
        "only MobileNetV2?include_top=true has it; it makes 7×7×1280 → 1280. The 154 layers before it are the same.",
        "MobileNetV2 has 2,257,984 parameters, MobileNetV2?include_top=true 3,538,984.",
        "pools inside, at global_average_pooling2d",
      ],
    },
  ],
  [
    "Keras against a narrower SavedModel of the same",
    ["MobileNetV2", [1, 64, 96, 3]],
    ["a SavedModel of MobileNetV2", [1, 64, 96, 3]],
    { first_difference: "Conv1", words: ["Both give 2×3×1280."] },
  ],
  [
    "Keras against a feature vector",
    ["MobileNetV2", [1, 208, 104, 3]],
    ["a feature vector", [1, 208, 104, 3]],
    { first_difference: "Conv1", words: ["MobileNetV2 gives 6×3×1280, feature-vector 1280.", "feature-vector pools inside, at Mean."] },
  ],
  [
    "Keras against the feature vector of TensorFlow Hub, named by slim: the pooling is all",
    ["MobileNetV2", [1, 160, 160, 3]],
    ["TensorFlow Hub's", [1, 160, 160, 3]],
    {
      first_difference: "MobilenetV2/Logits/global_pool",
      words: [
        "only hub-mobilenet-v2 has it; it makes 5×5×1280 → 1×1×1280. The 156 layers before it are the same.",
        "MobileNetV2 has 2,257,984 parameters, hub-mobilenet-v2 2,257,984.",
      ],
    },
  ],
  [
    "Keras against the same at a size that halves with a rest",
    ["MobileNetV2", [1, 208, 104, 3]],
    ["TensorFlow Hub's", [1, 208, 104, 3]],
    {
      first_difference: "block_6_depthwise",
      words: ["MobileNetV2 has its border from block_6_pad (26×13×192 → 27×14×192), hub-mobilenet-v2 from the convolution itself"],
    },
  ],
  [
    "two generations",
    ["MobileNetV2", [1, 96, 96, 3]],
    ["MobileNetV2?keras=2", [1, 96, 96, 3]],
    { first_difference: null, same_again: null, apart: 0, words: ["Nowhere: all 154 layers give the same shapes."] },
  ],
  [
    "one that has more layers",
    ["VGG16", [1, 64, 64, 3]],
    ["VGG19", [1, 64, 64, 3]],
    { first_difference: "block3_conv4", same_again: "block5_pool", apart: 3, words: ["only VGG19 has it", "Both give 2×2×512."] },
  ],
  [
    "the same twice",
    ["VGG16", [1, 64, 64, 3]],
    ["VGG16", [1, 64, 64, 3]],
    { first_difference: null, same_again: null, apart: 0, stretched: [], words: ["Nowhere"] },
  ],
];

describe("where two probes part", () => {
  it.each(CASES)("%s", async (_, a, b, { words, apart, stretched, ...expected }) => {
    const [first, second] = [await reportOf(...a), await reportOf(...b)];
    const comparison = compareReports(first, second);
    expect(comparison).toMatchObject(expected);
    if (apart !== undefined) expect(apartIn(comparison)).toBe(apart);
    const odd = comparison.broadcasts.only_b.filter(({ kind }) => kind === "expands-activation").map(({ layer }) => layer);
    if (stretched) expect(odd).toEqual(stretched);
    const text = explainComparison(first, second, comparison)
      .flatMap((answer) => [answer.title, ...answer.text])
      .join("\n");
    for (const sentence of words) expect(text).toContain(sentence);
  });

  it.each(CASES)("%s: turned round, the same pairs of shapes are apart", async (_, a, b) => {
    const [first, second] = [await reportOf(...a), await reportOf(...b)];
    const [there, back] = [compareReports(first, second), compareReports(second, first)];
    expect(apartIn(back)).toBe(apartIn(there));
    expect(back.broadcasts.only_a.length).toBe(there.broadcasts.only_b.length);
  });

  it.each(CASES)("%s: every layer stands in it once, in its order", async (_, a, b) => {
    const [first, second] = [await reportOf(...a), await reportOf(...b)];
    const pairs = alignLayers(first, second);
    expect(pairs.flatMap((pair) => pair.a?.id ?? [])).toEqual(first.layers.map(({ id }) => id));
    expect(pairs.flatMap((pair) => pair.b?.id ?? [])).toEqual(second.layers.map(({ id }) => id));
  });
});
