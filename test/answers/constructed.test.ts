import { describe, expect, it } from "vitest";
import { CONSTRUCTED, ourOutcomes, theirOutcomes } from "./constructed-outcomes";

/** One of each kind that builds fast; scripts/answers/constructed.mjs holds all of them. */
const LIGHT = ["MobileNet", "MobileNetV2", "EfficientNetV2B0", "ConvNeXtTiny", "VGG16", "ResNet50"];

describe("what comes of calls that the functions take", () => {
  it.each(CONSTRUCTED.filter(([name]) => LIGHT.includes(name)))("%s of Keras %s", async (name, generation) => {
    expect(await ourOutcomes(name, generation)).toEqual(theirOutcomes(name, generation));
  });

  it("has been asked of one model a family", () => {
    expect(CONSTRUCTED.map(([name, generation]) => `${name} ${generation}`)).toHaveLength(31);
  });
});
