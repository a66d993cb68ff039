// Runs what we promise under real Keras of both generations; what a script beside it calls: edits.mjs, heads.mjs.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { bundled } from "../bundled.mjs";

/**
 * `name`.ts writes the cases (what it exports as `write`) into a folder, `name`.py, or the script named, runs those of one generation and says what is not as
 * promised; with --record what Keras said becomes `golden`, which `npm test` compares with. Ends the process: 0 where all is as promised.
 * The Python is $LAYERSCOPE_PYTHON, else `python3`, with the versions of scripts/zoo/requirements.txt (scripts/conformance/python.sh).
 */
export async function underKeras({ name, python: script = name, write, golden }) {
  const { values } = parseArgs({ options: { record: { type: "boolean", default: false } } });
  const python = process.env["LAYERSCOPE_PYTHON"] ?? "python3";
  const folder = resolve("test-output/answers", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await (await bundled(`scripts/answers/${name}.ts`, resolve(folder, `${name}.cjs`)))[write](folder);
  const all = {};
  let failed = 0;
  for (const major of [3, 2]) {
    const said = resolve(folder, `said${major}.json`);
    const words = [`scripts/answers/${script}.py`, String(major), resolve(folder, "cases.json"), said];
    const { status } = spawnSync(python, words, { stdio: "inherit" });
    if (status === null || status > 1) process.exit(2);
    failed += status;
    Object.assign(all, JSON.parse(readFileSync(said, "utf8")));
  }
  if (values.record) {
    writeFileSync(golden, JSON.stringify(all, null, 1));
    spawnSync("npx", ["biome", "format", "--write", golden], { stdio: "ignore" });
  }
  process.exit(failed === 0 ? 0 : 1);
}
