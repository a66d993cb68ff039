import { dirname, join } from "node:path";
import type { GraphOptions, Model } from "../../model";
import { graphNetwork } from "../graph/network";
import { readGraphDef } from "../graph-def/graph-def";
import { inlined } from "../graph-def/inline";
import { WireFile } from "../graph-def/wire";
import type { Source } from "../source";
import { readCheckpoint, type SavedTensor } from "./checkpoint";
import { chosenEntry, entriesOf } from "./entries";
import { withKerasNames } from "./keras-names";
import { kerasScopes } from "./keras-scopes";
import { servedGraph } from "./meta-graph";
import { restoredKeys } from "./restored";
import { withVariables } from "./variables";

/**
 * A SavedModel: `saved_model.pb`, and beside it the checkpoint of its variables, of which the index is read. `signature`: which of its
 * entries; by default the one that is served.
 * @throws FormatError where a file is damaged or there is no such signature
 */
export function openSavedModel(source: Source, path: string, { signature, ...options }: GraphOptions = {}): Model {
  const file = new WireFile(source, path);
  const served = servedGraph(file);
  const def = readGraphDef(file, served.graph);
  const entries = entriesOf(file, served, def);
  const entry = chosenEntry(entries, signature);
  const { checkpoint, notes } = variablesBeside(source, path);
  const { graph, keys } = entry.graph();
  const restored = new Map([...restoredKeys(def, served.restore), ...keys]);
  const { definition, missing } = withVariables(inlined(graph, def.library), { checkpoint, keys: restored });
  const { network, weights } = graphNetwork(source.name, withKerasNames(definition), options);
  const keras = kerasScopes(
    source,
    path.slice(0, path.lastIndexOf("/") + 1),
    network.layers.map(({ name }) => name),
  );
  return {
    name: source.name,
    format: "saved-model",
    producer: served.info?.tensorflow_version ? `TensorFlow ${served.info.tensorflow_version}` : null,
    kerasMajor: 3,
    network: { ...network, ...(Object.keys(keras.scopes).length > 0 ? { scopes: keras.scopes } : {}) },
    weights,
    signatures: { shown: entry.name, all: entries.map(({ name, inputs, outputs }) => ({ name, inputs, outputs })) },
    ...(source.folder === undefined ? {} : { savedModel: { folder: join(source.folder, dirname(path)), tags: served.info?.tags ?? [] } }),
    notes: [...notes, ...missingNotes(missing, checkpoint), ...keras.notes],
  };
}

function variablesBeside(source: Source, path: string): { checkpoint: ReadonlyMap<string, SavedTensor>; notes: string[] } {
  const prefix = `${path.slice(0, path.lastIndexOf("/") + 1)}variables/variables`;
  if (source.list().includes(`${prefix}.index`)) return { checkpoint: readCheckpoint(source, prefix), notes: [] };
  return { checkpoint: new Map(), notes: [] };
}

/** One sentence, however many are missing. */
function missingNotes([first, ...others]: readonly string[], checkpoint: ReadonlyMap<string, SavedTensor>): string[] {
  if (first === undefined) return [];
  const where = checkpoint.size === 0 ? "There is no variables/variables.index beside it" : "variables/variables.index does not have all";
  const which = others.length === 0 ? `the variable ${first} has` : `${others.length + 1} variables, ${first} among them, have`;
  return [`${where}: ${which} only the shape that the graph tells.`];
}
