import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ARGUMENT_CASES, promisedWays } from "./argument-cases";
import type { WayGolden } from "./way-cases";

/** What real Keras made of the code; see scripts/answers/arguments.mjs. */
const GOLDEN: WayGolden = JSON.parse(readFileSync("test/answers/argument-ways.json", "utf8"));

/** Those that are built fast; `npm run answers:keras` holds all of them. */
const LIGHT = ARGUMENT_CASES.filter(({ model }) => /^(MobileNet|EfficientNetV2B0|VGG16|ResNet50V2|RegNetX002)\b/.test(model));

describe("calls that are offered are code that real Keras ran, with what came of it", () => {
  it.each(LIGHT)("$name", async (each) => {
    const ours = Object.entries(await promisedWays(each)).map(([title, { input: _, ...way }]) => [
      `${each.name}: ${title}`,
      { [title]: way },
    ]);
    const theirs = Object.entries(GOLDEN).filter(([name]) => name.startsWith(`${each.name}: `));
    expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(theirs));
  });
});
