// The program as a cold process, beside a Node that does nothing.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { median, ROOT, seconds } from "./measure.mjs";

const RUNS = 7;
const CLI = join(ROOT, "dist/cli.js");

export function timed(words) {
  const begun = performance.now();
  const { status, stderr } = spawnSync(process.execPath, words, { stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" });
  if (status !== 0) throw new Error(`${words.join(" ")} ended with ${status}: ${stderr}`);
  return performance.now() - begun;
}

export async function coldRows() {
  if (!existsSync(CLI)) throw new Error("dist/cli.js is missing: run npm run build first");
  const runs = Array.from({ length: RUNS }, () => ({
    nothing: timed(["-e", "0"]),
    inspect: timed([CLI, "inspect", "EfficientNetB5", "--input", "128x128x1"]),
  }));
  const nothing = median(runs.map((run) => run.nothing));
  const inspect = median(runs.map((run) => run.inspect));
  const times = (inspect / nothing).toFixed(1);
  return [
    {
      what: `layerscope inspect EfficientNetB5 --input 128x128x1, cold (${times} × node -e 0, ${seconds(nothing)})`,
      measured: inspect,
      limit: 800,
      unit: "ms",
    },
  ];
}
