// What comes of calls that functions of Keras Applications take: node scripts/answers/constructed.mjs [--record]
//
// Holds our outcomes for all models of test/answers/constructed.json against Keras's; with --record asks Keras anew first, which takes
// a quarter of an hour (constructed.py).
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { bundled } from "../bundled.mjs";

const { values } = parseArgs({ options: { record: { type: "boolean", default: false } } });
if (values.record) {
  const python = process.env["LAYERSCOPE_PYTHON"] ?? "python3";
  const { status } = spawnSync(python, ["scripts/answers/constructed.py", "test/answers/constructed.json"], { stdio: "inherit" });
  if (status !== 0) process.exit(2);
}
const folder = resolve("test-output/answers/constructed");
mkdirSync(folder, { recursive: true });
const { compareConstructed } = await bundled("scripts/answers/constructed.ts", resolve(folder, "constructed.cjs"));
const { wrong, models } = await compareConstructed();
for (const line of wrong) console.log(line);
console.log(`${models} applications: ${wrong.length} calls come to something else than under Keras.`);
process.exit(wrong.length === 0 ? 0 : 1);
