import type { GraphNode } from "../graph/definition";

/**
 * A handle of a variable stands for what the variable holds, so that operations on handles are those on tensors: reading one hands it on.
 * One row an operation.
 */
const PLAIN: { readonly [op: string]: string } = {
  ReadVariableOp: "Identity",
  ResourceGather: "Gather",
  ResourceGatherNd: "GatherNd",
  VariableShape: "Shape",
};

export function plainOperation(node: GraphNode): GraphNode {
  return Object.hasOwn(PLAIN, node.op) ? { ...node, op: PLAIN[node.op] as string } : node;
}
