import "@tensorflow/tfjs-backend-cpu";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepareModel } from "../../src/probe";
import { runDifferences } from "./compare";
import { type DrawnModel, models } from "./draw";
import { prepareWithNumbers, runOnCpu, runOnShapes } from "./numbers";

/** More models, or others, by environment variables. */
const RUNS = Number(process.env["LAYERSCOPE_PROPERTY_RUNS"] ?? 120);
const SEED = Number(process.env["LAYERSCOPE_PROPERTY_SEED"] ?? 7);

describe.each([2, 3] as const)("random models of Keras %i", (kerasMajor) => {
  it(`have the same shapes at every layer, and fail at the same one, without numbers and with them (${RUNS} models)`, () => {
    fc.assert(
      fc.property(models(kerasMajor), (model) => {
        expect(differences(model)).toEqual([]);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});

function differences(drawn: DrawnModel): string[] {
  const empty = prepareModel(drawn.model);
  const full = prepareWithNumbers(drawn, SEED);
  try {
    return drawn.probes.flatMap((probe) =>
      runDifferences(runOnShapes(empty, probe), runOnCpu(full, probe, SEED)).map((line) => `${JSON.stringify(probe)}: ${line}`),
    );
  } finally {
    empty.dispose();
    full.dispose();
  }
}
