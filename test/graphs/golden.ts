import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import type { GraphProbe } from "./probes";

/** What tfjs's own executor makes of a model; made by scripts/graphs/tfjs.mjs. */
export interface TfjsGolden {
  model: string;
  /** All that its outputs need, in the file's order. */
  nodes: string[];
  probes: TfjsAnswer[];
}

/** What came of a probe. */
export interface TfjsAnswer extends GraphProbe {
  /** Why it did not come to an end. */
  error: string | null;
  /** Of each node the shapes of its outputs (in a loop those of the first round); null where it did not run, or where a branch gave nothing. */
  gave: ((number[] | null)[] | null)[];
  /** Only of some models, at the declared size: the mean of each node's first output, and the first 16 numbers of the model's outputs. */
  means?: (number | null)[];
  outputs?: number[][];
}

/** By the name of the model. */
export function tfjsGoldens(): Map<string, TfjsGolden> {
  const all = JSON.parse(brotliDecompressSync(readFileSync(join(__dirname, "tfjs.json.br"))).toString()) as TfjsGolden[];
  return new Map(all.map((golden) => [golden.model, golden]));
}
