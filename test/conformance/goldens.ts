import { describe, expect, it } from "vitest";
import { zooModel } from "../../src/formats";
import { prepareModel } from "../../src/probe";
import { golden, goldenNames } from "../golden/load";
import { differ, layerDifferences, probeDifferences } from "./compare";
import { noteCompared } from "./compared";

/** The architectures that take one channel in silence, by one broadcast that stretches the image. */
const TAKES_GRAYSCALE = /^(EfficientNetB\d|EfficientNetV2B\d|ConvNeXt\w+|ResNetRS\d+)$/;

/** Compares all goldens of one share; several files have a share each, so that they run side by side. */
export function describeGoldens(title: string, count: number, isMine: (architecture: string, generation: string) => boolean): void {
  const names = goldenNames().filter(({ architecture, generation }) => isMine(architecture, generation));

  describe(`what real Keras says of ${title}`, () => {
    it(`is in ${count} goldens`, () => expect(names).toHaveLength(count));

    it.for(names)("$spec", async ({ architecture, generation, includeTop, spec }, { task }) => {
      const keras = golden(architecture, generation, includeTop);
      const layers = keras.probes.reduce((sum, { shapes }) => sum + shapes.size, 0);
      noteCompared(task, keras.probes.length, layers);
      const prepared = prepareModel(zooModel(spec));
      const differences = [
        ...differ("layers", prepared.layers, keras.layers.length),
        ...differ("parameters", prepared.parameters, keras.params),
        ...differ("declared output", String(prepared.network.layers.at(-1)?.declared?.[0]), String(keras.output)),
        ...(await layerDifferences(prepared, keras.layers)),
      ];
      const stretchesGray = TAKES_GRAYSCALE.test(architecture);
      for (const probe of keras.probes) differences.push(...(await probeDifferences(prepared, probe, stretchesGray)));
      prepared.dispose();
      expect(differences).toEqual([]);
    });
  });
}
