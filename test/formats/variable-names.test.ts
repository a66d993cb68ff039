import { expect, test } from "vitest";
import { zooModel } from "../../src/formats";
import { namedVariable, variableName } from "../../src/formats/h5/variable-names";
import type { Layer } from "../../src/model";
import { golden, goldenNames } from "../golden/load";

/** Two of each family, so that every class of the applications occurs. */
const ARCHITECTURES = ["ConvNeXtTiny", "EfficientNetB5", "InceptionV3", "MobileNetV2", "NASNetMobile", "VGG16", "Xception", "RegNetX002"];

test.each(
  goldenNames()
    .filter(({ architecture }) => ARCHITECTURES.includes(architecture))
    .map((name) => [name.spec, name] as const),
)("numbered variables of %s get Keras's names", (spec, { architecture, generation, includeTop }) => {
  const layers = new Map(zooModel(spec).network.layers.map((layer) => [layer.name, layer]));
  for (const { name, weights } of golden(architecture, generation, includeTop).layers) {
    const layer = layers.get(name) as Layer;
    if (layer.network) continue; // its layers have files of their own
    const names = weights.map((weight) => namedVariable(layer, weight.name.replace(/:\d+$/, "").split("/").at(-1) as string));
    expect(
      names.map((_, index) => variableName(layer, index, generation === "3" ? 3 : 2)),
      name,
    ).toEqual(names);
  }
});
