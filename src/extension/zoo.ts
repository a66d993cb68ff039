import { t } from "@vscode/l10n";
import type { ZooEntry } from "../helper/protocol";

/** One way to build a Keras Application, as a zoo name and in words. */
export interface ZooVariant {
  spec: string;
  /** `without top · Keras 3`. */
  words: string;
}

/** Families in the order of lists, first that fits. */
const FAMILIES: [test: RegExp, family: string][] = [
  [/^EfficientNetV2/, "EfficientNetV2"],
  [/^EfficientNet/, "EfficientNet"],
  [/^ConvNeXt/, "ConvNeXt"],
  [/^ResNetRS/, "ResNet-RS"],
  [/^ResNet\d+V2/, "ResNetV2"],
  [/^ResNet/, "ResNet"],
  [/^RegNetX/, "RegNetX"],
  [/^RegNetY/, "RegNetY"],
  [/^MobileNet/, "MobileNet"],
  [/^Inception/, "Inception"],
  [/^DenseNet/, "DenseNet"],
  [/^NASNet/, "NASNet"],
  [/^VGG/, "VGG"],
];

/** The family that a Keras Application is listed under; its own name where it stands alone. */
export function zooFamily(name: string): string {
  return FAMILIES.find(([test]) => test.test(name))?.[1] ?? name;
}

/** Entries by family, families and members by name as people sort them (B2 before B10). */
export function byFamily(entries: readonly ZooEntry[]): [family: string, members: ZooEntry[]][] {
  const compare = new Intl.Collator("en", { numeric: true }).compare;
  const families = new Map<string, ZooEntry[]>();
  for (const entry of [...entries].sort((a, b) => compare(a.name, b.name))) {
    const family = zooFamily(entry.name);
    families.set(family, [...(families.get(family) ?? []), entry]);
  }
  return [...families].sort(([a], [b]) => compare(a, b));
}

/** What to call a Keras generation. */
const GENERATIONS: Record<ZooEntry["generations"][number], string> = {
  "3": "Keras 3",
  "2": "Keras 2 (tf_keras)",
  "2.9": "Keras 2.9 (TensorFlow ≤ 2.11)",
};

/** Heads and weights that are offered, as options of a zoo name. */
const BUILDS: [options: string[], words: () => string][] = [
  [[], () => t("without top")],
  [["pooling=avg"], () => t("without top, average pooling")],
  [["include_top=true"], () => t("with top")],
];

/** The variants of an entry, the plain one of the newest generation first. */
export function zooVariants(entry: ZooEntry): ZooVariant[] {
  return entry.generations.flatMap((generation, index) =>
    BUILDS.map(([options, words]) => {
      const all = index === 0 ? options : [...options, `keras=${generation}`];
      return { spec: all.length > 0 ? `${entry.name}?${all.join("&")}` : entry.name, words: `${words()} · ${GENERATIONS[generation]}` };
    }),
  );
}

/** A line about an entry: `28.5 M parameters · 456×456 · takes grayscale`. */
export function zooFacts(entry: ZooEntry): string {
  const facts = [t("{0} parameters", zooSize(entry)), `${entry.defaultSize.join("×")}`];
  if (entry.takesGrayscale) facts.push(t("takes grayscale"));
  return facts.join(" · ");
}

/** The options of a zoo name in words: `include_top=true, keras=2`; empty where it has none. */
export function zooOptions(spec: string): string {
  return (spec.split("?")[1] ?? "").replaceAll("&", ", ");
}

/** Parameters of an entry: `28.5 M`. */
export function zooSize({ parameters }: ZooEntry): string {
  return `${(parameters / 1e6).toFixed(1)} M`;
}
