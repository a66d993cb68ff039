import type { GraphNode } from "../graph/definition";
import { Library } from "./library";
import { readNode } from "./nodes";
import type { Range, WireFile } from "./wire";

/** Fields of a GraphDef. */
const GRAPH = { node: 1, library: 2 } as const;

export interface GraphDef {
  nodes: GraphNode[];
  library: Library;
}

/** The graph whose GraphDef lies in `range`; its functions are read when they are called. @throws FormatError where it is none */
export function readGraphDef(file: WireFile, range: Range): GraphDef {
  const nodes: GraphNode[] = [];
  let library: Range | null = null;
  for (const field of file.fields(range)) {
    if (field.number === GRAPH.node) nodes.push(readNode(file, field));
    if (field.number === GRAPH.library) library = field;
  }
  return { nodes, library: new Library(file, library) };
}
