import { describe, expect, it } from "vitest";
import type { QuestionId } from "../../src/model";
import { type ArgumentCase, answersTo } from "./argument-cases";

const asked = (model: string, input: number[]): ArgumentCase => ({ name: model, kerasMajor: 3, model, input });

describe("the answers in words", () => {
  it.each<[model: string, input: number[], question: QuestionId, sentences: string[]]>([
    [
      "EfficientNetB0",
      [1, 128, 128, 1],
      "arguments",
      [
        "EfficientNetB0(include_top=False, input_shape=(128, 128, 1)) is refused. With pretrained weights the input has to have 3 channels.",
        "include_top=False, input_shape=(128, 128, 3) | taken | Gives 4×4×1280.",
        "include_top=False, input_shape=(31, 31, 3) | refused | It has to be at least 32×32.",
        "include_top=True, input_shape=(128, 128, 3) | refused | With its top and pretrained weights only 224×224×3 is allowed.",
        "include_top=True, input_tensor=keras.Input((128, 128, 3)) | taken | Gives 1000.",
        "include_top=False, input_tensor=keras.Input((128, 128, 1)) | layers and weights only | The pretrained weights do not fit: normalization mean is 3, and would have to be 1.",
        "model(128×128×1) | the input check of the model that there is, then its layers | Gives 4×4×1280, stretched at normalization.",
      ],
    ],
    [
      "MobileNetV2",
      [1, 208, 104, 3],
      "arguments",
      [
        "for 208×104×3 the model made without input_shape gives 6×3×1280, and the one made with input_shape=(208, 104, 3) gives 7×4×1280.",
        "Here block_6_pad gets 26×13",
        "include_top=False, alpha=0.25 | refused | There are pretrained weights for these only: 0.35, 0.5, 0.75, 1, 1.3, 1.4.",
      ],
    ],
    [
      "VGG16?include_top=true",
      [1, 64, 64, 3],
      "arguments",
      [
        "VGG16(include_top=True, input_shape=(64, 64, 3)) is refused.",
        "include_top=True, input_tensor=keras.Input((64, 64, 3)) | fails | The pretrained weights do not fit: fc1 kernel is 25088×4096, and would have to be 2048×4096.",
      ],
    ],
    [
      "NASNetMobile?keras=2",
      [1, 224, 224, 3],
      "arguments",
      ["include_top=False | fails | With open sizes it has other layers than the file has weights for, 742 instead of 769."],
    ],
    [
      "MobileNetV3Small",
      [1, 20, 64, 3],
      "arguments",
      ["the function’s rule for sizes, then layers and weights | Refused. It has to be at least 32×32."],
    ],
    [
      "EfficientNetB0?keras=2.9",
      [1, 64, 64, 3],
      "imagenet",
      ["It adds a layer, tf.math.truediv (TFOpLambda), behind normalization.", "Sizes with its top | 224×224×3 | from 32×32 on"],
    ],
    ["MobileNet", [1, 128, 128, 3], "imagenet", ["It changes no layer.", "it loads mobilenet_1_0_128_tf_no_top.h5"]],
    ["ResNetRS50?keras=2", [1, 64, 64, 3], "imagenet", ["Sizes with its top | from 32×32 on | from 32×32 on"]],
  ])("%s at %j: %s", async (model, input, question, sentences) => {
    const answers = await answersTo(asked(model, input), question);
    const rows = answers.flatMap(({ table }) => table?.rows.map(({ cells }) => cells.join(" | ")) ?? []);
    const told = [...answers.flatMap(({ text }) => text), ...rows].join("\n");
    for (const sentence of sentences) expect(told).toContain(sentence);
  });

  it.each([
    ["MobileNetV2", [1, 224, 224, 3]],
    ["MobileNetV2?pooling=avg", [1, 208, 104, 3]],
  ])("says nothing of the size where naming it changes nothing, or cannot be compared: %s", async (model, input) => {
    const titles = (await answersTo(asked(model, input), "arguments")).map(({ title }) => title);
    expect(titles).toEqual([
      "Which arguments may MobileNetV2() be called with?",
      "What is the difference between input_shape, input_tensor and feeding?",
    ]);
  });
});
