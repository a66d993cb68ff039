// Engines with numbers, side by side with Python's Keras on the same machine in the same minutes.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { writeH5 } from "./big-h5.mjs";
import { bundle } from "./engine.mjs";
import { median, ROOT } from "./measure.mjs";

const MODELS = ["MobileNetV2", "InceptionV3"];
const [ROUNDS, RUNS] = [3, 5];
/** A wide one, and a heavy one. */
const MEMORY = [
  ["MobileNetV2", 640],
  ["ResNet50", 448],
];
const spec = (model, hasTop = true) => `${model}?include_top=${hasTop}&weights=none`;

export async function numberRows() {
  const engine = await bundle("forward");
  const native = whyNoNative(engine);
  const rows = [];
  for (const model of MODELS) rows.push(...(await forwardRows(engine, model, native)));
  return [...rows, ...(await loadingRows(engine)), ...memoryRows(engine, native)];
}

/** Null where the native engine runs; else why it does not. */
function whyNoNative(engine) {
  try {
    measured(engine, "forward", spec("MobileNetV2"), "native", 1);
    return null;
  } catch {
    return "the native engine is not set up (npm run native)";
  }
}

/** Turn by turn, so that whatever else the machine does falls on all of them. */
async function forwardRows(engine, model, missing) {
  const against = `${model}, native forward pass against predict in Python`;
  if (missing) return [{ what: against, skipped: missing }];
  const python = Python.start(model);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++)
    rounds.push({
      python: await python?.predict(RUNS),
      native: measured(engine, "forward", spec(model), "native", RUNS),
      wasm: measured(engine, "forward", spec(model), "wasm", 2),
    });
  python?.end();
  const ratio = (of) => median(rounds.map(of));
  const ms = (of) => `${Math.min(...rounds.map(of)).toFixed(0)} ms`;
  return [
    python
      ? {
          what: `${against} (${ms(({ native }) => native.bareMs)}, ${ms((each) => each.python)})`,
          measured: ratio((each) => each.native.bareMs / each.python),
          limit: 1.3,
          unit: "×",
        }
      : { what: against, skipped: "no Python with Keras; name one in LAYERSCOPE_PYTHON" },
    ...["native", "wasm"].map((name) => ({
      what: `${model}, ${name} with statistics and pictures against without`,
      measured: ratio((each) => each[name].lookedAtMs / each[name].bareMs),
      limit: 1.3,
      unit: "×",
    })),
    {
      what: `${model}, wasm against native (${ms(({ wasm }) => wasm.bareMs)})`,
      measured: ratio(({ wasm, native }) => wasm.bareMs / native.bareMs),
      limit: 12,
      unit: "×",
    },
  ];
}

async function loadingRows(engine) {
  const folder = mkdtempSync(join(tmpdir(), "layerscope-bench-"));
  try {
    const path = join(folder, "wide.h5");
    await writeH5(path, 10_000, 12_500);
    const perSecond = measured(engine, "loading", path, RUNS);
    const what = `reading 500 MB of weights from a warm .h5 (${perSecond.toFixed(0)} MB/s)`;
    return [{ what, measured: 500_000 / perSecond, limit: 1_000, unit: "ms" }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function memoryRows(engine, missing) {
  return MEMORY.map(([model, size]) => {
    const what = `${model} at ${size}×${size}, peak memory beyond the idle engine`;
    if (missing) return { what, skipped: missing };
    const { beyondIdleMb, weightsMb, activationsMb } = measured(engine, "memory", spec(model, false), size);
    const foretold = `${weightsMb.toFixed(0)} MB of weights and ${activationsMb.toFixed(0)} MB of activations foretold`;
    return { what: `${what} (${foretold})`, measured: beyondIdleMb, limit: Math.round(weightsMb + 1.5 * activationsMb), unit: "MB" };
  });
}

/** Keras in a process of its own, which waits while others are measured. */
class Python {
  #child;
  #lines;

  constructor(program, model) {
    this.#child = spawn(program, [join(ROOT, "scripts/bench/predict.py"), model], { stdio: ["pipe", "pipe", "ignore"] });
    this.#lines = createInterface({ input: this.#child.stdout });
  }

  /** Null where no Python has Keras. */
  static start(model) {
    const program = process.env.LAYERSCOPE_PYTHON ?? "python3";
    const { status } = spawnSync(program, [
      "-c",
      "import importlib.util as u, sys; sys.exit(not (u.find_spec('keras') and u.find_spec('tensorflow')))",
    ]);
    return status === 0 ? new Python(program, model) : null;
  }

  async predict(runs) {
    this.#child.stdin.write(`${runs}\n`);
    const [line] = await once(this.#lines, "line");
    return Number(line);
  }

  end() {
    this.#child.stdin.end();
  }
}

/** Runs a measurement of forward.ts in a process of its own. */
function measured(engine, what, ...words) {
  const script = `require(process.argv[1])[process.argv[2]](...process.argv.slice(3).map((word) => (/^\\d+$/.test(word) ? Number(word) : word))).then((found) => console.log(JSON.stringify(found)))`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", script, engine, what, ...words.map(String)], { encoding: "utf8" });
  if (status === 0) return JSON.parse(stdout.trim().split("\n").at(-1));
  throw new Error(`${what} ${words.join(" ")}: ${stderr.split("\n").find((line) => /^\w*Error/.test(line)) ?? `status ${status}`}`);
}
