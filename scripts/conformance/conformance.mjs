// Random models against real Keras: npm run conformance:keras -- [--models 300] [--seed 1] [--keras 2|3]
//
// Needs a Python with the versions of scripts/zoo/requirements.txt: $LAYERSCOPE_PYTHON, else `python3`. scripts/conformance/python.sh makes one.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { bundled } from "../bundled.mjs";

const { values } = parseArgs({
  options: {
    models: { type: "string", default: "300" },
    seed: { type: "string", default: "1" },
    keras: { type: "string", default: "3,2" },
  },
});
const python = process.env["LAYERSCOPE_PYTHON"] ?? "python3";
const folder = resolve("test-output/conformance");

requirePython();
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const { writeAnswers } = await bundled("scripts/conformance/answers.ts", resolve(folder, "answers.cjs"));
const ends = await Promise.all(values.keras.split(",").map((generation) => compare(Number(generation))));
process.exit(ends.every((code) => code === 0) ? 0 : 1);

function requirePython() {
  const { status } = spawnSync(python, ["-c", "import keras, tf_keras, tensorflow"], { stdio: "ignore" });
  if (status === 0) return;
  console.error(
    `${python} has no Keras: set LAYERSCOPE_PYTHON to a Python with the versions of scripts/zoo/requirements.txt (bash scripts/conformance/python.sh makes one).`,
  );
  process.exit(1);
}

/** Exit code of the comparison with one generation; both run side by side. */
async function compare(generation) {
  const answers = resolve(folder, `keras${generation}.jsonl`);
  await writeAnswers(generation, Number(values.models), Number(values.seed), answers);
  const child = spawn(python, ["scripts/conformance/compare.py", String(generation), answers, folder], { stdio: "inherit" });
  return new Promise((done) => child.on("close", done));
}
