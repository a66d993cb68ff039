// Graphs of operations: a SavedModel as a cold process, and graphs as large as they come.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { timed } from "./cold.mjs";
import { bundle, once } from "./engine.mjs";
import { writeGraph } from "./graph-file.mjs";
import { median, ROOT } from "./measure.mjs";

const RUNS = 5;
const CLI = join(ROOT, "dist/cli.js");
/** Kernels of 200² floats in two thousand operations: 107 MB. */
const LARGE = { operations: 2_000, channels: 200 };

export async function graphRows() {
  const engine = await bundle();
  const folder = mkdtempSync(join(tmpdir(), "layerscope-bench-"));
  try {
    return [...savedModelRows(folder), ...longRows(engine, folder), ...largeRows(engine, folder)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function savedModelRows(folder) {
  const path = join(folder, "mobilenet");
  unpack(join(ROOT, "test/graphs/saved/mobilenet.keras2.br"), path);
  const ms = median(Array.from({ length: RUNS }, () => timed([CLI, "inspect", path, "--input", "160x160x3", "--json"])));
  return [{ what: "SavedModel of a MobileNetV2 (α 0.35), folder to report, cold process", measured: ms, limit: 400, unit: "ms" }];
}

function longRows(engine, folder) {
  const path = join(folder, "long.pb");
  writeGraph(path, 10_000, 8);
  const first = Array.from({ length: RUNS }, () => once(engine, "file", path));
  const further = Array.from({ length: 3 }, () => once(engine, "furtherFile", path));
  const what = "graph of 10,000 operations";
  return [
    { what: `${what}, opened and probed`, measured: median(first.map(({ ms }) => ms)), limit: 2_000, unit: "ms" },
    { what: `${what}, peak memory of the whole process`, measured: median(first.map(({ peakMb }) => peakMb)), limit: 300, unit: "MB" },
    { what: `${what}, each further probe`, measured: median(further.map(({ ms }) => ms)), limit: 150, unit: "ms" },
  ];
}

function largeRows(engine, folder) {
  const path = join(folder, "large.pb");
  writeGraph(path, LARGE.operations, LARGE.channels);
  const megabytes = (statSync(path).size / 1e6).toFixed(0);
  const ms = median(Array.from({ length: RUNS }, () => once(engine, "file", path).ms));
  return [{ what: `frozen graph of ${megabytes} MB, opened and probed`, measured: ms, limit: 3_000, unit: "ms" }];
}

/** A line of JSON, `[[path, bytes], …]`, then the files one after the other. @see test/models/load.ts */
function unpack(archive, folder) {
  const bytes = brotliDecompressSync(readFileSync(archive));
  let at = bytes.indexOf(10) + 1;
  for (const [path, size] of JSON.parse(bytes.subarray(0, at).toString())) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes.subarray(at, at + size));
    at += size;
  }
}
