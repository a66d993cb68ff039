import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { memorySource, type Source } from "../../src/formats";
import type { Shape } from "../../src/model";

/** What real Keras says of a model and of what comes out of it; see README.md beside this file. */
export interface Said {
  /** Keras's own version: `3.15.1`. */
  version: string;
  model: string;
  params: number;
  trainable: number;
  inputs: [name: string, declared: Shape, dtype: string][];
  /** Declared, flat. */
  outputs: Shape[];
  /** In Keras's order, nested models before what they hold; `declared` null where Keras never calls it in this model. */
  layers: [path: string, className: string, weights: [name: string, shape: number[]][], params: number, declared: Shape[] | null][];
  probes: SaidProbe[];
}

export interface SaidProbe {
  /** In the order of `Said.inputs`. */
  inputs: number[][];
  /** Calls that succeeded, in the order in which they ended. */
  calls: [path: string, output: number[][]][];
  /** The innermost layer that raised. */
  failed: [path: string, className: string, message: string] | null;
  /** What the input check of the model said when it refused before any layer ran. */
  refusal: string | null;
  /** Null where a layer or the input check refused. */
  output: number[][] | null;
}

/** Files of a model of which Keras says the same. */
export interface Group {
  files: string[];
  /** Why Keras itself could not load a file; it was then asked of the model that had been saved. */
  unloadable: { [file: string]: string };
  /** Whether it holds layers whose code is not in the file. */
  unknown: boolean;
  says: Said;
}

/** Files of a model of which nothing can be said: its layers are Python code, or its input was never told. */
export interface RefusedGroup {
  files: string[];
  refused: "subclassed" | "unbuilt";
}

/** A model of one generation: what was saved, and what Keras says. */
export interface SavedModel {
  name: string;
  kerasMajor: 2 | 3;
  groups: (Group | RefusedGroup)[];
  open(file: string): Source;
}

/** All models, by name. */
export function savedModels(): SavedModel[] {
  const names = readdirSync(__dirname).filter((file) => file.endsWith(".br"));
  return names.sort().flatMap((file) => modelsIn(file.slice(0, -".br".length)));
}

function modelsIn(name: string): SavedModel[] {
  const files = unpacked(brotliDecompressSync(readFileSync(join(__dirname, `${name}.br`))));
  return ([2, 3] as const).flatMap((kerasMajor) => {
    const golden = files.get(`${kerasMajor}/golden.json`);
    if (!golden) return [];
    const groups = JSON.parse(Buffer.from(golden).toString()) as SavedModel["groups"];
    return [{ name, kerasMajor, groups, open: (file) => sourceOf(files, `${kerasMajor}/${file}`) }];
  });
}

/** A line of JSON, `[[path, bytes], …]`, then the files one after the other. */
export function unpacked(bytes: Uint8Array): Map<string, Uint8Array> {
  let at = bytes.indexOf(10) + 1;
  const list = JSON.parse(Buffer.from(bytes.subarray(0, at)).toString()) as [string, number][];
  return new Map(
    list.map(([path, size]) => {
      const content = bytes.subarray(at, at + size);
      at += size;
      return [path, content];
    }),
  );
}

/** The file with those that lie beside it. */
export function sourceOf(files: Map<string, Uint8Array>, path: string): Source {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const beside = [...files]
    .filter(([other]) => other.startsWith(folder))
    .map(([other, bytes]) => [other.slice(folder.length), bytes] as const);
  return memorySource(path.slice(folder.length), new Map(beside));
}
