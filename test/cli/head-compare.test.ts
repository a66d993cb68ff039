import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Comparison, HeadDocument } from "../../src/answers";
import { run } from "./run";

const FIXTURES = join(import.meta.dirname, "../fixtures");

describe("head", () => {
  test("--json is one document as the contract has it", async () => {
    const { status, lines, documents } = await run("head MobileNetV2 --input 160x160x3 --json");
    const [document] = documents as HeadDocument[];
    expect([status, lines, documents.length]).toEqual([0, [], 1]);
    expect(document?.output).toEqual([1, 5, 5, 1280]);
    for (const option of document?.options ?? [])
      expect(option).toMatchObject({
        name: expect.any(String),
        output: expect.any(Array),
        parameters: expect.any(Number),
        fixes_size: expect.any(Boolean),
        code: expect.stringContaining("model = "),
      });
    expect(document?.options.map(({ name, parameters }) => [name, parameters])).toEqual([
      ["average pooling", 1_281_000],
      ["max pooling", 1_281_000],
      ["flatten", 32_001_000],
      ["dense on positions", 1_281_000],
      ["none", 0],
    ]);
  });

  test.each<[string, number, string[]]>([
    [
      "head MobileNetV2 --input 208x104x3",
      0,
      ["For 208×104×3 it gives 6×3×1280. 1,000 classes, as ImageNet has; --classes N for yours.", "flatten", "23,041,000  one"],
    ],
    ["head VGG16?include_top=true --classes 5", 0, ["It ends in 1,000 classes already, at predictions (Dense, softmax).", "20,485"]],
    ["head MobileNetV2 --input 160x160x1", 1, ["For 160×160×1, Conv1: expected 3 channels, got 1"]],
    ["head MobileNetV2 --classes 2 --option max", 0, ["x = keras.layers.GlobalMaxPooling2D()(x)"]],
  ])("%s: %i", async (line, status, words) => {
    const outcome = await run(line);
    expect(outcome.status).toBe(status);
    for (const text of words) expect(outcome.lines.join("\n")).toContain(text);
  });

  test("a probe that fails still gives a document", async () => {
    const { status, documents } = await run("head VGG16 --input 8x8x3 --json");
    expect(status).toBe(1);
    expect(documents).toMatchObject([{ output: null, options: [], failure: { layer: expect.any(String) } }]);
  });

  test.each([
    ["head VGG16 --classes 0", "0 is no number of classes; give a whole number from 1 to 10000000."],
    ["head VGG16 --classes ten", "--classes ten is not a number."],
    ["head VGG16 --option softmax", "--option softmax is unknown; it can be average, max, flatten, dense, none."],
  ])("%s is refused", (line, message) => expect(run(line)).rejects.toMatchObject({ name: "UserError", message }));
});

describe("compare", () => {
  test("--json is one document as the contract has it", async () => {
    const { status, lines, documents } = await run("compare EfficientNetB5?keras=2.9 --input 128x128x3 --input 128x128x1 --json");
    const [comparison] = documents as Comparison[];
    expect([status, lines, documents.length, comparison?.first_difference]).toEqual([0, [], 1, "input_1"]);
    expect(comparison?.layers[0]).toEqual({ id: "input_1", a: [[1, 128, 128, 3]], b: [[1, 128, 128, 1]], differs: true });
    expect(comparison?.broadcasts.only_b.map(({ layer, kind }) => [layer, kind])).toContainEqual(["normalization", "expands-activation"]);
  });

  test.each<[string, number, string[]]>([
    ["compare MobileNetV2 --preset grayscale", 1, ["Why does 224×224×1 fail at Conv1?"]],
    ["compare MobileNetV2 --preset top", 0, ["only MobileNetV2?include_top=true has it; it"]],
    ["compare MobileNetV2?keras=2 --preset pooling", 0, ["MobileNetV2?pooling=avg&keras=2 pools inside, at global_average_pooling2d."]],
    ["compare VGG16 VGG19 --input 64x64x3 --all", 0, ["block5_pool", "block3_conv4"]],
  ])("%s: %i", async (line, status, words) => {
    const outcome = await run(line);
    expect(outcome.status).toBe(status);
    for (const text of words) expect(outcome.lines.join("\n")).toContain(text);
  });

  test.each([
    ["compare VGG16", "compare needs two of something: two --input, a second model, or a --preset (grayscale, top, pooling)."],
    ["compare VGG16 --preset gray", "--preset gray is unknown; it can be grayscale, top, pooling."],
    ["compare VGG16 VGG19 --preset top", "--preset top compares one model; VGG19 is too much."],
    ["compare VGG16 --input 8x8x3 --input 9x9x3 --input 10x10x3", "compare takes two --input; 3 are given."],
    ["compare VGG16 --preset grayscale --input 8x8x3 --input 9x9x3", "compare takes one --input with a preset, which makes the other."],
    [
      "compare VGG16?include_top=true --preset top",
      "VGG16?include_top=true has include_top=true already; leave it out to compare without and with.",
    ],
    ["compare package.json --preset top", "--preset top compares Keras Applications; package.json is none."],
    ["compare VGG16 nowhere.h5", "There is no file nowhere.h5; give a path to a model, or a name that layerscope models lists."],
    [
      `compare ${FIXTURES}/nowhere.h5 --preset grayscale`,
      `There is no file ${FIXTURES}/nowhere.h5; give a path to a model, or a name that layerscope models lists.`,
    ],
  ])("%s is refused", (line, message) => expect(run(line)).rejects.toMatchObject({ name: "UserError", message }));
});
