// Writes test/graphs/tfjs.json.br: what tfjs's own executor of graphs makes of the graph models of two development packages, at their
// declared sizes and at others, the shape of every node. Needs the native library (npm run native), which refuses what TensorFlow refuses.
//
// usage: node scripts/graphs/tfjs.mjs
import { createRequire } from "node:module";
import { resolve } from "node:path";
import * as esbuild from "esbuild";

const bundle = resolve("test-output/graphs/tfjs.cjs");
await esbuild.build({
  entryPoints: ["scripts/graphs/tfjs.ts"],
  outfile: bundle,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["h5wasm*"],
  logLevel: "error",
});
await createRequire(import.meta.url)(bundle).writeGoldens(resolve("test/graphs/tfjs.json.br"));
