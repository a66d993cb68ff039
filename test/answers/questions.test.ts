// The questions that Layerscope exists to answer, asked in the terminal as a person asks them. Each number of an answer was said by real
// Keras (questions.json, which scripts/answers/questions.py wrote) or TensorFlow, or is in the question; code is run by npm run answers:keras.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../cli/run";
import { savedGraphs } from "../graphs/saved";
import { unaccounted } from "./accounted";

const MODELS = join(import.meta.dirname, "models");
const KERAS = JSON.parse(readFileSync(join(import.meta.dirname, "questions.json"), "utf8"));
const { grayscale, "custom size": size, pooling, "will it work": works } = KERAS;
const OWN_HEAD =
  "SpectralNormalization(Conv2D(64, 3, strides=2, padding='same', activation='LeakyReLU'))|Dropout(0.3)|GlobalAveragePooling2D|Dense(9)";

/** The feature vector of TensorFlow Hub's kind, as a folder on this machine. */
let folder = "";
const saved = savedGraphs().find(({ name }) => name === "hub-mobilenet-v2");
const HUB = "mobilenet_v2_feature_vector";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "layerscope-questions-"));
  for (const [path, bytes] of saved?.files ?? []) {
    const place = join(folder, HUB, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, bytes);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Case {
  /** What a person types; MODELS/ and HUB stand for places. */
  words: string[];
  /** What the answer says, with Keras's own numbers. */
  says: string[];
  facts: unknown;
  /** 1: the probe is refused, or a layer fails. */
  status?: 1;
}

const shape = (axes: readonly (number | null)[]): string => axes.slice(1).join("×");
const counted = (count: number): string => count.toLocaleString("en-US");
const [lost] = size["VGG16"]["lost at 160"];

const CASES: { [question: string]: Case[] } = {
  "1. Why does a model built for 3 channels accept grayscale images?": [
    {
      words: ["ask", "EfficientNetB5?keras=2.9", "why", "--input", "128x128x1"],
      says: [
        "Why does this model take a grayscale image?",
        "Keras lets a last axis of 1 pass there.",
        `weight mean (${grayscale.mean.shape.join("×")}: ${grayscale.mean.values.join(", ")})`,
        `The output is ${shape(grayscale.output)}, number for number what the channel repeated on purpose would give.`,
        "x = tf.image.grayscale_to_rgb(x)",
        "What if I declare 1 channel instead?",
        "EfficientNetB5 refuses input_shape=(128, 128, 1): with pretrained weights the input has to have 3 channels",
      ],
      facts: grayscale,
    },
    {
      words: ["compare", "EfficientNetB5?keras=2.9", "--preset", "grayscale", "--input", "128x128x3"],
      says: ["From normalization (Normalization) on:", "Broadcasting makes them alike there", `Both give ${shape(grayscale.output)}.`],
      facts: grayscale,
    },
  ],
  "2. Why may InceptionV3 have a custom input_shape only without its top?": [
    {
      words: ["ask", "InceptionV3", "top", "--input", "224x224x3"],
      says: [
        "with its top and pretrained weights it has to be 299×299×3",
        `all ${size["224 with top"].weights} pretrained weights fit`,
        `makes ${size["pooled at 224"].avg_pool[1]} numbers whatever the size, here of ${shape(size["pooled at 224"].mixed10)}`,
        "input_tensor=inputs",
        `${counted(size["default with top"].parameters)}`,
      ],
      facts: [size, 1000, 299],
    },
    {
      words: ["ask", "VGG16", "top", "--input", "160x160x3"],
      says: [
        `flatten (Flatten) makes ${size["VGG16"].flattened[1]} numbers`,
        `fc1 was trained on others: kernel ${lost[2].join("×")} → ${lost[3].join("×")}`,
      ],
      facts: [size["VGG16"], 224],
    },
    {
      words: ["sizes", "InceptionV3"],
      says: [
        "75×75 is the smallest square that runs, as the documentation says.",
        `${size["at 74"].fails} cannot run`,
        "Every size from 75×75 on",
      ],
      facts: [size, 299, [1, 2, 3, 4]],
    },
    {
      words: ["ask", "InceptionV3", "why", "--input", "32x32x3"],
      says: [`Why does it fail at ${size["at 32"].fails}?`, `${size["at 32"]["layers that ran"]} layers ran before it`, "Resize to 75×75"],
      facts: [size],
      status: 1,
    },
    {
      words: ["ask", "InceptionV3", "why", "--input", "256x256x4", "--mode", "rebuild", "--append", OWN_HEAD],
      says: [
        `These do not: conv2d ${size["lost with 4 channels"][0][0]}: ${size["lost with 4 channels"][0][1].join("×")} → ${size["lost with 4 channels"][0][2].join("×")}.`,
        "SpectralNormalization(keras.layers.Conv2D(64, 3",
      ],
      facts: [size["own head"], size["shapes in the head"], size["lost with 4 channels"], "conv2d global_average_pooling2d"],
    },
  ],
  "3. When do I add GlobalAveragePooling2D?": [
    {
      words: ["head", "MobileNetV2", "--input", "160x160x3", "--classes", "9"],
      says: [
        `it gives ${shape(pooling.output)}`,
        ...["average", "maximum", "dense"].map((head) => counted(pooling[head].parameters)),
        `Its Dense reads ${pooling.flatten.shapes[0][1]} numbers and has ${counted(pooling.flatten.parameters)} parameters`,
        `features at ${pooling.positions} positions`,
      ],
      facts: [pooling, "GlobalAveragePooling2D"],
    },
    ...pooling.sizes.map(
      (own: { input: number[]; features: number[] }): Case => ({
        words: ["ask", "MobileNetV2", "head", "--input", `${own.input.join("x")}x3`, "--classes", "9"],
        says: [`${shape(own.features)} for each sample`],
        facts: [own, pooling.average, 3],
      }),
    ),
    {
      words: ["ask", "HUB", "why", "--input", "208x104x3"],
      says: ["Does it pool?", "Already pooled inside, at Logits/global_pool (Mean)", "What comes out is one vector for each sample"],
      facts: saved?.probes,
    },
    {
      words: ["compare", "MobileNetV2", "HUB", "--input", "160x160x3"],
      says: ["Logits/global_pool", "it makes 5×5×1280 → 1×1×1280", `MobileNetV2 has ${counted(pooling.parameters)} parameters`],
      facts: [pooling, saved?.probes, "mobilenet_v2"],
    },
  ],
  "4. Will my input work, and if not, where does it break and what do I change?": [
    {
      words: ["ask", "MODELS/flatten.json", "why", "--input", "128x128x3"],
      says: [
        `expected ${works.flattened[1]} values, got ${works["at 128"].at(-1)[1]}`,
        "The place to look at is flatten",
        "Resize to 64×64",
        "Pool in the place of flatten, for every size",
      ],
      facts: works,
      status: 1,
    },
    {
      words: ["ask", "MODELS/loss.json", "why", "--batch", "8"],
      says: [
        "Is it meant that subtract stretches along the batch?",
        `The result is ${works.loss.actual.join("×")}.`,
        "outputs = x - y[:, None]",
      ],
      facts: [works.loss],
    },
  ],
};

describe.each(Object.entries(CASES))("%s", (_, cases) => {
  test.each(cases)("$words", async ({ words, says, facts, status = 0 }) => {
    const places = words.map((word) => word.replace("MODELS", MODELS).replace("HUB", join(folder, HUB)));
    const printed = await run(places);
    const text = printed.lines.join("\n").replace(/\s+/g, " ");
    for (const each of says) expect(text).toContain(each);
    expect(unaccounted(printed.lines, facts, words.join(" "))).toEqual([]);
    expect(printed.status).toBe(status);
  });
});
