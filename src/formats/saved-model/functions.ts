import type { GraphFunction, GraphNode } from "../graph/definition";
import { placeholdersIn } from "../graph/free-ends";
import { typeName } from "../graph/types";
import { shapeJson } from "../graph-def/attributes";
import type { GraphDef } from "../graph-def/graph-def";
import { neededBy } from "../graph-def/inline";
import { readSavedObjectGraph, type SavedObject, type SavedObjectGraph } from "../graph-def/messages";
import type { Range, WireFile } from "../graph-def/wire";
import { uniqueName } from "../unique-name";
import type { Entry } from "./entries";

const CALL = "__call__";
/** What follows the path of a variable in the keys of a checkpoint. */
const VALUE = "/.ATTRIBUTES/VARIABLE_VALUE";

/** The functions that the saved object itself has (`__call__` first), each as often as it was traced. */
export function functionEntries(file: WireFile, range: Range, def: GraphDef): Entry[] {
  const objects = file.message(range, readSavedObjectGraph);
  const root = objects.nodes[0]?.children ?? [];
  const named = root.flatMap(({ node_id, local_name }) => {
    const traces = objects.nodes[node_id]?.function?.concrete_functions ?? [];
    return traces.map((trace, index) => ({ name: index === 0 ? local_name : `${local_name}:${index}`, trace }));
  });
  const ordered = [...named.filter(({ name }) => name === CALL), ...named.filter(({ name }) => name !== CALL)];
  return ordered.filter(({ trace }) => def.library.has(trace)).map(({ name, trace }) => new FunctionEntry(name, trace, { objects, def }));
}

/** A function of the saved object, which is called with what it captured behind its own arguments. */
class FunctionEntry implements Entry {
  readonly inputs: string[];
  readonly outputs: string[];
  private readonly captured: number[];

  constructor(
    readonly name: string,
    private readonly trace: string,
    private readonly model: { objects: SavedObjectGraph; def: GraphDef },
  ) {
    const { input_arg, output_arg } = model.def.library.signature(trace);
    this.captured = model.objects.concrete_functions.find(({ key }) => key === trace)?.value?.bound_inputs ?? [];
    this.inputs = input_arg.slice(0, Math.max(0, input_arg.length - this.captured.length)).map(({ name }) => name);
    this.outputs = output_arg.map(({ name }) => name);
  }

  graph(): { graph: GraphFunction; keys: ReadonlyMap<string, string> } {
    const { objects, def } = this.model;
    const paths = pathsOf(objects);
    const placeholders = def.library.placeholders(this.trace).slice(0, this.inputs.length);
    const taken = new Set(placeholders.map(({ name }) => name));
    const captures = this.captured.map((id) => captureOf(objects.nodes[id], taken));
    const keys = captures.map(({ name }, index) => [name, `${paths.get(this.captured[index] as number)}${VALUE}`] as const);
    const given = [...placeholders, ...captures].map(({ name }) => name);
    const constants = captures.flatMap(({ name, variable }) => (variable ? [] : [name]));
    const call: GraphNode = { name: "StatefulPartitionedCall", op: this.trace, inputs: given, attributes: {} };
    const variables = captures.flatMap(({ variable }) => (variable ? [variable] : []));
    const graph: GraphFunction = {
      nodes: [...placeholders, ...variables, ...neededBy(def.nodes, constants, new Set()), call],
      inputs: placeholdersIn(placeholders),
      outputs: this.outputs.map((_, index) => (index === 0 ? call.name : `${call.name}:${index}`)),
    };
    return { graph, keys: new Map(keys) };
  }
}

interface Capture {
  name: string;
  /** Null for what is in the graph already: a constant. */
  variable: GraphNode | null;
}

function captureOf(object: SavedObject | undefined, taken: Set<string>): Capture {
  const { variable, constant, captured_tensor } = object ?? {};
  if (!variable) return { name: constant?.operation || (captured_tensor?.name ?? "").replace(/:0$/, ""), variable: null };
  const name = uniqueName(variable.name || "Variable", taken);
  taken.add(name);
  const attributes = { shape: { shape: shapeJson(variable.shape) }, dtype: { type: typeName(variable.dtype) } };
  return { name, variable: { name, op: "VarHandleOp", inputs: [], attributes } };
}

/** By which names each object is reached from the first, shortest first, as checkpoints write them. */
function pathsOf({ nodes }: SavedObjectGraph): Map<number, string> {
  const paths = new Map([[0, ""]]);
  // A map goes on to what is added while it is walked.
  for (const [id, path] of paths) {
    for (const { node_id, local_name } of nodes[id]?.children ?? []) {
      const name = local_name.replaceAll(".", "..").replaceAll("/", ".S");
      if (!paths.has(node_id)) paths.set(node_id, path === "" ? name : `${path}/${name}`);
    }
  }
  return paths;
}
