import { defineConfig } from "vitest/config";

/** In CI the counts are kept for its closing line (scripts/ci/count.mjs). */
const results = (name: string) => [
  "default",
  "./test/conformance/reporter.ts",
  ...(process.env["CI"] ? [["json", { outputFile: `test-output/${name}.results.json` }] as const] : []),
];

/** By themselves: npm run test:engines has them, as npm run test:view and npm run test:vscode have test/e2e. */
const ON_ENGINES = ["test/engines/kernel-numbers.test.ts", "test/numbers/*.test.ts", "test/graphs/numbers.test.ts"];

/** Rooms of pure functions: their tests share a process's modules, which are then loaded once and not a hundred times. */
const PURE = "test/{answers,conformance,engines,formats,graphs,images,layers,model,probe,webview}/**/*.test.ts";

// Two at a time, also where there are two cores: vitest itself would leave one of them idle.
const common = { testTimeout: 30_000, maxWorkers: 2, server: { deps: { inline: [/tfjs-converter/] } } };

export default defineConfig({
  test: {
    projects: [
      { test: { ...common, name: "pure", include: [PURE], exclude: ON_ENGINES, isolate: false } },
      { test: { ...common, name: "unit", include: ["test/**/*.test.ts"], exclude: ["test/e2e/**", PURE, ...ON_ENGINES] } },
    ],
    reporters: results("npm-test") as never,
  },
});
