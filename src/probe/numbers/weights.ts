import { giveNumbers } from "../../engines";
import { elementCount, type NumbersReport, sameShape, type WeightEntry } from "../../model";
import type { PreparedLayer, PreparedModel, PreparedNetwork } from "../prepared";
import { initialNumbers } from "./initializers";

/** Reads weights of a file, handing each to `take`. */
export type ReadWeights = (entries: readonly WeightEntry[], take: (entry: WeightEntry, numbers: Float32Array | null) => void) => void;

type WeightsGiven = Pick<NumbersReport, "weightsFromFile" | "drawn" | "surplus">;

/**
 * Gives every weight of a prepared model its numbers: the file's, matched as Keras does by layer and then by order, else seeded ones of
 * its initializer. Weights are consumed by the engine that uses them, so a model is given numbers once.
 */
export function giveWeights(prepared: PreparedModel, read: ReadWeights | null): WeightsGiven {
  const given: WeightsGiven = { weightsFromFile: 0, drawn: [], surplus: [] };
  const ofLayer = new Map<string | null, WeightEntry[]>();
  for (const entry of prepared.model.weights) ofLayer.set(entry.layer, [...(ofLayer.get(entry.layer) ?? []), entry]);
  const wanted = new Map<WeightEntry, { layer: PreparedLayer; index: number }>();
  const builtLayers = layersIn(prepared.network).filter(({ runner, isBuilt }) => runner && isBuilt);
  for (const layer of builtLayers) {
    const entries = matched(layer, ofLayer.get(layer.layer.id) ?? []);
    entries.forEach((entry, index) => {
      if (entry) wanted.set(entry, { layer, index });
      else draw(layer, index, prepared, given);
    });
  }
  given.surplus = prepared.model.weights.filter((entry) => !wanted.has(entry)).map(({ layer, name }) => `${layer ?? "?"}/${name}`);
  const take = (entry: WeightEntry, numbers: Float32Array | null): void => {
    const place = wanted.get(entry);
    if (!place) return;
    if (numbers) {
      giveNumbers(tensorOf(place.layer, place.index), numbers);
      given.weightsFromFile++;
    } else draw(place.layer, place.index, prepared, given);
  };
  if (read) read([...wanted.keys()], take);
  else for (const entry of wanted.keys()) take(entry, null);
  return given;
}

/** The file's weight for each of a layer's: by order where there are as many, else by name; null where the shape is another. */
function matched({ runner }: PreparedLayer, entries: readonly WeightEntry[]): (WeightEntry | null)[] {
  const weights = runner?.weights ?? [];
  const inOrder = entries.length === weights.length;
  return weights.map(({ name, shape }, index) => {
    const named = entries.find((entry) => entry.name === name);
    const entry = named ?? (inOrder ? entries[index] : undefined);
    return entry && sameShape(entry.shape, shape) ? entry : null;
  });
}

function draw({ layer, runner }: PreparedLayer, index: number, prepared: PreparedModel, given: WeightsGiven): void {
  const weight = runner?.weights[index];
  if (!weight) return;
  const path = `${layer.id}/${weight.name}`;
  const known = prepared.model.zoo?.knownWeights[path];
  const isFit = known?.length === elementCount(weight.shape);
  giveNumbers(weight.tensor, isFit ? Float32Array.from(known) : initialNumbers(layer.config, weight.name, weight.shape, hashOf(path)));
  if (!isFit) given.drawn.push(path);
}

const tensorOf = ({ runner }: PreparedLayer, index: number) =>
  runner?.weights[index]?.tensor as NonNullable<typeof runner>["weights"][number]["tensor"];

function layersIn({ layers }: PreparedNetwork): PreparedLayer[] {
  return layers.flatMap((layer) => [layer, ...(layer.nested ? layersIn(layer.nested) : [])]);
}

/** The same name gives the same numbers. @see FNV-1a */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) as number), 0x01000193);
  return hash >>> 0;
}
