// The code of `layerscope head` under real Keras: npm run answers:keras [-- --record]
//
// Runs every snippet of test/answers/head-cases.ts, of both generations, and compares output and parameters with what was promised;
// with --record writes down what Keras said, which `npm test` holds the snippets against (test/answers/heads.json).
// Needs a Python with the versions of scripts/zoo/requirements.txt: $LAYERSCOPE_PYTHON, else `python3`. scripts/conformance/python.sh makes one.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { bundled } from "../bundled.mjs";

const { values } = parseArgs({ options: { record: { type: "boolean", default: false } } });
const python = process.env["LAYERSCOPE_PYTHON"] ?? "python3";
const folder = resolve("test-output/answers");

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const { writeHeads } = await bundled("scripts/answers/heads.ts", resolve(folder, "heads.cjs"));
await writeHeads(folder);

const golden = {};
let failed = 0;
for (const major of [3, 2]) {
  const said = resolve(folder, `said${major}.json`);
  const { status } = spawnSync(python, ["scripts/answers/heads.py", String(major), resolve(folder, "cases.json"), said], {
    stdio: "inherit",
  });
  if (status === null || status > 1) process.exit(2);
  failed += status;
  Object.assign(golden, JSON.parse(readFileSync(said, "utf8")));
}
if (values.record) writeFileSync("test/answers/heads.json", `${JSON.stringify(golden, null, 1)}\n`);
process.exit(failed === 0 ? 0 : 1);
