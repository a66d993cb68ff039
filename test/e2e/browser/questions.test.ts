// The four questions that Layerscope exists to answer, read in the pane as a person reads them: each number was said by real Keras.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { unaccounted } from "../../answers/accounted";
import { savedGraphs } from "../../graphs/saved";
import { findChromium } from "./chromium";
import { complaintsOf, Served, shoot } from "./served";

const chromium = findChromium();
if (chromium === null) console.log("skipped: no Chromium found (set CHROMIUM to its path)");
if (chromium === null && process.env["CI"] === "true") throw new Error("no Chromium found: in CI the browser tests must run");

const KERAS = JSON.parse(readFileSync(join(import.meta.dirname, "../../answers/questions.json"), "utf8"));
const { grayscale, "custom size": size, pooling, "will it work": works } = KERAS;
const hub = savedGraphs().find(({ name }) => name === "hub-mobilenet-v2");
const MODELS = join(import.meta.dirname, "../../answers/models");

interface Case {
  model: string;
  input: string;
  /** The question that is opened; none where the pane answers unasked. */
  opened?: string;
  says: string[];
  facts: unknown;
}

const CASES: { [question: string]: Case } = {
  "1. Why does a model built for 3 channels accept grayscale images?": {
    model: "EfficientNetB5?keras=2.9",
    input: "128x128x1",
    says: [
      "Why does this model take a grayscale image?",
      `minus a number of its own: ${grayscale.mean.values.join(", ")}`,
      "EfficientNetB5 refuses input_shape=(128, 128, 1)",
      "Repeat the channel in the input pipeline",
    ],
    facts: [grayscale, "1 3"],
  },
  "2. Why may InceptionV3 have a custom input_shape only without its top?": {
    model: "InceptionV3",
    input: "224x224x3",
    opened: "top",
    says: [`all ${size["224 with top"].weights} pretrained weights fit`, "it has to be 299×299×3", "given a tensor instead of a shape"],
    facts: [size, 1000],
  },
  "3. When do I add GlobalAveragePooling2D?": {
    model: "MobileNetV2",
    input: "160x160x3",
    opened: "head",
    says: [`features at ${pooling.positions} positions`, pooling.average.parameters.toLocaleString("en-US"), "average pooling"],
    facts: [pooling],
  },
  "3, of a feature vector of TensorFlow Hub": {
    model: "HUB",
    input: "208x104x3",
    says: ["Already pooled inside, at Logits/global_pool (Mean)", "one vector for each sample"],
    facts: hub?.probes,
  },
  "4. Will my input work, and if not, where does it break and what do I change?": {
    model: join(MODELS, "flatten.json"),
    input: "128x128x3",
    says: ["Why does it fail at dense?", `expected ${works.flattened[1]} values, got ${works["at 128"].at(-1)[1]}`, "Resize to 64×64"],
    facts: works,
  },
};

/** The answers as they stand in the pane, a line a paragraph, cell or title; code is left out, as it is run under real Keras. */
async function answersIn(page: Page): Promise<string[]> {
  const places = page.locator(".ls-answer :is(h3, h4, p, td, strong, .ls-gives)");
  return places.evaluateAll((nodes) => nodes.map((node) => (node as HTMLElement).textContent ?? ""));
}

describe.skipIf(chromium === null)("the questions, in the pane", { timeout: 120_000 }, () => {
  let served: Served;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "layerscope-pane-"));
    for (const [path, bytes] of hub?.files ?? []) {
      const place = join(folder, "mobilenet_v2_feature_vector", path);
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, bytes);
    }
    served = await Served.start(chromium ?? "");
  }, 60_000);
  afterAll(() => {
    served?.stop();
    rmSync(folder, { recursive: true });
  });

  test.each(Object.entries(CASES))("%s", async (_, { model, input, opened, says, facts }) => {
    const page = await served.open(model === "HUB" ? join(folder, "mobilenet_v2_feature_vector") : model, input);
    const question = page.locator(`.ls-question[data-question="${opened}"]`);
    if (opened) await question.locator("button.ls-question-title").click();
    if (opened === "head")
      await question
        .getByLabel(/classes/)
        .locator("input")
        .fill("9");
    for (const text of says) await expect.poll(async () => (await answersIn(page)).join(" ")).toContain(text);
    expect(unaccounted(await answersIn(page), facts, `${model} ${input}`)).toEqual([]);
    expect(complaintsOf(page)).toEqual([]);
    await shoot(page, `question-${Object.keys(CASES).indexOf(_)}`);
    await page.close();
  });
});
