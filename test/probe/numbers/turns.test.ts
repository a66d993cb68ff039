import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import type { AskedProbe, Progress, WeightEntry } from "../../../src/model";
import { prepareModel, type ReadWeights, runProbe } from "../../../src/probe";
import { inTurns } from "../../../src/probe/turns";
import { functional, input } from "../models";

const NAMES = ["a", "b", "c"];
const entry = (layer: string): WeightEntry => ({ layer, name: "kernel", shape: [4, 4], dtype: "float32", at: { file: "w" } });

/** Three Dense layers, one after another, with a file that has their kernels. */
function prepared() {
  const layers = NAMES.map((name, index) => ["Dense", name, { units: 4, use_bias: false }, NAMES[index - 1] ?? "x"] as const);
  return prepareModel({ ...functional([input("x", [null, 4]), ...(layers as never[])], ["x"], ["c"]), weights: NAMES.map(entry) });
}

interface Reading {
  readWeights: ReadWeights;
  isClosed: boolean;
}

/** Reads a kernel a turn; `then` happens after the second. */
function reading(then: () => void): Reading {
  const opened: Reading = {
    isClosed: false,
    *readWeights(entries, take) {
      try {
        for (const [index, each] of entries.entries()) {
          take(each, new Float32Array(16));
          for (const end = performance.now() + 40; performance.now() < end; );
          if (index === 1) then();
          yield;
        }
      } finally {
        opened.isClosed = true;
      }
    },
  };
  return opened;
}

const probe: AskedProbe = { inputs: { x: [1, 4] }, mode: "feed", engine: "wasm", fill: "ones" };

describe("while weights are read", () => {
  test.each<[string, (stop: AbortController) => void, string]>([
    ["a run is cancelled before the next", (stop) => stop.abort(new Error("nobody waits")), "nobody waits"],
    [
      "an error ends the run",
      () => {
        throw new Error("the disk is gone");
      },
      "the disk is gone",
    ],
  ])("%s; the file is closed and no tensor is left", async (_, happens, message) => {
    const stop = new AbortController();
    const opened = reading(() => happens(stop));
    const model = prepared();
    await runProbe(model, { ...probe, engine: "shapes" });
    const before = tf.memory().numTensors;
    const heard: Progress[] = [];
    const run = runProbe(model, probe, { signal: stop.signal, readWeights: opened.readWeights, onProgress: (how) => heard.push(how) });
    await expect(run).rejects.toThrow(message);
    expect(heard).toEqual([
      { phase: "weights", done: 1, of: 3 },
      { phase: "weights", done: 2, of: 3 },
    ]);
    expect(opened.isClosed).toBe(true);
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });
});

test("each layer is told before it runs, as one of all", async () => {
  const model = prepared();
  const heard: Progress[] = [];
  await runProbe(model, probe, { onProgress: (how) => heard.push(how) });
  expect(heard.filter(({ phase }) => phase === "layers")).toEqual(
    NAMES.map((layer, index) => ({ phase: "layers", layer, done: index + 1, of: 3 })),
  );
  model.dispose();
});

test("weights are drawn in turns short enough to be broken off", async () => {
  const kernel = functional([input("x", [null, 4096]), ["Dense", "d", { units: 4096 }, "x"]], ["x"], ["d"]);
  const model = prepareModel(kernel);
  const stop = new AbortController();
  let turns = 0;
  const counting = setInterval(() => {
    turns++;
    if (turns === 3) stop.abort(new Error("nobody waits"));
  }, 1);
  const run = runProbe(model, { ...probe, inputs: { x: [1, 4096] } }, { signal: stop.signal });
  await expect(run).rejects.toThrow("nobody waits");
  clearInterval(counting);
  expect(turns).toBe(3);
  model.dispose();
});

test("work that is not done to its end is told so", async () => {
  let isToldSo = false;
  function* work(): Generator<undefined, void> {
    try {
      yield;
    } finally {
      isToldSo = true;
    }
  }
  const begun = work();
  begun.next();
  await expect(inTurns(begun, AbortSignal.abort(new Error("too late")))).rejects.toThrow("too late");
  expect(isToldSo).toBe(true);
});
