import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";

/** Bundles a TypeScript file into one that `node` runs; `remove` deletes it again. */
export function bundleForNode(entry: string): { path: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "layerscope-"));
  const path = join(folder, "main.js");
  buildSync({ entryPoints: [entry], outfile: path, bundle: true, platform: "node", format: "cjs", target: "node20" });
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
