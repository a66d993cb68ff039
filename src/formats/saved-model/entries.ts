import type { Signature } from "../../model";
import { FormatError, quoted } from "../format-error";
import type { GraphFunction } from "../graph/definition";
import type { GraphDef } from "../graph-def/graph-def";
import type { SignatureDef } from "../graph-def/messages";
import type { WireFile } from "../graph-def/wire";
import { functionEntries } from "./functions";
import type { MetaGraph } from "./meta-graph";
import { signatureGraph } from "./signature-graph";

/** What a SavedModel can be asked for. */
export interface Entry extends Signature {
  /** Calls of functions not written out yet. `keys`: those of the checkpoint, by the names of nodes, as far as the entry tells them. */
  graph(): { graph: GraphFunction; keys: ReadonlyMap<string, string> };
}

/** What is served when nobody asks for another; TF-Hub had another name for it. */
const DEFAULTS = ["serving_default", "default"];
/** Not to be asked for: they set variables up. */
const INTERNAL = /^__saved_model_/;

/** Its signatures; of a SavedModel without any, what the functions are that it was saved with. */
export function entriesOf(file: WireFile, { signatures, objects }: MetaGraph, def: GraphDef): Entry[] {
  const own = [...signatures].filter(([name]) => !INTERNAL.test(name));
  if (own.length > 0) return own.map(([name, signature]) => signatureEntry(name, signature, def));
  return objects ? functionEntries(file, objects, def) : [];
}

function signatureEntry(name: string, signature: SignatureDef, { nodes }: GraphDef): Entry {
  const inputs = signature.inputs.map(({ key }) => key);
  const outputs = signature.outputs.map(({ key }) => key);
  return { name, inputs, outputs, graph: () => ({ graph: signatureGraph(nodes, signature), keys: new Map() }) };
}

/** The entry that is asked for, else the one that is served, else the first. @throws FormatError where there is none, naming those that there are */
export function chosenEntry(entries: readonly Entry[], asked: string | undefined): Entry {
  const named = (wanted: string): Entry | undefined => entries.find(({ name }) => name === wanted);
  const served = DEFAULTS.flatMap((name) => named(name) ?? [])[0] ?? entries[0];
  const chosen = asked === undefined ? served : named(asked);
  if (chosen) return chosen;
  if (entries.length === 0) throw new FormatError("it has no signatures and no functions: save the model with signatures");
  const names = entries.slice(0, 8).map(({ name }) => quoted(name));
  throw new FormatError(`it has no signature ${quoted(asked)}: ask for ${names.join(", ")}`);
}
