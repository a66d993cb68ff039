import { describe, expect, test } from "vitest";
import { finished, type Model, type WeightEntry } from "../../../src/model";
import { prepareModel, runProbe } from "../../../src/probe";
import { initialNumbers } from "../../../src/probe/numbers/initializers";
import { functional, input } from "../models";

const dense = (): Model => functional([input("x", [null, 2]), ["Dense", "d", { units: 1, activation: "linear" }, "x"]], ["x"], ["d"]);
const entry = (name: string, shape: number[], layer: string | null = "d"): WeightEntry => ({
  layer,
  name,
  shape,
  dtype: "float32",
  at: { file: "w" },
});

/** Runs the model on ones, with a file that holds these weights. */
async function ran(weights: [WeightEntry, number[] | null][]) {
  const model = { ...dense(), weights: weights.map(([each]) => each) };
  const prepared = prepareModel(model);
  const report = await runProbe(
    prepared,
    { inputs: { x: [1, 2] }, mode: "feed", engine: "wasm", fill: "ones" },
    {
      readWeights: function* (entries, take) {
        for (const one of entries) {
          const numbers = weights.find(([each]) => each === one)?.[1];
          take(one, numbers ? Float32Array.from(numbers) : null);
          yield;
        }
      },
    },
  );
  prepared.dispose();
  return report;
}

describe("the numbers of weights", () => {
  test("are the file's", async () => {
    const report = await ran([
      [entry("kernel", [2, 1]), [3, 4]],
      [entry("bias", [1]), [10]],
    ]);
    expect(report.outputs[0]?.values).toEqual([17]);
    expect(report.numbers).toEqual({ weightsFromFile: 2, drawn: [], surplus: [], differing: [], ended: null });
    expect(report.layers.at(-1)).toMatchObject({ stats: { mean: 17, std: 0 } });
  });

  test("are matched by order where the file has other names", async () => {
    const report = await ran([
      [entry("variable", [2, 1]), [3, 4]],
      [entry("variable_1", [1]), [10]],
    ]);
    expect(report.outputs[0]?.values).toEqual([17]);
  });

  test.each<[string, [WeightEntry, number[] | null][], string[], string[]]>([
    ["missing", [[entry("kernel", [2, 1]), [3, 4]]], ["d/bias"], []],
    ["of another shape", [[entry("kernel", [3, 1]), [3, 4, 5]]], ["d/kernel", "d/bias"], ["d/kernel"]],
    ["unreadable", [[entry("kernel", [2, 1]), null]], ["d/bias", "d/kernel"], []],
    ["nobody's", [[entry("other", [2, 1], null), [1, 1]]], ["d/kernel", "d/bias"], ["?/other"]],
  ])("%s: drawn from the initializer instead, and told", async (_, weights, drawn, surplus) => {
    const report = await ran(weights);
    expect(report.numbers).toMatchObject({ drawn, surplus, ended: null });
  });
});

describe("initial numbers", () => {
  const written = (className: string, config = {}) => ({ kernel_initializer: { class_name: className, config } });
  test.each<[string, object, string, number[], (numbers: Float32Array) => boolean]>([
    ["zeros of a bias without an initializer", {}, "bias", [4], (numbers) => numbers.every((value) => value === 0)],
    ["ones of a moving variance", {}, "moving_variance", [4], (numbers) => numbers.every((value) => value === 1)],
    ["a constant", written("Constant", { value: 2.5 }), "kernel", [4], (numbers) => numbers.every((value) => value === 2.5)],
    ["Glorot's limit", {}, "kernel", [100, 200], (numbers) => near(Math.max(...numbers), Math.sqrt(6 / 300), 0.01)],
    ["He's deviation", written("HeNormal"), "kernel", [100, 200], (numbers) => near(deviation(numbers), Math.sqrt(2 / 100), 0.02)],
    [
      "a truncated normal's limit",
      written("TruncatedNormal", { stddev: 3 }),
      "kernel",
      [10_000],
      (numbers) => Math.max(...numbers.map(Math.abs)) <= 6,
    ],
    [
      "the same for the same seed",
      {},
      "kernel",
      [3, 3],
      (numbers) => String(numbers) === String(finished(initialNumbers({}, "kernel", [3, 3], 1))),
    ],
  ])("%s", (_, config, name, shape, holds) => expect(holds(finished(initialNumbers(config as never, name, shape, 1)))).toBe(true));
});

const near = (ours: number, wanted: number, share: number): boolean => Math.abs(ours - wanted) <= share * wanted;

function deviation(numbers: Float32Array): number {
  return Math.sqrt(numbers.reduce((sum, value) => sum + value * value, 0) / numbers.length);
}
