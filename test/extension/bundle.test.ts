import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

/** What the extension host loads when the extension starts, as the build makes it. */
const bundle = build({
  absWorkingDir: ROOT,
  entryPoints: ["src/extension/extension.ts"],
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  platform: "node",
  format: "cjs",
  external: ["vscode"],
});

/** Loads and activates with a `vscode` in which everything is there and does nothing; prints milliseconds of processor time. */
const MEASURE = `
const nothing = new Proxy(function () {}, {
  get: (_target, key) => (key === Symbol.toPrimitive ? () => "" : key === "then" ? undefined : nothing),
  apply: () => nothing,
  construct: () => nothing,
});
const Module = require("node:module");
const load = Module._load;
Module._load = (name, ...rest) => (name === "vscode" ? nothing : load(name, ...rest));
const before = process.cpuUsage();
require("./extension.js").activate({ subscriptions: [], extensionUri: nothing, workspaceState: new Map(), asAbsolutePath: (path) => path });
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1000);
process.exit();
`;

describe("the bundle of the extension", () => {
  test("has no code that opens or runs models", async () => {
    const inputs = Object.keys((await bundle).metafile.inputs);
    const foreign = inputs.filter((path) =>
      /@tensorflow|h5wasm|yauzl|d3|elkjs|linkedom|src\/(formats|engines|layers|probe|answers)\/|src\/helper\/(server|work|main)/.test(path),
    );
    expect(foreign).toEqual([]);
  });

  test("takes less than 50 ms of the processor to load and to activate", async () => {
    const [output] = (await bundle).outputFiles;
    const folder = mkdtempSync(join(tmpdir(), "layerscope-bundle-"));
    try {
      writeFileSync(join(folder, "extension.js"), output?.contents ?? "");
      writeFileSync(join(folder, "measure.js"), MEASURE);
      const spent = Number(execFileSync(process.execPath, [join(folder, "measure.js")], { encoding: "utf8" }));
      expect(spent).toBeGreaterThan(0);
      expect(spent).toBeLessThan(50);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("is small, as every start of VS Code reads it", async () => {
    const [output] = (await bundle).outputFiles;
    expect(output?.contents.length).toBeLessThan(200_000);
  });
});
