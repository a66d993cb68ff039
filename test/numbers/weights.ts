import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import type { Source } from "../../src/formats";
import { sourceOf, unpacked } from "../models/load";

/** A layer's weights in Keras's order, batches of its numbers: the shape, the first and the last number. */
export type ToldLayer = [path: string, weights: [shape: number[], first?: number, last?: number][]];

/** A model saved with weights that tell each other apart; see scripts/numbers/weights.py. */
export interface WeightArchive {
  name: string;
  kerasMajor: 2 | 3;
  /** By file what Keras has after it loaded it. */
  golden: { [file: string]: ToldLayer[] };
  open(file: string): Source;
}

/** All models of test/numbers/weights.br. */
export function weightArchives(): WeightArchive[] {
  const files = unpacked(brotliDecompressSync(readFileSync(join(import.meta.dirname, "weights.br"))));
  return [...files].flatMap(([path, bytes]) => {
    const [, name, major] = /^(.+)\/([23])\/golden\.json$/.exec(path) ?? [];
    if (!name) return [];
    const golden = JSON.parse(Buffer.from(bytes).toString()) as WeightArchive["golden"];
    return [{ name, kerasMajor: Number(major) as 2 | 3, golden, open: (file: string) => sourceOf(files, `${name}/${major}/${file}`) }];
  });
}
