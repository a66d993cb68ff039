import { FormatError } from "../format-error";
import { type MetaInfoDef, readMetaInfoDef, readSaverDef, readSignatureDef, type SignatureDef } from "../graph-def/messages";
import type { Field, Range, WireFile } from "../graph-def/wire";

/** Fields of a SavedModel, a MetaGraphDef and an entry of a map. */
const SAVED_MODEL = { metaGraph: 2 } as const;
const META_GRAPH = { info: 1, graph: 2, saver: 3, signature: 5, objects: 7 } as const;
const ENTRY = { key: 1, value: 2 } as const;
/** Tags of what is meant to be run, and of what is meant to be trained. */
const SERVE = "serve";
const TRAIN = "train";

/** One of the graphs that a SavedModel holds, and where its parts lie. */
export interface MetaGraph {
  info: MetaInfoDef | null;
  graph: Range;
  /** Node that restores the variables; `""` where none does. */
  restore: string;
  /** In the order of the file. */
  signatures: Map<string, SignatureDef>;
  /** Of the SavedObjectGraph; TensorFlow 1 wrote none. */
  objects: Range | null;
}

/** The graph that is meant to be run, else the first that is not for training (a module of TF-Hub has one without tags), else the first. @throws FormatError where the file is no SavedModel */
export function servedGraph(file: WireFile): MetaGraph {
  const graphs = [...file.fields(file.whole)]
    .filter(({ number }) => number === SAVED_MODEL.metaGraph)
    .map((range) => metaGraph(file, range));
  const tagged = (tag: string) => (graph: MetaGraph) => graph.info?.tags.includes(tag) === true;
  const served = graphs.find(tagged(SERVE)) ?? graphs.find((graph) => !tagged(TRAIN)(graph)) ?? graphs[0];
  if (!served) throw new FormatError(`${file.path} holds no graph: get the file anew`);
  return served;
}

function metaGraph(file: WireFile, range: Range): MetaGraph {
  const found: MetaGraph = { info: null, graph: { start: range.end, end: range.end }, restore: "", signatures: new Map(), objects: null };
  const take: { readonly [number: number]: (field: Field) => void } = {
    [META_GRAPH.info]: (field) => {
      found.info = file.message(field, readMetaInfoDef);
    },
    [META_GRAPH.graph]: (field) => {
      found.graph = field;
    },
    [META_GRAPH.saver]: (field) => {
      found.restore = file.message(field, readSaverDef).restore_op_name;
    },
    [META_GRAPH.signature]: (field) => {
      const { key, signature } = signatureEntry(file, field);
      found.signatures.set(key, signature);
    },
    [META_GRAPH.objects]: (field) => {
      found.objects = field;
    },
  };
  for (const field of file.fields(range)) take[field.number]?.(field);
  return found;
}

function signatureEntry(file: WireFile, range: Range): { key: string; signature: SignatureDef } {
  const entry = { key: "", signature: { inputs: [], outputs: [], method_name: "" } as SignatureDef };
  for (const field of file.fields(range)) {
    if (field.number === ENTRY.key) entry.key = new TextDecoder().decode(file.bytes(field));
    if (field.number === ENTRY.value) entry.signature = file.message(field, readSignatureDef);
  }
  return entry;
}
