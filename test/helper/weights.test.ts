import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { isIntact, keptWeights, zooModel } from "../../src/formats";
import type { ModelSource } from "../../src/helper/protocol";
import { holdModel } from "../../src/helper/work";
import type { NumbersReport, ZooFacts } from "../../src/model";
import { weightArchives } from "../numbers/weights";

const folder = mkdtempSync(join(tmpdir(), "layerscope-weights-"));
afterAll(() => rmSync(folder, { recursive: true }));

const archives = weightArchives();
function laidOut(name: string, file: string, as = file): string {
  const archive = archives.find((each) => each.name === name && each.kerasMajor === 2);
  const source = archive?.open(file);
  if (!source) throw new Error(`there is no ${name} in weights.br`);
  const path = join(folder, as);
  writeFileSync(path, source.read(file, 0, source.size(file)));
  return path;
}

async function numbersOf(source: ModelSource): Promise<NumbersReport> {
  const held = await holdModel(source);
  const inputs = Object.fromEntries(held.opened.inputs.map(({ name, suggested }) => [name, suggested]));
  const { report } = await held.probe({ inputs, mode: "feed", engine: "wasm", fill: "ramp" });
  held.dispose();
  return report.numbers as NumbersReport;
}

test("a config has the weights that lie beside it by name, or those that are named", async () => {
  const path = laidOut("unet", "model.json");
  expect(await numbersOf({ kind: "path", path })).toMatchObject({ weightsFromFile: 0 });
  const named = laidOut("unet", "weights.h5", "other.h5");
  const given = await numbersOf({ kind: "path", path, weights: named });
  expect(given).toMatchObject({ drawn: [], surplus: [], weightsNote: "The weights are those of other.h5." });
  laidOut("unet", "model.weights.h5");
  expect(await numbersOf({ kind: "path", path })).toEqual({ ...given, weightsNote: "The weights are those of model.weights.h5." });
});

test("a config that was handed over has the weights that were handed over beside it", async () => {
  const path = laidOut("unet", "model.json", "given.json");
  const beside = laidOut("unet", "weights.h5", "given.weights.h5");
  const files = [path, beside].map((each) => ({ path: basename(each), bytes: readFileSync(each) }));
  const given = await numbersOf({ kind: "bytes", name: "given.json", files });
  expect(given).toMatchObject({ drawn: [], surplus: [], weightsNote: "The weights are those of given.weights.h5." });
  const held = await holdModel({ kind: "bytes", name: "given.json", files: files.slice(0, 1), notes: ["without its weights: too large"] });
  expect(held.opened.facts).toEqual(["without its weights: too large"]);
  held.dispose();
});

test("weights of another model are refused with both numbers", async () => {
  const source: ModelSource = { kind: "path", path: laidOut("unet", "model.json"), weights: laidOut("vgg-like", "weights.h5", "vgg.h5") };
  await expect(holdModel(source)).rejects.toThrow(/vgg\.h5 cannot be used: it has weights of \d+ layers, and model\.json has \d+ layers/);
});

test("a zoo model takes the file that Keras keeps under its name, unless the checksum is another", async () => {
  vi.stubEnv("KERAS_HOME", folder);
  mkdirSync(join(folder, "models"));
  const keptOf = (spec: string) => keptWeights(zooModel(spec).zoo as ZooFacts);
  expect(keptOf("EfficientNetB0")).toBeNull();
  const damaged = laidOut("EfficientNetB0", "notop.h5", "models/efficientnetb0_notop.h5");
  expect(keptOf("EfficientNetB0")).toEqual({ path: damaged, checksum: "50bc09e76180e00e4465e1a485ddc09d" });
  expect(await numbersOf({ kind: "zoo", spec: "EfficientNetB0" })).toMatchObject({
    weightsFromFile: 0,
    weightsNote: `${damaged} has another checksum than Keras asks of it, so it is not used.`,
  });
  const bytes = readFileSync(damaged);
  for (const kind of ["md5", "sha256"]) {
    expect(await isIntact({ path: damaged, checksum: createHash(kind).update(bytes).digest("hex") })).toBe(true);
  }
  // Keras asks no checksum of this one.
  const path = laidOut("MobileNetV2", "notop.h5", `models/${zooModel("MobileNetV2").zoo?.weightFile}`);
  expect(await numbersOf({ kind: "zoo", spec: "MobileNetV2" })).toMatchObject({
    ...{ drawn: [], surplus: [], weightsFromFile: 260 },
    weightsNote: `The weights are those of ${path}.`,
  });
  // Of another model, where nothing asks for a checksum.
  laidOut("EfficientNetB0", "notop.h5", `models/${zooModel("MobileNetV2").zoo?.weightFile}`);
  const unfit = await numbersOf({ kind: "zoo", spec: "MobileNetV2" });
  expect(unfit.weightsFromFile).toBe(0);
  expect(unfit.weightsNote).toMatch(
    /^The weights in \S+ cannot be used: it has weights of \d+ layers, and \S+ has \d+ layers with weights\.$/,
  );
}, 60_000);
