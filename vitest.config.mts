import { defineConfig } from "vitest/config";

/** In CI the counts are kept for its closing line (scripts/ci/count.mjs). */
const results = (name: string) => [
  "default",
  "./test/conformance/reporter.ts",
  ...(process.env["CI"] ? [["json", { outputFile: `test-output/${name}.results.json` }] as const] : []),
];

/** By themselves: npm run test:engines has them. */
const ON_ENGINES = ["test/engines/kernel-numbers.test.ts", "test/numbers/*.test.ts", "test/graphs/numbers.test.ts"];

export default defineConfig({
  test: {
    projects: [
      {
        // Two at a time, also where there are two cores: vitest itself would leave one of them idle.
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**", ...ON_ENGINES],
          testTimeout: 30_000,
          maxWorkers: 2,
          server: { deps: { inline: [/tfjs-converter/] } },
        },
      },
      {
        // One browser at a time: the machine that tests may have two cores.
        test: {
          name: "browser",
          include: ["test/e2e/browser/**/*.test.ts"],
          // A minute by itself: npm run test:view has it.
          exclude: [
            "test/e2e/browser/numbers.test.ts",
            "test/e2e/browser/graphs.test.ts",
            "test/e2e/browser/questions.test.ts",
            "test/e2e/browser/answers.test.ts",
          ],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // A page answers at once where nothing else runs; a machine that tests may be busy.
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
    reporters: results("npm-test") as never,
  },
});
