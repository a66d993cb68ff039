import type { Model } from "../../model";
import { graphNetwork } from "../graph/network";
import { readGraphDef } from "../graph-def/graph-def";
import { inlined } from "../graph-def/inline";
import type { SignatureDef } from "../graph-def/messages";
import { WireFile } from "../graph-def/wire";
import type { Source } from "../source";
import { readCheckpoint, type SavedTensor } from "./checkpoint";
import { entryGraph } from "./entry";
import { servedGraph } from "./meta-graph";
import { restoredKeys } from "./restored";
import { chosenSignature, listedSignatures } from "./signatures";
import { withVariables } from "./variables";

/**
 * A SavedModel: `saved_model.pb`, and beside it the checkpoint of its variables, of which the index is read. `signature`: which of its
 * entries; by default the one that is served.
 * @throws FormatError where a file is damaged or there is no such signature
 */
export function openSavedModel(source: Source, path: string, signature?: string): Model {
  const file = new WireFile(source, path);
  const served = servedGraph(file);
  const shown = chosenSignature(served.signatures, signature);
  const graph = readGraphDef(file, served.graph);
  const { checkpoint, notes } = variablesBeside(source, path);
  const entry = inlined(entryGraph(graph.nodes, served.signatures.get(shown) as SignatureDef), graph.library);
  const { definition, missing } = withVariables(entry, { checkpoint, keys: restoredKeys(graph, served.restore) });
  return {
    name: source.name,
    format: "saved-model",
    producer: served.info?.tensorflow_version ? `TensorFlow ${served.info.tensorflow_version}` : null,
    kerasMajor: 3,
    ...graphNetwork(source.name, definition),
    signatures: { shown, all: listedSignatures(served.signatures) },
    notes: [...notes, ...missingNotes(missing, checkpoint)],
  };
}

function variablesBeside(source: Source, path: string): { checkpoint: ReadonlyMap<string, SavedTensor>; notes: string[] } {
  const prefix = `${path.slice(0, path.lastIndexOf("/") + 1)}variables/variables`;
  if (source.list().includes(`${prefix}.index`)) return { checkpoint: readCheckpoint(source, prefix), notes: [] };
  return { checkpoint: new Map(), notes: [] };
}

/** One sentence, however many are missing. */
function missingNotes(missing: readonly string[], checkpoint: ReadonlyMap<string, SavedTensor>): string[] {
  if (missing.length === 0) return [];
  const where = checkpoint.size === 0 ? "There is no variables/variables.index beside it" : "variables/variables.index does not have all";
  return [`${where}: ${missing.length} variables, ${missing[0]} among them, have only the shape that the graph tells.`];
}
