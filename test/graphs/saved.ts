import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import type { Source } from "../../src/formats";
import { memorySource } from "../../src/formats";
import { unpacked } from "../models/load";

/** What TensorFlow makes of a probe of a SavedModel or a frozen graph; made by scripts/graphs/make.py. */
export interface TensorFlowAnswer {
  /** Empty for a frozen graph, which has none. */
  signature: string;
  /** Shapes by name. */
  inputs: { [name: string]: number[] };
  /** The node that failed, where TensorFlow names it. */
  error: { node: string | null; message: string } | null;
  /** Shape and first 16 numbers; numbers that are no finite ones are null, and all are where they are texts. */
  outputs: { [name: string]: [shape: number[], values: (number | null)[] | null] } | null;
  /** What the outputs need, functions written out; a null shape where it is no tensor that can be fetched. Null where nobody can ask. */
  nodes: TensorFlowNode[] | null;
}

export type TensorFlowNode = [name: string, operation: string, shapes: (number[] | null)[], mean: number | null, deviation: number | null];

export interface SavedGraph {
  name: string;
  probes: TensorFlowAnswer[];
  /** By their paths in the folder that TensorFlow wrote; a frozen graph is one file. */
  files: ReadonlyMap<string, Uint8Array>;
  open(): Source;
}

/** All archives of the folder `saved`, by name. */
export function savedGraphs(): SavedGraph[] {
  const folder = join(__dirname, "saved");
  const names = readdirSync(folder).filter((file) => file.endsWith(".br"));
  return names.sort().map((file) => {
    const files = unpacked(brotliDecompressSync(readFileSync(join(folder, file))));
    const { probes } = JSON.parse(Buffer.from(files.get("golden.json") as Uint8Array).toString()) as { probes: TensorFlowAnswer[] };
    files.delete("golden.json");
    const name = file.slice(0, -".br".length);
    return { name, probes, files, open: () => memorySource(files.has("frozen.pb") ? "frozen.pb" : name, files) };
  });
}
