import type { Model, ZooFacts } from "../../model";
import { parseKerasDocument } from "../keras/document";
import { type CatalogueRow, generationsOf, type ZooGeneration, zooCatalogue, zooPreprocessing } from "./catalogue";
import { zooConfig } from "./configs";
import { formatZooSpec, parseZooSpec, type ZooSpec } from "./spec";

export { isInZoo } from "./spec";

/** What `layerscope models` lists of a Keras Application. */
export interface ZooEntryFacts {
  name: string;
  /** Keras generations that have it, newest first. */
  generations: ZooGeneration[];
  /** Height and width in pixels that the constructor assumes. */
  defaultSize: [number, number];
  documentedMinimum: [number, number] | null;
  /** Without the top, pretrained topology. */
  parameters: number;
  takesGrayscale: boolean;
}

/** A Keras Application: `EfficientNetB5?include_top=true&pooling=avg&weights=none&keras=2.9`; each option may be left out.
 *  @throws UserError naming near misses or the values that an option may have */
export function zooModel(spec: string): Model {
  const wanted = parseZooSpec(spec);
  const { network, kerasMajor } = parseKerasDocument(zooConfig(wanted));
  const producer = zooCatalogue().producers[wanted.generation] ?? null;
  return { name: formatZooSpec(wanted), format: "zoo", producer, kerasMajor, network, weights: [], zoo: zooFacts(wanted) };
}

/** The same application with another of its options. */
export function zooVariant(
  { architecture, ...facts }: ZooFacts,
  change: Partial<Pick<ZooFacts, "includeTop" | "weights" | "pooling">>,
): Model {
  return zooModel(formatZooSpec({ name: architecture, ...facts, ...change }));
}

function zooFacts(spec: ZooSpec): ZooFacts {
  const row = rowOf(spec.name, spec.generation);
  return {
    architecture: spec.name,
    includeTop: spec.includeTop,
    weights: spec.weights,
    pooling: spec.pooling,
    generation: spec.generation,
    defaultSize: row.defaultSize,
    documentedMinimum: row.documentedMinimum,
    weightFile: spec.weights === null ? null : (row.weightFiles[spec.includeTop ? "top" : "notop"]?.[0] ?? null),
    knownWeights: spec.weights === null ? {} : row.knownWeights,
    preprocessing: zooPreprocessing(spec.name),
  };
}

/** The zoo, by name, each with the facts of its newest generation. Reads the index only. */
export function listZoo(): ZooEntryFacts[] {
  return Object.keys(zooCatalogue().models)
    .sort()
    .map((name) => {
      const generations = generationsOf(name);
      const { defaultSize, documentedMinimum, parameters, takesGrayscale } = rowOf(name, generations[0] as ZooGeneration);
      return { name, generations, defaultSize, documentedMinimum, parameters, takesGrayscale };
    });
}

function rowOf(name: string, generation: ZooGeneration): CatalogueRow {
  return zooCatalogue().models[name]?.[generation] as CatalogueRow;
}
