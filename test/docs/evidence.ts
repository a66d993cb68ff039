import { fixtures } from "../fixtures/load";
import { golden, goldenNames } from "../golden/load";
import { layerCases } from "../layers/load";
import { savedModels } from "../models/load";

/** How many probes of models with a layer of a class are compared with a generation of real Keras: by class name. */
export type Evidence = ReadonlyMap<string, number>;

/** Counts every probe of test/layers, test/golden, test/models and test/fixtures once for each class that its model has. */
export function evidenceOf(kerasMajor: 2 | 3): Evidence {
  const counts = new Map<string, number>();
  const count = (classes: Iterable<string>, probes: number) => {
    for (const name of new Set(classes)) counts.set(name, (counts.get(name) ?? 0) + probes);
  };
  for (const { config, probes } of layerCases("layers", kerasMajor)) count(classesIn(JSON.stringify(config)), probes.length);
  for (const { architecture, generation, includeTop } of goldenNames()) {
    if (generation.startsWith(String(kerasMajor)) === false) continue;
    const keras = golden(architecture, generation, includeTop);
    count(
      keras.layers.map(({ className }) => className),
      keras.probes.length,
    );
  }
  for (const fixture of fixtures()) {
    if (fixture.kerasMajor !== kerasMajor) continue;
    count(
      fixture.golden.layers.map(([, className]) => className),
      fixture.golden.probes.length,
    );
  }
  for (const { kerasMajor: major, groups } of savedModels())
    for (const group of major === kerasMajor ? groups : [])
      if ("says" in group)
        count(
          group.says.layers.map(([, className]) => className),
          group.files.length * group.says.probes.length,
        );
  return counts;
}

function classesIn(config: string): string[] {
  return [...config.matchAll(/"class_name":"(\w+)"/g)].map(([, name]) => name as string);
}
