// What a run will hold, as it is foretold from shapes, against what tfjs counts while it runs.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type DataType, engine, util } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startEngine } from "../../src/engines";
import { openModel, zooModel } from "../../src/formats";
import { elementCount, type Model } from "../../src/model";
import { prepareModel, runProbe } from "../../src/probe";
import { savedModels } from "../models/load";
import type { Answer } from "./answer";

const answers = JSON.parse(gunzipSync(readFileSync(join(import.meta.dirname, "numbers.json.gz"))).toString()) as Record<string, Answer[]>;
const archives = savedModels();

interface Entry {
  shape: number[];
  dtype: DataType;
}
interface Storage {
  get(dataId: object): Entry;
  set(dataId: object, entry: Entry): void;
  delete(dataId: object): boolean;
}

/**
 * The most bytes that the WebAssembly engine held at once, weights left out. Counted where it stores them: `tf.memory()` counts a tensor
 * and the same numbers seen in another shape twice, and not what a kernel keeps while it works.
 */
class Peak {
  private now = 0;
  most = 0;
  private readonly storage: Storage;
  private readonly undo: () => void;

  constructor() {
    this.storage = (engine().findBackend("wasm") as unknown as { dataIdMap: Storage }).dataIdMap;
    const { set, delete: forget } = this.storage;
    const counted = new WeakMap<object, number>();
    this.storage.set = (dataId, entry) => {
      // Weights come from the engine `shapes`, with the identity that they have there.
      const bytes = "storage" in dataId ? 0 : elementCount(entry.shape) * util.bytesPerElement(entry.dtype);
      this.now += bytes - (counted.get(dataId) ?? 0);
      counted.set(dataId, bytes);
      this.most = Math.max(this.most, this.now);
      set.call(this.storage, dataId, entry);
    };
    this.storage.delete = (dataId) => {
      this.now -= counted.get(dataId) ?? 0;
      counted.delete(dataId);
      return forget.call(this.storage, dataId);
    };
    this.undo = () => Object.assign(this.storage, { set, delete: forget });
  }

  end(): number {
    this.undo();
    return this.most;
  }
}

async function measured(name: string, kerasMajor: 2 | 3, shapes: number[][]) {
  const prepared = prepareModel(await modelOf(name, kerasMajor));
  const inputs = Object.fromEntries(prepared.inputs.map((input, index) => [input.name, shapes[index] as number[]]));
  const peak = new Peak();
  const { memory } = await runProbe(prepared, { inputs, mode: "feed", engine: "wasm", fill: "ramp" });
  const bytes = peak.end();
  prepared.dispose();
  return { foretold: memory?.activationBytes ?? 0, bytes };
}

function modelOf(name: string, kerasMajor: 2 | 3): Model | Promise<Model> {
  if (name.includes("?")) return zooModel(name);
  const saved = archives.find((one) => one.name === name && one.kerasMajor === kerasMajor);
  if (!saved) throw new Error(`there is no ${name}.br`);
  return openModel(saved.open("model.json"));
}

beforeAll(() => startEngine("wasm"));

describe.each([2, 3] as const)("what a model of Keras %i holds is foretold", (kerasMajor) => {
  test.each(answers[kerasMajor] ?? [])(
    "$model of $inputs",
    async ({ model, inputs }) => {
      const { foretold, bytes } = await measured(model, kerasMajor, inputs);
      expect(foretold).toBeGreaterThanOrEqual(bytes);
      expect(foretold).toBeLessThanOrEqual(1.5 * bytes);
    },
    120_000,
  );
});
