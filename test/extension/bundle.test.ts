import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { activationMs } from "../../scripts/bench/activation.mjs";

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

describe("the bundle of the extension", () => {
  test("has no code that opens or runs models", async () => {
    const inputs = Object.keys((await bundle).metafile.inputs);
    const foreign = inputs.filter((path) =>
      /@tensorflow|h5wasm|yauzl|d3|elkjs|linkedom|src\/(formats|engines|layers|probe|answers)\/|src\/helper\/(server|work|main)/.test(path),
    );
    expect(foreign).toEqual([]);
  });

  test("loads and activates without anything but VS Code's own module", async () => {
    const [output] = (await bundle).outputFiles;
    const folder = mkdtempSync(join(tmpdir(), "layerscope-bundle-"));
    try {
      const path = join(folder, "extension.js");
      writeFileSync(path, output?.contents ?? "");
      expect(activationMs(path)).toBeGreaterThan(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("is small, as every start of VS Code reads it", async () => {
    const [output] = (await bundle).outputFiles;
    expect(output?.contents.length).toBeLessThan(200_000);
  });
});
