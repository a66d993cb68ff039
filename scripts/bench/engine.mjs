// Measurements of the engine, each in processes of their own.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { bundleLater, LATER } from "../bundle-later.mjs";
import { writeH5 } from "./big-h5.mjs";
import { median, ROOT, seconds } from "./measure.mjs";

const RUNS = 5;
const ENGINE = join(ROOT, "node_modules/.cache/layerscope-bench");

/** `name`: of the .ts in this folder. */
export async function bundle(name = "engine") {
  mkdirSync(ENGINE, { recursive: true });
  const later = {};
  const node = { absWorkingDir: ROOT, outdir: ENGINE, bundle: true, minify: true, platform: "node", format: "cjs", target: "node20" };
  await esbuild.build({ ...node, entryPoints: { [name]: `scripts/bench/${name}.ts` }, plugins: [bundleLater(later)] });
  await esbuild.build({ ...node, ...LATER, entryPoints: later });
  return join(ENGINE, `${name}.js`);
}

export function once(engine, what, argument) {
  const words = [join(ROOT, "scripts/bench/once.mjs"), engine, what, String(argument)];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
  if (status === 0) return JSON.parse(stdout);
  const reason = stderr.split("\n").find((line) => /^\w+( \[\w+\])?: /.test(line)) ?? `status ${status}`;
  throw new Error(`${what} ${argument}: ${reason}`);
}

/** First and further probes, and the whole zoo, in which NASNetLarge is the longest of those that have a limit. */
export async function engineRows() {
  const engine = await bundle();
  const first = median(Array.from({ length: RUNS }, () => once(engine, "first", "EfficientNetB5").ms));
  const worst = once(engine, "zoo", 1_100);
  const further = (model) => {
    const runs = Array.from({ length: RUNS }, () => once(engine, "further", model));
    return { ms: median(runs.map((run) => run.ms)), fastestMs: Math.min(...runs.map((run) => run.fastestMs)) };
  };
  const row = (what, { ms, fastestMs }, limit) => ({
    what: `${what} (fastest ${fastestMs.toFixed(1)} ms)`,
    measured: ms,
    limit,
    unit: "ms",
  });
  const sizes = median(Array.from({ length: RUNS }, () => once(engine, "sizes", "NASNetLarge").ms));
  const longest = once(engine, "allSizes", "");
  return [
    { what: "sizes of NASNetLarge, searched in a process that has done nothing before", measured: sizes, limit: 1000, unit: "ms" },
    { what: `slowest search for sizes of the zoo, one after the other: ${longest.name}`, measured: longest.ms, limit: 1000, unit: "ms" },
    { what: "EfficientNetB5, config to first report", measured: first, limit: 150, unit: "ms" },
    row("EfficientNetB5, each further probe", further("EfficientNetB5"), 8),
    row("NASNetLarge, each further probe", further("NASNetLarge"), 16),
    row(`slowest further probe of ${worst.models} zoo models up to 1,100 layers: ${worst.name}`, worst, 16),
  ];
}

/** A .h5 of 1.4 GB beside a small one. */
export async function bigFileRows() {
  const engine = await bundle();
  const folder = mkdtempSync(join(tmpdir(), "layerscope-bench-"));
  try {
    const [small, big] = [join(folder, "small.h5"), join(folder, "big.h5")];
    await writeH5(small, 100, 100);
    const sizeBytes = await writeH5(big, 10_000, 35_000);
    // Turn by turn, so that whatever else the machine does falls on both.
    const runs = Array.from({ length: RUNS }, () => ({ small: once(engine, "file", small), big: once(engine, "file", big) }));
    const of = (which, field) => median(runs.map((run) => run[which][field]));
    const gb = (sizeBytes / 1e9).toFixed(1);
    return [
      {
        what: `.h5 of ${gb} GB, opened and probed, beyond a small one's ${seconds(of("small", "ms"))}`,
        measured: of("big", "ms") - of("small", "ms"),
        limit: 200,
        unit: "ms",
      },
      { what: `.h5 of ${gb} GB, peak memory of the whole process`, measured: of("big", "peakMb"), limit: 250, unit: "MB" },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
