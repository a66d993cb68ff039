import { type GraphDefinition, type GraphNode, tensorName } from "../graph/definition";
import { renamedGraph } from "../graph-def/common-scope";

/** A number that TensorFlow puts behind a name which is taken. */
const NUMBER = /_\d+$/;
const HANDS_ON = new Set(["Identity"]);

/**
 * This graph with its scopes called as the layers of Keras are. Keras 3 enters each scope twice while it is exported, so that those of the
 * operations get a number (`tiny_1/conv_1/convolution` of the layer `conv`); the variables tell, as they are called after their layers
 * (`tiny/conv/kernel`). Where they do not, no scope is called otherwise.
 */
export function withKerasNames(graph: GraphDefinition): GraphDefinition {
  const parents = numberedParents(graph.nodes);
  if (parents.size === 0) return graph;
  const scopes = new Map([...childrenOf(graph.nodes, parents)].map(([parent, children]) => [parent, plainNames(children)]));
  const names = new Map(graph.nodes.map(({ name }) => [name, plainPath(name, scopes)]));
  const taken = new Set(names.values());
  for (const { name, stored } of graph.nodes) {
    const plain = name.replace(NUMBER, "");
    if (!stored?.isVariable || taken.has(plain)) continue;
    taken.add(plain);
    names.set(name, plain);
  }
  return new Set(names.values()).size === names.size ? renamedGraph(graph, names) : graph;
}

/** Scopes of which some child has the name of a layer with a number behind it, and none has just the name. */
function numberedParents(nodes: readonly GraphNode[]): Set<string> {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const numbered = new Set<string>();
  const plain = new Set<string>();
  for (const node of nodes) {
    for (const input of node.inputs) {
      const variable = variableBehind(input, byName);
      for (const { parent, isPlain } of variable ? meetings(node.name, variable) : []) (isPlain ? plain : numbered).add(parent);
    }
  }
  return new Set([...numbered].filter((parent) => !plain.has(parent)));
}

function variableBehind(input: string, byName: ReadonlyMap<string, GraphNode>): string | null {
  let node = byName.get(tensorName(input)?.node ?? "");
  for (let steps = 0; node && HANDS_ON.has(node.op) && steps < byName.size; steps++)
    node = byName.get(tensorName(node.inputs[0] ?? "")?.node ?? "");
  return node?.stored?.isVariable ? node.name : null;
}

/** Where scopes of an operation are those of a variable that it reads, from the innermost outwards. */
function meetings(operation: string, variable: string): { parent: string; isPlain: boolean }[] {
  const scopes = operation.split("/").slice(0, -1);
  const layers = variable.split("/").slice(0, -1);
  while (layers.length > 0 && !scopes.some((scope) => isCalled(scope, layers.at(-1) as string))) layers.pop();
  const found: { parent: string; isPlain: boolean }[] = [];
  let at = scopes.findLastIndex((scope) => isCalled(scope, layers.at(-1) ?? ""));
  for (let layer = layers.pop(); layer !== undefined && at >= 0 && isCalled(scopes[at] as string, layer); layer = layers.pop(), at--)
    found.push({ parent: scopes.slice(0, at).join("/"), isPlain: scopes[at] === layer });
  return found;
}

const isCalled = (scope: string, layer: string): boolean => scope === layer || scope.replace(NUMBER, "") === layer;

/** Names of the scopes right within each of these. */
function childrenOf(nodes: readonly GraphNode[], parents: ReadonlySet<string>): Map<string, Set<string>> {
  const found = new Map([...parents].map((parent) => [parent, new Set<string>()]));
  for (const { name, stored } of nodes) {
    const parts = stored ? [] : name.split("/").slice(0, -1);
    for (const [depth, part] of parts.entries()) found.get(parts.slice(0, depth).join("/"))?.add(part);
  }
  return found;
}

/** Each without its number, unless two would be called alike. */
function plainNames(children: ReadonlySet<string>): Map<string, string> {
  const names = new Map([...children].map((child) => [child, child.replace(NUMBER, "")]));
  for (let alike = namesTwice(names); alike.size > 0; alike = namesTwice(names))
    for (const [child, name] of names) if (alike.has(name)) names.set(child, child);
  return names;
}

function namesTwice(names: ReadonlyMap<string, string>): Set<string> {
  const [seen, twice] = [new Set<string>(), new Set<string>()];
  for (const name of names.values()) (seen.has(name) ? twice : seen).add(name);
  return twice;
}

/** `scopes`: by the path of the scope, what those right within it are called. */
function plainPath(name: string, scopes: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  const parts = name.split("/");
  const plain = parts.map((part, index) => {
    const isScope = index < parts.length - 1;
    return (isScope && scopes.get(parts.slice(0, index).join("/"))?.get(part)) || part;
  });
  return plain.join("/");
}
