import { defineConfig } from "vitest/config";

/** In CI the counts are kept for its closing line (scripts/ci/count.mjs). */
const forCi = process.env["CI"] ? [["json", { outputFile: "test-output/test-vscode.results.json" }] as const] : [];

/** One server, one browser, one story after the other: a real VS Code is too heavy for anything else. */
export default defineConfig({
  test: {
    include: ["test/e2e/vscode/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
    reporters: ["verbose", ...forCi] as never,
  },
});
