import { type GraphFunction, tensorName } from "../graph/definition";

/** This function without the scope that all its operations are in, which is that of the operation that calls it. */
export function withoutCommonScope(graph: GraphFunction): GraphFunction {
  const args = graph.inputs.map(({ node }) => node);
  const isArg = new Set(args);
  const own = graph.nodes.filter(({ name }) => !isArg.has(name)).map(({ name }) => name);
  const scope = commonScope(own);
  if (scope === "") return graph;
  const names = new Map([
    ...own.map((name) => [name, name.slice(scope.length)] as const),
    ...args.map((name) => [name, withoutPrefix(name, scope.replace(/\W/g, "_").toLowerCase())] as const),
  ]);
  return new Set(names.values()).size < names.size ? graph : renamedGraph(graph, names);
}

/** TensorFlow names arguments after what they stand for, with its scope (`while_loop_counter`), and once more with the loop's. */
function withoutPrefix(name: string, prefix: string): string {
  const rest = name.startsWith(prefix) ? name.slice(prefix.length) : "";
  return /^[a-z]/.test(rest) ? withoutPrefix(rest, prefix) : name;
}

/** What all these begin with, up to a slash. */
function commonScope([first = "", ...others]: readonly string[]): string {
  let scope = first.slice(0, first.lastIndexOf("/") + 1);
  for (const name of others) while (!name.startsWith(scope)) scope = scope.slice(0, scope.lastIndexOf("/", scope.length - 2) + 1);
  return scope;
}

/** This graph with its nodes called as `names` says, the others as they are. */
export function renamedGraph<T extends GraphFunction>(graph: T, names: ReadonlyMap<string, string>): T {
  const nameOf = (name: string): string => names.get(name) ?? name;
  const renamed = (written: string): string => {
    const { node, output } = tensorName(written) ?? { node: written, output: 0 };
    return output === 0 ? nameOf(node) : `${nameOf(node)}:${output}`;
  };
  return {
    ...graph,
    nodes: graph.nodes.map((node) => ({ ...node, name: nameOf(node.name), inputs: node.inputs.map(renamed) })),
    inputs: graph.inputs.map((input) => ({ ...input, node: nameOf(input.node) })),
    outputs: graph.outputs.map(renamed),
  };
}
