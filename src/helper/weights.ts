import { basename } from "node:path";
import { fileSource, isIntact, keptWeights, readWeights, type Source, weightsOfFile } from "../formats";
import { type Model, UserError, type WeightEntry, weightsBeside } from "../model";
import { prepareModel, type ReadWeights, weightHolders } from "../probe";

/** Where the numbers of a model's weights come from. */
export interface WeightsAtHand {
  weights: WeightEntry[];
  source: Source | null;
  read: ReadWeights | null;
  /** The file, where it is not the model's own, or why one could not be used. */
  note: string | null;
  close(): void;
}

/** The weights of a file that a person named, or that lies beside a config by name (`model.json`, `model.weights.h5`); null where none does.
 *  @throws UserError where they are of another model */
export async function namedWeights(model: Model, path: string | null, source: Source | null): Promise<WeightsAtHand | null> {
  if (path !== null) return fromFile(model, fileSource(path));
  const beside = source && model.format === "keras-json" ? fileBeside(source) : null;
  return beside && fromFile(model, beside);
}

/** The file's own weights; of a Keras Application those that Keras fetched once and keeps, unless they do not fit: then the note says why. */
export async function ownWeights(model: Model, source: Source | null): Promise<WeightsAtHand> {
  const { weights, zoo } = model;
  const own = source && weights.length > 0 ? readerOf(source) : null;
  const none: WeightsAtHand = { weights, source, read: own, note: null, close: () => undefined };
  const kept = zoo ? keptWeights(zoo) : null;
  if (!kept) return none;
  if (!(await isIntact(kept))) return { ...none, note: `${kept.path} has another checksum than Keras asks of it, so it is not used.` };
  try {
    return await fromFile(model, fileSource(kept.path), kept.path);
  } catch (error) {
    // Nobody asked for this file: what is known without it is told.
    if (error instanceof UserError) return { ...none, note: error.message };
    throw error;
  }
}

async function fromFile(model: Model, source: Source, name = source.name): Promise<WeightsAtHand> {
  const prepared = prepareModel(model);
  try {
    const weights = await weightsOfFile(source, model, weightHolders(prepared));
    return { weights, source, read: readerOf(source), note: `The weights are those of ${name}.`, close: () => source.close() };
  } catch (error) {
    source.close();
    throw error;
  } finally {
    prepared.dispose();
  }
}

const readerOf =
  (source: Source): ReadWeights =>
  (entries, take) =>
    readWeights(source, entries, take);

/** `model.weights.h5` for `model.json`, seen as the file asked for; null where there is none. */
function fileBeside(source: Source): Source | null {
  const path = weightsBeside(source.main);
  try {
    source.size(path);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
  return {
    name: basename(path),
    main: path,
    list: () => source.list(),
    size: (file) => source.size(file),
    read: (file, offset, length) => source.read(file, offset, length),
    close: () => undefined,
  };
}
