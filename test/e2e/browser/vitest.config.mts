import { defineConfig } from "vitest/config";

/** In CI the counts are kept for its closing line (scripts/ci/count.mjs). */
const forCi = process.env["CI"] ? [["json", { outputFile: "test-output/test-view.results.json" }] as const] : [];

/** The view in a real browser: too long for `npm test`. One at a time: the machine that tests may have two cores. */
export default defineConfig({
  test: {
    include: ["test/e2e/browser/*.test.ts"],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A page answers at once where nothing else runs; a machine that tests may be busy.
    expect: { poll: { timeout: 20_000 } },
    reporters: ["default", ...forCi] as never,
  },
});
