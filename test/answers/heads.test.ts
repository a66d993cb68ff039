import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { explainHeads, headDocument } from "../../src/answers";
import { zooModel } from "../../src/formats";
import { prepareModel, runHeads } from "../../src/probe";
import { answerTo } from "./head-answer";
import { HEAD_CASES, type HeadCase, type HeadGolden } from "./head-cases";

/** Made by `npm run answers:keras -- --record`, which runs every snippet under real Keras. */
const GOLDEN = JSON.parse(readFileSync(join(__dirname, "heads.json"), "utf8")) as HeadGolden;

describe("every head has the output and the parameters that its code has under real Keras", () => {
  it.each(HEAD_CASES)("$name", async (each) => {
    const { document } = await answerTo(each);
    const ours = document.options.map(({ name, code, output, parameters }) => [name, { code, output, parameters }]);
    expect(Object.fromEntries(ours)).toEqual(GOLDEN[each.name]);
  });

  it("of each case that there is, and no other", () => {
    expect(Object.keys(GOLDEN).sort()).toEqual(HEAD_CASES.map(({ name }) => name).sort());
  });
});

const caseNamed = (name: string): HeadCase => HEAD_CASES.find((each) => each.name === name) as HeadCase;

describe("what fits one size only", () => {
  it.each<[string, string[]]>([
    ["MobileNetV2", ["flatten"]],
    ["channels first, images", ["flatten"]],
    ["channels first, volumes", ["flatten"]],
    ["a line of sound, .keras", ["flatten"]],
    ["MobileNetV2?pooling=avg", []],
    ["a feature vector", []],
    ["a classifier of digits, .h5", []],
  ])("%s: %j", async (name, fixing) => {
    const { document } = await answerTo(caseNamed(name));
    expect(document.options.filter((option) => option.fixes_size).map((option) => option.name)).toEqual(fixing);
  });
});

describe("what a model ends in already", () => {
  it.each<[string, string[], [classes: number, activation: string | null] | null]>([
    ["MobileNetV2", [], null],
    ["MobileNetV2?pooling=avg", ["global_average_pooling2d"], null],
    ["a feature vector", ["Mean"], null],
    ["VGG16?include_top=true", [], [1000, "softmax"]],
    ["MobileNetV3Small?include_top=true&keras=2", ["global_average_pooling2d"], [1000, "softmax"]],
    ["a classifier of digits, .keras", [], [10, null]],
    ["a SavedModel of a classifier", [], [10, "softmax"]],
    ["two images, .keras", [], [1, "sigmoid"]],
    ["a frozen graph", ["pool"], [5, null]],
    ["maps of classes, .json", [], null],
  ])("%s", async (name, pooled, classes) => {
    const { document } = await answerTo(caseNamed(name));
    expect(document.pooled_at.map((id) => id.split("/").at(-1))).toEqual(pooled);
    expect(document.own_classes && [document.own_classes.classes, document.own_classes.activation]).toEqual(classes);
  });
});

describe("in words", () => {
  it.each<[string, string[]]>([
    [
      "MobileNetV2",
      ["5×5×1280 for each sample: features at 25 positions, not one vector.", "Its Dense reads 32000 numbers", "the result is 5×5×9"],
    ],
    ["channels first, images", ["7×8×10 for each sample: features at 80 positions", "the result is 8×10×5"]],
    ["MobileNetV2?pooling=avg", ["One vector of 1280 numbers for each sample", "Already pooled inside, at global_average_pooling2d"]],
    ["a feature vector", ["One vector of 1280 numbers for each sample", "Already pooled inside"]],
    [
      "VGG16?include_top=true",
      ["It ends in 1,000 classes already, at predictions (Dense, softmax).", "For 7 classes of your own that layer goes"],
    ],
  ])("%s", async (name, sentences) => {
    const text = explainHeads(await answerTo(caseNamed(name)))
      .flatMap((answer) => answer.text)
      .join("\n");
    for (const sentence of sentences) expect(text).toContain(sentence);
  });
});

const feed = { mode: "feed", engine: "shapes", fill: "zeros" } as const;

it("has nothing to offer behind a probe that fails, and says where it does", async () => {
  const model = zooModel("MobileNetV2");
  const prepared = prepareModel(model);
  const run = await runHeads(prepared, { inputs: { input_layer: [1, 160, 160, 1] }, ...feed }, 9);
  const { output, options, failure } = headDocument(run, { ...model, file: null });
  prepared.dispose();
  expect({ output, options, failure: failure?.layer, answers: explainHeads(run) }).toEqual({
    output: null,
    options: [],
    failure: "Conv1",
    answers: [],
  });
});

describe("what cannot be ended in classes is refused in a sentence", () => {
  const outputs = (names: string[]) => ({
    ...zooModel("VGG16"),
    network: { ...zooModel("VGG16").network, outputs: names.map((layer) => ({ layer, call: 0, output: 0 })) },
  });
  const withUnknown = () => {
    const model = zooModel("VGG16");
    const layers = model.network.layers.map((layer) =>
      layer.name === "block5_pool" ? { ...layer, className: "Mine", registeredName: "my>Mine", module: null } : layer,
    );
    return { ...model, network: { ...model.network, layers } };
  };
  it.each<[string, () => ReturnType<typeof zooModel>, number, string]>([
    [
      "several outputs",
      () => outputs(["block1_pool", "block5_pool"]),
      9,
      "VGG16 has 2 outputs (block1_pool, block5_pool); a head ends a model with one",
    ],
    ["a layer that nobody knows", withUnknown, 9, "The output of VGG16 is not known, as its layer block5_pool (Mine) is not"],
    ["no classes", () => zooModel("VGG16"), 0, "0 is no number of classes"],
    ["half a class", () => zooModel("VGG16"), 1.5, "1.5 is no number of classes"],
    ["classes without end", () => zooModel("VGG16"), Number.POSITIVE_INFINITY, "Infinity is no number of classes"],
  ])("%s", async (_, model, classes, words) => {
    const prepared = prepareModel(model());
    await expect(runHeads(prepared, { inputs: {}, ...feed }, classes)).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringContaining(words),
    });
    prepared.dispose();
  });
});
