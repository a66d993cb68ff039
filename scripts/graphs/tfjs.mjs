// Writes test/graphs/tfjs.json.br: what tfjs's own executor of graphs makes of the graph models of two development packages, at their
// declared sizes and at others, the shape of every node. Needs the native library (npm run native), which refuses what TensorFlow refuses.
//
// usage: node scripts/graphs/tfjs.mjs
import { resolve } from "node:path";
import { bundled } from "../bundled.mjs";

const { writeGoldens } = await bundled("scripts/graphs/tfjs.ts", resolve("test-output/graphs/tfjs.cjs"), ["h5wasm*"]);
await writeGoldens(resolve("test/graphs/tfjs.json.br"));
