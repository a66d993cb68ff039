import { defineConfig } from "vitest/config";

/** The numbers of layers and operations, which `npm test` compares on the cpu engine, on the engines that run models. */
const onEngine = (engine: string) => ({
  test: {
    name: engine,
    include: ["test/engines/kernel-numbers.test.ts", "test/layers/numbers.test.ts", "test/layers/operation-numbers.test.ts"],
    env: { LAYERSCOPE_TESTED_ENGINE: engine },
    testTimeout: 30_000,
  },
});

export default defineConfig({
  test: {
    projects: ["wasm", "native"].map(onEngine),
    // In CI the counts are kept for its closing line (scripts/ci/count.mjs).
    reporters: [
      "default",
      ...(process.env["CI"] ? [["json", { outputFile: "test-output/test-engines.results.json" }] as const] : []),
    ] as never,
  },
});
