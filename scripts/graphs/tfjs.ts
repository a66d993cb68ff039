import { writeFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { graphFiles } from "../../test/graphs/files";
import type { TfjsAnswer, TfjsGolden } from "../../test/graphs/golden";
import type { GraphProbe } from "../../test/graphs/probes";
import { probesOf } from "./probes";
import { TfjsModel } from "./tfjs-model";

/** Models whose numbers are kept: small ones of different kinds. */
// biome-ignore format: a list of names
const WITH_NUMBERS = new Set([
  "age", "antispoof", "blazeface-front", "facemesh", "gear", "handlandmark-lite", "iris", "mobileface", "movenet-lightning", "posenet",
  "nsfwjs-mobilenet-v2-mid",
]);

/** Asks tfjs about all models. */
export async function writeGoldens(path: string): Promise<void> {
  // It says at each model that keeping all tensors is slow.
  console.warn = () => {};
  const goldens: TfjsGolden[] = [];
  for (const file of graphFiles()) goldens.push(await goldenOf(await TfjsModel.open(file), file.name));
  writeFileSync(path, brotliCompressSync(JSON.stringify(goldens)));
  const probes = goldens.flatMap((golden) => golden.probes);
  console.log(`${goldens.length} models, ${probes.length} probes, ${probes.filter(({ error }) => error !== null).length} of which fail`);
}

async function goldenOf(model: TfjsModel, name: string): Promise<TfjsGolden> {
  const golden: TfjsGolden = { model: name, nodes: model.needed(), probes: [] };
  for (const probe of probesOf(model.nodes)) {
    const isWithNumbers = probe.kind === "declared" && WITH_NUMBERS.has(name);
    golden.probes.push(await answerOf(model, golden.nodes, probe, isWithNumbers));
  }
  model.dispose();
  return golden;
}

async function answerOf(model: TfjsModel, nodes: readonly string[], probe: GraphProbe, isWithNumbers: boolean): Promise<TfjsAnswer> {
  const { ran, outputs, error } = await model.run(probe.shapes, probe.fill);
  const answer: TfjsAnswer = { ...probe, error, gave: nodes.map((node) => ran.get(node)?.shapes ?? null) };
  return isWithNumbers ? { ...answer, means: nodes.map((node) => rounded(ran.get(node)?.mean)), outputs } : answer;
}

const rounded = (mean: number | null | undefined): number | null =>
  mean === null || mean === undefined ? null : Number(mean.toPrecision(7));
