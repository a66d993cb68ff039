import { defineConfig } from "vitest/config";

const LIMITS = { testTimeout: 30_000, maxWorkers: 2 };

/** Every kernel, and the numbers of layers and operations, which `npm test` compares on the cpu engine, on the engines that run models. */
const onEngine = (engine: string) => ({
  test: {
    name: engine,
    include: ["test/engines/kernel-numbers.test.ts", "test/layers/numbers.test.ts", "test/layers/operation-numbers.test.ts"],
    env: { LAYERSCOPE_TESTED_ENGINE: engine },
    ...LIMITS,
  },
});

/** What takes too long for `npm test`. In CI the counts are kept for its closing line (scripts/ci/count.mjs). */
export default defineConfig({
  test: {
    projects: [
      onEngine("wasm"),
      onEngine("native"),
      { test: { name: "models", include: ["test/numbers/*.test.ts"], ...LIMITS } },
      { test: { name: "graphs", include: ["test/graphs/numbers.test.ts"], ...LIMITS, server: { deps: { inline: [/tfjs-converter/] } } } },
    ],
    reporters: [
      "default",
      ...(process.env["CI"] ? [["json", { outputFile: "test-output/test-engines.results.json" }] as const] : []),
    ] as never,
  },
});
