// Bundles every entry of the house into dist/. `--watch` keeps going; `--dev` leaves names readable.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import * as esbuild from "esbuild";
import { bundleLater, LATER } from "./bundle-later.mjs";
import { notices } from "./notices.mjs";

const flags = new Set(process.argv.slice(2));
const shared = {
  bundle: true,
  minify: !flags.has("--dev"),
  sourcemap: flags.has("--dev"),
  logLevel: "warning",
  legalComments: "none",
  metafile: true,
};
const node = { ...shared, platform: "node", format: "cjs", target: "node20" };
const browser = { ...shared, platform: "browser", format: "iife", target: "es2022" };

const later = {};
/** One row a bundle: what runs where. */
const bundles = [
  { ...node, entryPoints: { extension: "src/extension/extension.ts" }, external: ["vscode"] },
  { ...node, entryPoints: { helper: "src/helper/main.ts", cli: "src/cli/main.ts" }, plugins: [bundleLater(later)] },
  // After those that need them: what is loaded by `import()` of a package.
  { ...node, ...LATER, entryPoints: later },
  { ...node, entryPoints: { svg: "webview/svg.ts" } },
  { ...browser, entryPoints: { "webview/view": "webview/main.ts", "webview/layout-worker": "webview/layout/worker.ts" } },
];

const metafiles = [];
rmSync("dist", { recursive: true, force: true });
for (const bundle of bundles) {
  const options = { ...bundle, outdir: "dist" };
  if (flags.has("--watch")) await watch(options);
  else metafiles.push((await esbuild.build(options)).metafile);
}
// What is compiled to WebAssembly: the engine (which of the two runs, the machine decides), and decoders of images.
const COMPILED = [
  "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm",
  "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm",
  "@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm",
  "@jsquash/webp/codec/dec/webp_dec.wasm",
];
mkdirSync("dist/wasm", { recursive: true });
for (const file of COMPILED) copyFileSync(`node_modules/${file}`, `dist/wasm/${basename(file)}`);
if (metafiles.length > 0) writeFileSync("dist/THIRD-PARTY-NOTICES.txt", notices(metafiles, "."));

/** Built once before it is watched, so that the bundles after it know what they are for. */
async function watch(options) {
  const context = await esbuild.context(options);
  await context.rebuild();
  await context.watch();
}
