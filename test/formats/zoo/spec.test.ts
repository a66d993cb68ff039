import { describe, expect, test } from "vitest";
import { isInZoo, listZoo, zooModel } from "../../../src/formats";

describe("zoo specs", () => {
  test.each([
    ["EfficientNetB5", { includeTop: false, weights: "imagenet", pooling: null, generation: "3" }],
    ["EfficientNetB5?keras=2.9", { includeTop: false, weights: "imagenet", pooling: null, generation: "2.9" }],
    [
      "EfficientNetB5?include_top=true&pooling=avg&weights=none&keras=2",
      { includeTop: true, weights: null, pooling: "avg", generation: "2" },
    ],
    ["VGG16?include_top=True", { includeTop: true, weights: "imagenet", pooling: null, generation: "3" }],
  ])("%s", (spec, facts) => {
    expect(zooModel(spec).zoo).toMatchObject(facts);
  });

  test.each([
    ["EfficientNetB5", "EfficientNetB5"],
    ["EfficientNetB5?keras=3&include_top=false", "EfficientNetB5"],
    ["EfficientNetB5?keras=2.9&include_top=true", "EfficientNetB5?include_top=true&keras=2.9"],
  ])("%s is named %s", (spec, name) => {
    expect(zooModel(spec).name).toBe(name);
  });

  test.each([
    ["EfficentNetB5", /no model "EfficentNetB5" in the zoo: did you mean EfficientNetB5/],
    ["mobilenetv2", /did you mean MobileNetV2/],
    ["constructor", /no model "constructor"/],
    ["__proto__", /no model "__proto__"/],
    ["Zebra", /`layerscope models` lists/],
    ["VGG16?top=true", /no option "top": use include_top, pooling, weights, keras/],
    ["VGG16?include_top=maybe", /include_top cannot be "maybe": use true or false/],
    ["VGG16?weights=/etc/passwd", /weights cannot be .*: use imagenet or none/],
    ["VGG16?keras=2.9", /VGG16 is not in the zoo as keras=2.9: ask for keras=3 or keras=2/],
    ["VGG16?pooling=avg&pooling=max", /option "pooling" is given twice/],
    ["VGG16?toString=1", /no option "toString"/],
  ])("%s is refused", (spec, message) => {
    expect(() => zooModel(spec)).toThrow(expect.objectContaining({ name: "UserError", message: expect.stringMatching(message) }));
  });

  test.each([
    ["EfficientNetB5", true],
    ["EfficientNetB5?keras=7", true],
    ["EfficentNetB5?keras=2.9", false],
    ["model", false],
    ["constructor", false],
    ["./EfficientNetB5", false],
    ["model.h5", false],
    ["", false],
    ["a/b", false],
    ["C:\\model", false],
  ])("isInZoo(%j) is %s", (text, expected) => {
    expect(isInZoo(text)).toBe(expected);
  });
});

describe("listZoo", () => {
  test("tells the facts of each model without opening its config", () => {
    const entries = listZoo();
    expect(entries.find(({ name }) => name === "EfficientNetB5")).toEqual({
      name: "EfficientNetB5",
      generations: ["3", "2", "2.9"],
      defaultSize: [456, 456],
      documentedMinimum: [32, 32],
      parameters: 28513527,
      takesGrayscale: true,
    });
    expect(entries.find(({ name }) => name === "InceptionV3")).toMatchObject({ documentedMinimum: [75, 75], takesGrayscale: false });
  });
});
