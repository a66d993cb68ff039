import { describe, expect, it } from "vitest";
import { openModel, readWeights, weightsOfFile, zooModel } from "../../src/formats";
import { elementCount, finished, type Model } from "../../src/model";
import { type PreparedModel, prepareModel, weightHolders } from "../../src/probe";
import { giveWeights } from "../../src/probe/numbers/weights";
import { allLayers, type PreparedLayer } from "../../src/probe/prepared";
import { type ToldLayer, type WeightArchive, weightArchives } from "./weights";

/** States of random generators are saved among the weights; nothing here draws from them. */
const SEEDS = /seed_generator/;

describe.each(weightArchives())("$name of Keras $kerasMajor", (archive) => {
  it.each(Object.keys(archive.golden))("has the weights of %s as Keras has them", async (file) => {
    const { prepared, given } = await filled(archive, file);
    const held = new Map(allLayers(prepared.network).map((layer) => [layer.layer.id, weightsHeld(layer)]));
    prepared.dispose();
    const told = archive.golden[file] as ToldLayer[];
    const known = told.filter(([path]) => held.get(path) !== null);
    expect(known.map(([path]) => lineOf(path, held.get(path)))).toEqual(known.map(([path, weights]) => lineOf(path, weights)));
    expect(given.drawn).toEqual([]);
    const isKnown = (path: string): boolean => !SEEDS.test(path) && held.get(path.slice(0, path.lastIndexOf("/"))) !== null;
    expect(given.surplus.filter(isKnown)).toEqual([]);
  });
});

const lineOf = (path: string, weights: ToldLayer[1] | null | undefined): string => `${path} ${JSON.stringify(weights)}`;

async function filled(archive: WeightArchive, file: string) {
  const source = archive.open(file);
  const prepared = await preparedWith(archive, file);
  const given = finished(giveWeights(prepared, (entries, take) => readWeights(source, entries, take)));
  return { prepared, given };
}

async function preparedWith(archive: WeightArchive, file: string): Promise<PreparedModel> {
  const isWeightsOnly = /(weights|notop)\.h5$/.test(file);
  const model = await modelOf(archive, isWeightsOnly ? "model.json" : file);
  const prepared = prepareModel(model);
  if (!isWeightsOnly) return prepared;
  const weights = await weightsOfFile(archive.open(file), model, weightHolders(prepared));
  return { ...prepared, model: { ...model, weights } };
}

/** Keras's own applications are not in the archive: the zoo has them. */
function modelOf({ name, kerasMajor, golden, open }: WeightArchive, file: string): Model | Promise<Model> {
  return "notop.h5" in golden ? zooModel(`${name}?keras=${kerasMajor}`) : openModel(open(file));
}

/** As `ToldLayer` has them; null for a layer whose class is not known. */
function weightsHeld({ runner, unknownBecause }: PreparedLayer): ToldLayer[1] | null {
  if (!runner || unknownBecause) return null;
  return runner.weights.map(({ tensor, shape }) => {
    const { values } = tensor.dataId as { values: ArrayLike<number> };
    expect(values.length).toBe(elementCount(shape));
    return values.length > 0 ? [shape, values[0] as number, values[values.length - 1] as number] : [shape];
  });
}
