import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Preprocessing, ZooFacts } from "../../model";
import { zooFolder } from "./folder";

export type ZooGeneration = ZooFacts["generation"];

/** What index.json says of a model in one generation; written by scripts/zoo/generate.py from real Keras. */
export interface CatalogueRow {
  /** Height and width in pixels. */
  defaultSize: [number, number];
  documentedMinimum: [number, number] | null;
  /** Without the top, pretrained topology. */
  parameters: number;
  parametersWithTop: number;
  takesGrayscale: boolean;
  /** Name and MD5 (or SHA-256) of the pretrained weights' file. */
  weightFiles: { [variant in "notop" | "top"]: [string, string | null] | null };
  knownWeights: { [path: string]: number[] };
}

export interface Catalogue {
  /** Who wrote the configs of a generation: `keras 3.15.1`. */
  producers: { [generation in ZooGeneration]?: string };
  models: { [name: string]: { [generation in ZooGeneration]?: CatalogueRow } };
}

/** Newest first: the order in which a model is looked for when the spec names no generation. */
export const GENERATIONS: readonly ZooGeneration[] = ["3", "2", "2.9"];

let catalogue: Catalogue | null = null;

/** The index of the zoo, read once. */
export function zooCatalogue(): Catalogue {
  catalogue ??= JSON.parse(readFileSync(join(zooFolder(), "index.json"), "utf8")) as Catalogue;
  return catalogue;
}

let preprocessings: { [name: string]: Preprocessing } | null = null;

/** What the `preprocess_input` of an application does, in every generation. Written by scripts/zoo/preprocessing.py. */
export function zooPreprocessing(name: string): Preprocessing {
  preprocessings ??= JSON.parse(readFileSync(join(zooFolder(), "preprocessing.json"), "utf8")) as { [name: string]: Preprocessing };
  return preprocessings[name] as Preprocessing;
}

/** Generations that have a model, newest first; empty for an unknown name. */
export function generationsOf(name: string): ZooGeneration[] {
  const rows = Object.hasOwn(zooCatalogue().models, name) ? zooCatalogue().models[name] : undefined;
  return GENERATIONS.filter((generation) => rows?.[generation]);
}

/** The application whose pretrained weights have this file name; null for any other file. */
export function applicationOfWeights(fileName: string): string | null {
  for (const [name, rows] of Object.entries(zooCatalogue().models)) {
    for (const row of Object.values(rows)) {
      if (Object.values(row.weightFiles).some((file) => file?.[0] === fileName)) return name;
    }
  }
  return null;
}
