import type { GraphOptions, Model } from "../../model";
import { FormatError } from "../format-error";
import { freeEnds } from "../graph/free-ends";
import { graphNetwork } from "../graph/network";
import type { Source } from "../source";
import { readGraphDef } from "./graph-def";
import { inlined } from "./inline";
import { WireFile } from "./wire";

/** A frozen graph: a GraphDef whose variables are constants. @throws FormatError where it is none */
export function openFrozenGraph(source: Source, path: string, options: GraphOptions = {}): Model {
  const file = new WireFile(source, path);
  const { nodes, library } = readGraphDef(file, file.whole);
  if (nodes.length === 0) throw new FormatError("its graph has no operations");
  const graph = freeEnds(nodes);
  if (graph.outputs.length === 0) throw new FormatError("nothing comes out of its graph: each of its operations is read by another");
  const definition = inlined(graph, library);
  return { name: source.name, format: "frozen-graph", producer: null, kerasMajor: 3, ...graphNetwork(source.name, definition, options) };
}
