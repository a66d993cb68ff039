import { type GraphNode, tensorName } from "../graph/definition";
import { functionNames } from "../graph/functions";
import type { GraphDef } from "../graph-def/graph-def";

const HANDS_ON = new Set(["Identity", "Reshape"]);

/**
 * Keys under which a checkpoint holds the variables of a graph, by the names of their nodes: the graph says itself what it restores into
 * which of them, TensorFlow 1 among its own nodes, TensorFlow 2 in a function that `restore` calls.
 */
export function restoredKeys({ nodes, library }: GraphDef, restore: string): Map<string, string> {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const keys = keysIn(nodes, (name) => name);
  const call = byName.get(restore);
  const called = call ? functionNames(call.attributes["f"])[0] : undefined;
  if (!call || called === undefined) return keys;
  const body = library.function(called);
  const args = new Map(body.inputs.map(({ node }, index) => [node, call.inputs[index] ?? ""]));
  return new Map([...keys, ...keysIn(body.nodes, (name) => args.get(name) ?? name)]);
}

/** `outside`: the node that an argument of a function stands for. */
function keysIn(nodes: readonly GraphNode[], outside: (name: string) => string): Map<string, string> {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const made = (written: string): { node: GraphNode | undefined; name: string; output: number } => {
    let { node: name, output } = tensorName(written) ?? { node: "", output: 0 };
    const seen = new Set<string>();
    for (let node = byName.get(name); node && HANDS_ON.has(node.op) && !seen.has(name); node = byName.get(name)) {
      seen.add(name);
      ({ node: name, output } = tensorName(node.inputs[0] ?? "") ?? { node: "", output: 0 });
    }
    return { node: byName.get(name), name, output };
  };
  const assignments = nodes.filter(({ op }) => op === "AssignVariableOp" || op === "Assign");
  return new Map(
    assignments.flatMap(({ inputs: [variable = "", value = ""] }) => {
      const { node, output } = made(value);
      const names = node?.op === "RestoreV2" ? made(node.inputs[1] ?? "").node?.stored?.values : null;
      const key = names?.[output];
      return typeof key === "string" ? [[outside(made(variable).name), key] as const] : [];
    }),
  );
}
