import { afterEach, describe, expect, test, vi } from "vitest";
import { zooModel } from "../../../src/formats";
import { prepareModel, runProbe } from "../../../src/probe";
import { requireMemory } from "../../../src/probe/numbers/memory";

afterEach(() => vi.unstubAllEnvs());

const GB = 1e9;
const need = (weights: number, activations: number) => ({ weightsBytes: weights * GB, activationBytes: activations * GB });

describe("a run that needs too much memory", () => {
  test("is refused by a limit", () => {
    vi.stubEnv("LAYERSCOPE_MEMORY_LIMIT_MB", "1000");
    const message =
      "m.h5 needs 3.00 GB on the engine native (1.00 GB of weights, 2.00 GB of activations at once), more than the 1.05 GB that it may take; choose a smaller probe or raise the limit (layerscope.numbers.memoryLimitMb, or LAYERSCOPE_MEMORY_LIMIT_MB).";
    expect(() => requireMemory("m.h5", "native", need(1, 2))).toThrow(expect.objectContaining({ name: "UserError", message }));
  });

  test("is refused by what WebAssembly can address, whatever the limit", () => {
    vi.stubEnv("LAYERSCOPE_MEMORY_LIMIT_MB", "100000");
    expect(() => requireMemory("m.h5", "wasm", need(1, 4))).toThrow(
      /more than the 4\.29 GB that it may take; choose a smaller probe or use native\.$/,
    );
    requireMemory("m.h5", "native", need(1, 4));
  });

  test("is refused by the machine where nobody says otherwise", () => {
    requireMemory("m.h5", "native", need(0.01, 0.01));
    expect(() => requireMemory("m.h5", "native", need(1e6, 1))).toThrow("needs 1000001.00 GB");
  });
});

describe("a probe on numbers", () => {
  const model = prepareModel(zooModel("MobileNetV2?keras=2&weights=none"));
  const probe = { inputs: {}, mode: "feed", engine: "wasm", fill: "ramp" } as const;

  test("tells what it holds, which grows with the batch", async () => {
    const need = async (batch: number) => {
      const inputs = { [model.inputs[0]?.name ?? ""]: [batch, 96, 96, 3] };
      return (await runProbe(model, { ...probe, inputs })).memory;
    };
    const [one, two] = [await need(1), await need(2)];
    expect(one?.weightsBytes).toBe(4 * model.parameters);
    expect(two?.weightsBytes).toBe(one?.weightsBytes);
    expect((two?.activationBytes ?? 0) / (one?.activationBytes ?? 1)).toBeCloseTo(2, 2);
    // The widest place: 96 channels of half the size before and after an activation.
    expect(one?.activationBytes).toBeGreaterThanOrEqual(2 * 4 * 96 * 48 * 48);
  }, 60_000);

  test("is refused before it runs", async () => {
    vi.stubEnv("LAYERSCOPE_MEMORY_LIMIT_MB", "1");
    await expect(runProbe(model, probe)).rejects.toMatchObject({ name: "UserError" });
    expect((await runProbe(model, { ...probe, engine: "shapes" })).memory).toBeUndefined();
  });
});
