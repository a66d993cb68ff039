import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Json, Shape } from "../../src/model";

/** What real Keras says of a model of one layer or operation; made by scripts/layers/generate.py. */
export interface LayerCase {
  name: string;
  /** `model.to_json()`, without initializers, regularizers and constraints. */
  config: Json;
  /** Output shapes as Keras declares them. */
  declared: Shape[];
  params: number;
  weights: [name: string, shape: number[]][];
  /**
   * Tensors sent past the model's input check: the output shapes, or null where the layer refused. A null size depends on numbers. Of
   * operations also some of the numbers that come of the first tensors, a list an output: null is none that is finite.
   */
  probes: { inputs: number[][]; output: Shape[] | null; message?: string; values?: (number | null)[][] | null }[];
}

/** The cases of a part by a generation of Keras. */
export function layerCases(part: "layers" | "operations", kerasMajor: 2 | 3): LayerCase[] {
  return JSON.parse(gunzipSync(readFileSync(join(__dirname, `${part}.keras${kerasMajor}.json.gz`))).toString()) as LayerCase[];
}
