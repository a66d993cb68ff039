import { expect, test } from "vitest";
import { byFamily, zooFacts, zooFamily, zooOptions, zooVariants } from "../../src/extension/zoo";
import type { ZooEntry } from "../../src/helper/protocol";

const entry = (name: string, generations: ZooEntry["generations"] = ["3", "2"]): ZooEntry => ({
  name,
  generations,
  defaultSize: [224, 224],
  documentedMinimum: null,
  parameters: 28_513_527,
  takesGrayscale: false,
});

test.each([
  ["EfficientNetB5", "EfficientNet"],
  ["EfficientNetV2S", "EfficientNetV2"],
  ["ResNet50", "ResNet"],
  ["ResNet50V2", "ResNetV2"],
  ["ResNetRS420", "ResNet-RS"],
  ["RegNetY016", "RegNetY"],
  ["InceptionResNetV2", "Inception"],
  ["MobileNetV3Small", "MobileNet"],
  ["Xception", "Xception"],
  ["SomethingNew", "SomethingNew"],
])("%s belongs to %s", (name, family) => expect(zooFamily(name)).toBe(family));

test("families and their members are sorted as people count", () => {
  const families = byFamily(["VGG19", "RegNetX120", "RegNetX032", "DenseNet121", "VGG16", "RegNetX002"].map((name) => entry(name)));
  expect(families.map(([family, members]) => [family, ...members.map(({ name }) => name)])).toEqual([
    ["DenseNet", "DenseNet121"],
    ["RegNetX", "RegNetX002", "RegNetX032", "RegNetX120"],
    ["VGG", "VGG16", "VGG19"],
  ]);
});

test("variants name the generation unless it is the newest", () => {
  expect(zooVariants(entry("EfficientNetB5", ["3", "2", "2.9"])).map(({ spec }) => spec)).toEqual([
    "EfficientNetB5",
    "EfficientNetB5?pooling=avg",
    "EfficientNetB5?include_top=true",
    "EfficientNetB5?keras=2",
    "EfficientNetB5?pooling=avg&keras=2",
    "EfficientNetB5?include_top=true&keras=2",
    "EfficientNetB5?keras=2.9",
    "EfficientNetB5?pooling=avg&keras=2.9",
    "EfficientNetB5?include_top=true&keras=2.9",
  ]);
});

test("facts and options are in words", () => {
  expect(zooFacts(entry("A"))).toBe("28.5 M parameters · 224×224");
  expect(zooFacts({ ...entry("A"), takesGrayscale: true })).toBe("28.5 M parameters · 224×224 · takes grayscale");
  expect(zooOptions("A?include_top=true&keras=2")).toBe("include_top=true, keras=2");
  expect(zooOptions("A")).toBe("");
});
