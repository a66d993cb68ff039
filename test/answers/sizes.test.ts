import { describe, expect, test } from "vitest";
import { explainSizes } from "../../src/answers";
import { zooModel } from "../../src/formats";
import { prepareModel, sizesOf } from "../../src/probe";

async function words(spec: string, size?: number[]): Promise<{ [title: string]: string }> {
  const prepared = prepareModel(zooModel(spec));
  const found = await sizesOf(prepared, size ? { size } : {});
  prepared.dispose();
  return Object.fromEntries(explainSizes(found, false).map(({ title, text }) => [title, text.join(" ")]));
}

const SMALL = "How small may the input be?";
const WHICH = "Which sizes run?";
const CHANNELS = "How many channels?";

describe("sizes in words", () => {
  test.each<[string, number[] | undefined, { [title: string]: RegExp }]>([
    [
      "InceptionV3",
      undefined,
      {
        [SMALL]: /^75×75 is the smallest square that runs, as the documentation says\. One size below, conv2d_75 cannot run: window 3×3/,
        [WHICH]: /^Every size from 75×75 on; height and width may differ\.$/,
        "What of 299×299?": /^It runs\. Every stride divides it/,
        [CHANNELS]: /^1: fails at conv2d: .* 2: refused by the input check: .* 3: taken\. 4: refused/,
      },
    ],
    ["Xception", undefined, { [SMALL]: /^7×7 .*; the documentation names 71×71, which its function insists on, though/ }],
    [
      "VGG16?include_top=true",
      [32, 64],
      {
        [SMALL]: /^224×224 .*; the documentation names 32×32, which is too small here\. .* \(look at flatten\)/,
        [WHICH]: /^Only these \(equal sides\): 224 to 255\. The model is tied to its size: at the next one, fc1 cannot run/,
        "What of 32×64?":
          /^It does not run: fc1 cannot run: .* With width 64 no height up to 512 runs; with height 32 no width up to 512 runs\./,
      },
    ],
    [
      "InceptionV3?include_top=true",
      [100, 100],
      {
        [SMALL]: /refuses it: input_layer expects \?×299×299×3, .* Declared anew \(mode rebuild\).* every weight still fits\.$/,
        "What of 100×100?": /^Its layers run it, but input_layer expects .* no border is wasted: 107×107, 75×75\.$/,
      },
    ],
    ["NASNetMobile", undefined, { [WHICH]: /^Not all \(equal sides\): only those that leave 0 to 2, 31 when divided by 32\./ }],
    ["EfficientNetB0", undefined, { [CHANNELS]: /^1: taken, stretched at \S+\. 2: refused/ }],
    ["ResNet50", undefined, { [SMALL]: /^1×1 is the smallest square that runs; [^.]*\.$/ }],
  ])("%s %j", async (spec, size, expected) => {
    const found = await words(spec, size);
    for (const [title, text] of Object.entries(expected)) expect(found[title]).toMatch(text);
  });
});
