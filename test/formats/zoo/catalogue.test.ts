import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listZoo, zooModel } from "../../../src/formats";
import { GENERATIONS, zooCatalogue } from "../../../src/formats/zoo/catalogue";
import { zooFolder } from "../../../src/formats/zoo/folder";
import { golden, goldenNames } from "../../golden/load";

const MAX_BYTES = 2_000_000;

describe("the shipped zoo", () => {
  test("has the 71 Keras Applications, 40 of them in Keras 3, and the EfficientNets in their older spelling", () => {
    const counts = GENERATIONS.map((generation) => Object.values(zooCatalogue().models).filter((rows) => rows[generation]).length);
    expect(counts).toEqual([40, 71, 8]);
  });

  test("has a file for each row of its index and no other, in at most 2 MB", () => {
    const files = readdirSync(zooFolder()).filter((file) => !["index.json", "preprocessing.json"].includes(file));
    const rows = Object.entries(zooCatalogue().models).flatMap(([name, generations]) =>
      Object.keys(generations).map((generation) => `${name}.${generation}.jsonl.br`),
    );
    expect(files.sort()).toEqual(rows.sort());
    expect(readdirSync(zooFolder()).reduce((sum, file) => sum + statSync(join(zooFolder(), file)).size, 0)).toBeLessThan(MAX_BYTES);
  });

  test("has 24 models that take grayscale", () => {
    const names = listZoo().flatMap(({ name, takesGrayscale }) => (takesGrayscale ? [name] : []));
    expect(names.length).toBe(24);
    expect(names.map((name) => name.replace(/(B\d|RS\d+|Base|Large|Small|Tiny|XLarge)$/, ""))).toEqual([
      ...Array(5).fill("ConvNeXt"),
      ...Array(8).fill("EfficientNet"),
      ...Array(4).fill("EfficientNetV2"),
      ...Array(7).fill("ResNet"),
    ]);
  });

  test.each(goldenNames().map((name) => [name.spec, name] as const))(
    "knows of %s what Keras says",
    (_spec, { architecture, generation, includeTop }) => {
      const row = zooCatalogue().models[architecture]?.[generation];
      const answer = golden(architecture, generation, includeTop);
      expect(includeTop ? row?.parametersWithTop : row?.parameters).toBe(answer.params);
      const gray = answer.probes.find(({ input }) => input.at(-1) === 1);
      expect(row?.takesGrayscale).toBe(gray?.output !== null);
      const [height, width] = answer.input.slice(1, 3);
      if (includeTop && height && width) expect(row?.defaultSize).toEqual([height, width]);
    },
  );
});

describe("pooling is where Keras puts it", () => {
  const tail = (spec: string): string[] =>
    zooModel(spec)
      .network.layers.slice(-2)
      .map(({ name }) => name);
  test.each([
    ["MobileNetV2?pooling=avg", ["out_relu", "global_average_pooling2d"]],
    ["EfficientNetB5?pooling=max", ["top_activation", "max_pool"]],
    // ConvNeXt normalizes after pooling.
    ["ConvNeXtTiny?pooling=avg", ["global_average_pooling2d", "layer_normalization"]],
    ["VGG16?pooling=max&keras=2", ["block5_pool", "global_max_pooling2d"]],
  ])("%s", (spec, names) => {
    expect(tail(spec)).toEqual(names);
  });

  test("a top leaves no place for it", () => {
    expect(zooModel("VGG16?include_top=true&pooling=avg").network).toEqual(zooModel("VGG16?include_top=true").network);
  });
});

describe("facts of a model", () => {
  test.each([
    [
      "EfficientNetB5?keras=2.9",
      {
        defaultSize: [456, 456],
        weightFile: "efficientnetb5_notop.h5",
        knownWeights: { "normalization/mean": [0.485, 0.456, 0.406], "normalization/variance": [0.229, 0.224, 0.225] },
      },
    ],
    ["EfficientNetB5?weights=none", { weightFile: null, knownWeights: {} }],
    ["EfficientNetV2B2", { defaultSize: [260, 260], weightFile: "efficientnetv2-b2_notop.h5", knownWeights: {} }],
    [
      "Xception?include_top=true",
      { defaultSize: [299, 299], documentedMinimum: [71, 71], weightFile: "xception_weights_tf_dim_ordering_tf_kernels.h5" },
    ],
    ["MobileNetV3Large", { defaultSize: [224, 224], documentedMinimum: [32, 32] }],
  ])("%s", (spec, facts) => {
    expect(zooModel(spec).zoo).toMatchObject(facts);
  });

  test("without pretrained weights EfficientNet has another stem", () => {
    const classes = (spec: string): string[] =>
      zooModel(spec)
        .network.layers.slice(1, 4)
        .map(({ className }) => className);
    expect(classes("EfficientNetB5?keras=2.9")).toEqual(["Rescaling", "Normalization", "TFOpLambda"]);
    expect(classes("EfficientNetB5?weights=none")).toEqual(["Rescaling", "Normalization", "ZeroPadding2D"]);
  });
});
