import { defineConfig } from "vitest/config";

/** One server, one browser, one story after the other: a real VS Code is too heavy for anything else. */
export default defineConfig({
  test: {
    include: ["test/e2e/vscode/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
    bail: 0,
  },
});
