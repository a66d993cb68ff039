// Runs TypeScript of the house in a script: bundled first, as Node 20 does not read it.
import { createRequire } from "node:module";
import * as esbuild from "esbuild";

/** What `entry` exports, bundled into `outfile`. `external`: packages that are loaded as they lie. */
export async function bundled(entry, outfile, external = []) {
  const node = { bundle: true, platform: "node", format: "cjs", target: "node20", logLevel: "warning" };
  await esbuild.build({ ...node, entryPoints: [entry], outfile, external });
  return createRequire(import.meta.url)(outfile);
}
