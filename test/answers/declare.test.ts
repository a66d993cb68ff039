import { describe, expect, it } from "vitest";
import { answersTo, WAY_CASES, type WayCase } from "./way-cases";

const caseNamed = (name: string): WayCase => WAY_CASES.find((each) => each.name === name) as WayCase;

/** [case, title, sentences, cells of the table, ways] of what comes of declaring the tensor as it is. */
const DECLARED: [name: string, title: string, sentences: string[], cells: string[][], ways: number][] = [
  [
    "MobileNetV2 at 2x96x96x1",
    "What if I declare 1 channel instead?",
    [
      "with pretrained weights the input has to have 3 channels",
      "it gives 3×3×1280. Of its 260 weights, the table has those that do not fit: 1 weight.",
    ],
    [["Conv1", "kernel", "3×3×3×32", "3×3×1×32"]],
    1,
  ],
  [
    "EfficientNetB0 at 1x128x128x1",
    "What if I declare 1 channel instead?",
    [
      "it cannot run: stem_conv: expected 1 channel, got 3",
      "Keras takes it that rescaling_1 leaves the shape as it is, ?×128×128×1",
      "There is no need to declare it: the model as it is takes this tensor.",
    ],
    [
      ["normalization", "mean", "3", "1"],
      ["normalization", "variance", "3", "1"],
      ["stem_conv", "kernel", "3×3×3×32", "3×3×1×32"],
    ],
    0,
  ],
  [
    "EfficientNetB0?keras=2 at 1x128x128x1",
    "What if I declare 1 channel instead?",
    [
      "it gives 4×4×1280. Of its 312 weights",
      "No single mean and variance stands for the 3 of normalization",
      "There is no need to declare it",
    ],
    [
      ["normalization", "mean", "3", "1"],
      ["normalization", "variance", "3", "1"],
    ],
    0,
  ],
  [
    "EfficientNetV2B2?keras=2 at 1x64x64x1",
    "What if I declare 1 channel instead?",
    ["it cannot run: normalization: it cannot be built", "There is no need to declare it"],
    [],
    0,
  ],
  [
    "VGG16?keras=2 at 1x64x64x4",
    "What if I declare 4 channels instead?",
    ["preprocess_input of VGG16 takes another mean from each of three channels"],
    [["block1_conv1", "kernel", "3×3×3×64", "3×3×4×64"]],
    1,
  ],
  [
    "VGG16?include_top=true at 1x256x256x3",
    "What if I declare 256×256 instead?",
    ["with its top and pretrained weights it has to be 224×224×3"],
    [["fc1", "kernel", "25088×4096", "32768×4096"]],
    2,
  ],
  [
    "InceptionV3?include_top=true at 1x224x224x3",
    "What if I declare 224×224 instead?",
    ["it gives 1000, and it can take all its 378 weights as they are."],
    [],
    1,
  ],
  ["InceptionV3 at 1x32x50x3", "Which size near it would run?", ["75×75 runs, and gives 1×1×2048."], [], 2],
  ["maps of classes, .json at 1x33x50x3", "Which size near it would run?", ["32×52 runs, and gives 32×52×2."], [], 2],
  [
    "a backbone inside, .h5 at 1x128x128x3",
    "What if I declare 128×128 instead?",
    ["mobilenetv2_0.35_96 is a model inside this one", "Leave what is declared, and change the tensor in front of the model instead."],
    [],
    0,
  ],
  [
    "VGG made small, .keras at 1x64x48x1",
    "What if I declare 1 channel instead?",
    ["Leave what is declared"],
    [
      ["conv2d", "kernel", "3×3×3×4", "3×3×1×4"],
      ["dense", "kernel", "288×16", "1120×16"],
    ],
    0,
  ],
];

describe("what comes of declaring a tensor", () => {
  it.each(DECLARED)("%s", async (name, title, sentences, cells, ways) => {
    const { held, declared } = await answersTo(caseNamed(name));
    held.dispose();
    const [answer] = declared;
    expect(declared.map((each) => each.title)).toEqual([title]);
    for (const sentence of sentences) expect(answer?.text.join(" ")).toContain(sentence);
    expect(answer?.table?.rows.map((row) => row.cells) ?? []).toEqual(cells);
    expect(answer?.ways ?? []).toHaveLength(ways);
  });

  it.each([
    ["MobileNetV2", [1, 96, 96, 3]],
    ["VGG16?include_top=true", [1, 224, 224, 3]],
  ])("is not asked of %s at %j, which are as declared", async (model, shape) => {
    const { held, answers, declared } = await answersTo({ model, inputs: [shape], files: () => null });
    held.dispose();
    expect([...answers, ...declared].flatMap(({ ways = [] }) => ways)).toEqual([]);
    expect(declared).toEqual([]);
  });
});

/** [case, sentences] of what a person is told without asking. */
const EXPLAINED: [name: string, ...sentences: string[]][] = [
  [
    "EfficientNetV2B0 at 1x64x64x1",
    "minus a number of its own: 0.485, 0.456, 0.406. normalization divides each by a number of its own: 0.229, 0.224, 0.225.",
    "So it does no harm; but the weights were made for colour, and see gray three times.",
  ],
  ["ConvNeXtTiny at 1x64x64x1", "minus a number of its own: 123.7, 116.3, 103.5. convnext_tiny_prestem_normalization divides each"],
  ["ResNetRS50?keras=2 at 1x64x64x1", "normalization divides each by a number of its own: 0.229, 0.224, 0.225."],
  ["EfficientNetB0 at 1x128x128x1", "rescaling_1 multiplies each by a number of its own: 2.09, 2.113, 2.108."],
  [
    "VGG made small, .h5 at 1x64x48x3",
    "The place to look at is flatten: it puts all numbers in a row, 14×10×8 = 1120 of them, and dense was built for 288.",
  ],
  ["maps of classes, .json at 1x33x50x3", "The place to look at is max_pooling2d_1, which makes 1×8×12×8 of 1×16×25×8."],
  [
    "a column minus a row at 4x1 and 4",
    "Broadcasting repeats the tensor 4×1 along its axis 1 from 1 to 4. Broadcasting repeats the tensor 4 along its batch from 1 to 4.",
    "So every sample of one meets every sample of the other: 4×4 numbers instead of one for each sample.",
  ],
];

describe("why", () => {
  it.each(EXPLAINED)("%s", async (name, ...sentences) => {
    const { held, answers } = await answersTo(caseNamed(name));
    held.dispose();
    const text = answers.flatMap((answer) => answer.text).join(" ");
    for (const sentence of sentences) expect(text).toContain(sentence);
  });
});
