// Forward passes on an engine with numbers, as scripts/bench/numbers.mjs measures them.
import type * as tf from "@tensorflow/tfjs-core";
import { startEngine, useEngine, useShapesEngine } from "../../src/engines";
import { fileSource, openModel, readWeights, zooModel } from "../../src/formats";
import { type EngineName, finished, type Report } from "../../src/model";
import { prepareModel, runProbe } from "../../src/probe";
import { filled } from "../../src/probe/numbers/fill";
import { lookedAt } from "../../src/probe/numbers/look";
import { giveWeights } from "../../src/probe/numbers/weights";
import { Run, type Witness } from "../../src/probe/run";

/** What it costs to look at an output: statistics, and what its pictures are made of. */
function look(tensor: tf.Tensor): void {
  lookedAt(tensor, { channelsFirst: false }, true);
}

/** Milliseconds of the fastest of some forward passes, bare and with a look at every layer, turn by turn; weights stay where they are. */
export async function forward(spec: string, engine: EngineName, runs: number): Promise<{ bareMs: number; lookedAtMs: number }> {
  await startEngine(engine);
  useShapesEngine();
  const prepared = prepareModel(zooModel(spec));
  finished(giveWeights(prepared, null));
  useEngine(engine);
  const pass = (witness: Witness): number => {
    const inputs = prepared.inputs.map(({ suggested }) => filled("ramp", suggested, "float32"));
    const run = new Run(prepared, witness);
    const begun = performance.now();
    for (const steps = run.run(inputs); ; ) {
      const { done, value } = steps.next();
      if (!done) continue;
      for (const output of value) output?.[0]?.dataSync();
      break;
    }
    const ms = performance.now() - begun;
    run.free();
    return ms;
  };
  const bare = () => pass(() => {});
  const lookedAt = () => pass((_, [first]) => first && look(first));
  for (const warm of [bare, lookedAt]) warm();
  const times = Array.from({ length: runs }, () => ({ bare: bare(), lookedAt: lookedAt() }));
  return { bareMs: Math.min(...times.map((each) => each.bare)), lookedAtMs: Math.min(...times.map((each) => each.lookedAt)) };
}

/** A small model of the layers that the large ones have. */
const SMALL = "MobileNetV3Small?include_top=false&weights=none";

/**
 * Megabytes of a probe's peak beyond the idle engine, and what was foretold of weights and activations. The engine has run a small model
 * before: most of TensorFlow's library is read from its file, and its code for the processor made, when something first needs it.
 */
export async function memory(spec: string, size: number): Promise<{ beyondIdleMb: number; weightsMb: number; activationsMb: number }> {
  const probed = async (model: string, side: number, engine: EngineName): Promise<Report["memory"]> => {
    const prepared = prepareModel(zooModel(model));
    const inputs = Object.fromEntries(prepared.inputs.map(({ name }) => [name, [1, side, side, 3]]));
    return (await runProbe(prepared, { inputs, mode: "feed", engine, fill: "ramp" }, { takePictures: () => {} })).memory;
  };
  await probed(SMALL, 32, "native");
  // The shapes first: what the program itself takes is there before.
  await probed(spec, size, "shapes");
  const idle = process.memoryUsage.rss();
  const need = await probed(spec, size, "native");
  const mb = (bytes: number) => bytes / 2 ** 20;
  return {
    beyondIdleMb: process.resourceUsage().maxRSS / 1024 - mb(idle),
    weightsMb: mb(need?.weightsBytes ?? 0),
    activationsMb: mb(need?.activationBytes ?? 0),
  };
}

/** Megabytes a second at which a file's weights are read, the fastest of some times. */
export async function loading(path: string, runs: number): Promise<number> {
  const source = fileSource(path);
  const { weights } = await openModel(source);
  let fastest = Number.POSITIVE_INFINITY;
  let bytes = 0;
  for (let run = 0; run < runs; run++) {
    bytes = 0;
    const begun = performance.now();
    finished(
      readWeights(source, weights, (_, numbers) => {
        bytes += numbers?.byteLength ?? 0;
      }),
    );
    fastest = Math.min(fastest, performance.now() - begun);
  }
  source.close();
  return bytes / 1e6 / (fastest / 1000);
}
