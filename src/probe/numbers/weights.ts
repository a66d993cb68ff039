import { giveNumbers, inPlace } from "../../engines";
import { elementCount, type NumbersReport, sameShape, type WeightEntry, type Work } from "../../model";
import { allLayers, type PreparedLayer, type PreparedModel } from "../prepared";
import { seedOf } from "./chance";
import { initialNumbers } from "./initializers";

/** Reads weights of a file, handing each to `take`, whose memory the numbers are from then on. */
export type ReadWeights = (entries: readonly WeightEntry[], take: (entry: WeightEntry, numbers: Float32Array | null) => void) => Work;

/** Is told how many of the weights have their numbers. */
type TellWeights = (done: number, of: number) => void;

type WeightsGiven = Pick<NumbersReport, "weightsFromFile" | "drawn" | "surplus">;

/** Weight number `index` of a layer. */
interface Slot {
  layer: PreparedLayer;
  index: number;
}

/**
 * Gives every weight of a prepared model its numbers: the file's, matched as Keras does by layer and then by order, else seeded ones of
 * its initializer. Weights are consumed by the engine that uses them, so a model is given numbers once. In turns: a large model has
 * gigabytes of them.
 */
export function* giveWeights(prepared: PreparedModel, read: ReadWeights | null, tell: TellWeights = () => {}): Work<WeightsGiven> {
  const given: WeightsGiven = { weightsFromFile: 0, drawn: [], surplus: [] };
  const ofLayer = new Map<string | null, WeightEntry[]>();
  for (const entry of prepared.model.weights) ofLayer.set(entry.layer, [...(ofLayer.get(entry.layer) ?? []), entry]);
  const wanted = new Map<WeightEntry, Slot>();
  const missing: Slot[] = [];
  for (const layer of allLayers(prepared.network).filter(({ runner, isBuilt }) => runner && isBuilt)) {
    matched(layer, ofLayer.get(layer.layer.id) ?? []).forEach((entry, index) => {
      if (entry) wanted.set(entry, { layer, index });
      else missing.push({ layer, index });
    });
  }
  const ownerless = inOrder(missing, ofLayer.get(null) ?? []);
  for (const [number, entry] of ownerless.entries()) wanted.set(entry, missing[number] as Slot);
  const unread = ownerless.length > 0 ? [] : missing;
  const all = wanted.size + unread.length;
  let done = 0;
  given.surplus = prepared.model.weights.filter((entry) => !wanted.has(entry)).map(({ layer, name }) => `${layer ?? "?"}/${name}`);
  const take = (entry: WeightEntry, numbers: Float32Array | null): void => {
    const place = wanted.get(entry);
    if (!place) return;
    if (numbers) {
      giveNumbers(tensorOf(place.layer, place.index), inPlace(numbers));
      given.weightsFromFile++;
      tell(++done, all);
    } else unread.push(place);
  };
  if (read) yield* read([...wanted.keys()], take);
  else unread.push(...wanted.values());
  for (const { layer, index } of unread) {
    yield* draw(layer, index, prepared, given);
    tell(++done, all);
    yield;
  }
  return given;
}

/** Names of the model's own layers that hold weights, in the order of its config, in which Keras writes them into legacy .h5 files. */
export function weightHolders({ model, network }: PreparedModel): string[] {
  const holders = new Set(network.layers.filter(holdsWeights).map(({ layer }) => layer.name));
  return model.network.layers.map(({ name }) => name).filter((name) => holders.has(name));
}

function holdsWeights({ runner, weights, nested }: PreparedLayer): boolean {
  return weights.length > 0 || (runner?.weights.length ?? 0) > 0 || (nested?.layers.some(holdsWeights) ?? false);
}

/**
 * The file's weight for each of a layer's: by name; where there are as many, the others in order, those of one shape among themselves (a
 * wrapper's own come before or after those of its layer). Null where none has the shape.
 */
function matched({ runner }: PreparedLayer, entries: readonly WeightEntry[]): (WeightEntry | null)[] {
  const weights = runner?.weights ?? [];
  const named = weights.map(
    ({ name }) => entries.find((entry) => entry.name === name) ?? entries.find((entry) => isWithin(name, entry.name)),
  );
  const others = entries.length === weights.length ? entries.filter((entry) => !named.includes(entry)) : [];
  return weights.map(({ shape }, index) => {
    const entry = named[index] ?? others.find((other) => sameShape(other.shape, shape));
    if (!entry || !sameShape(entry.shape, shape)) return null;
    if (others.includes(entry)) others.splice(others.indexOf(entry), 1);
    return entry;
  });
}

/** What the file does not say the owners of (layers inside wrappers, in tfjs's format) fills what is missing, if all of it fits in order. */
function inOrder(missing: readonly Slot[], ownerless: readonly WeightEntry[]): readonly WeightEntry[] {
  const fits = ({ layer, index }: Slot, entry: WeightEntry | undefined): boolean =>
    entry !== undefined && sameShape(entry.shape, layer.runner?.weights[index]?.shape ?? []);
  return missing.length === ownerless.length && missing.every((slot, number) => fits(slot, ownerless[number])) ? ownerless : [];
}

/** `encoder/conv2d/kernel` of a wrapped model is `conv2d/kernel` in its file. */
const isWithin = (name: string, saved: string): boolean => saved.includes("/") && name.endsWith(`/${saved}`);

function* draw({ layer, runner }: PreparedLayer, index: number, prepared: PreparedModel, given: WeightsGiven): Work {
  const weight = runner?.weights[index];
  if (!weight) return;
  const path = `${layer.id}/${weight.name}`;
  const known = prepared.model.zoo?.knownWeights[path];
  const isFit = known?.length === elementCount(weight.shape);
  const numbers = isFit ? Float32Array.from(known) : yield* initialNumbers(layer.config, weight.name, weight.shape, seedOf(path));
  giveNumbers(weight.tensor, inPlace(numbers));
  if (!isFit) given.drawn.push(path);
}

const tensorOf = ({ runner }: PreparedLayer, index: number) =>
  runner?.weights[index]?.tensor as NonNullable<typeof runner>["weights"][number]["tensor"];
