import { isObject } from "../../model";
import { FormatError, quoted } from "../format-error";
import { type GraphDefinition, type GraphFunction, type GraphInput, type GraphNode, tensorName } from "../graph/definition";
import { calledByControl, functionNames } from "../graph/functions";
import { uniqueName } from "../unique-name";
import { withoutCommonScope } from "./common-scope";
import type { Library, LibraryFunction } from "./library";
import { plainOperation } from "./variable-operations";

/** Operations that do nothing but call a function. */
const CALLS = new Set(["PartitionedCall", "StatefulPartitionedCall", "TPUPartitionedCall"]);
/** Letters in the names of what functions are written out as; more come of functions that double each other, not of a model. */
const MOST_LETTERS = 2 ** 24;
/** No model has functions that lie deeper in each other. */
const DEEPEST = 256;

/**
 * A graph with all functions that it calls written out where they are called; what loops and branches call stays, by name. Only what the
 * outputs need. The node of a call is a scope for what it calls: `block/StatefulPartitionedCall` of `Conv2D` gives `block/Conv2D`.
 * @throws FormatError where a function calls itself, or is not there
 */
export function inlined(graph: GraphFunction, library: Library): GraphDefinition {
  const functions = new Map<string, GraphFunction>();
  const own = new Inlining(library, functions).graph(graph);
  return { ...own, functions };
}

/** A body that is written out. */
interface Body {
  nodes: readonly GraphNode[];
  /** What the names of its nodes begin with. */
  scope: string;
  /** What stands for its arguments outside. */
  args: ReadonlyMap<string, string>;
  /** Attributes of the call, which the body may refer to. */
  attributes: GraphNode["attributes"];
}

/** One graph or function of which a flat list of nodes is made. */
class Inlining {
  private readonly nodes: GraphNode[] = [];
  private readonly taken = new Set<string>();
  /** What stands for the results of calls, by their tensors. */
  private readonly results = new Map<string, string>();
  private readonly calling: string[] = [];
  private letters = 0;

  constructor(
    private readonly library: Library,
    private readonly functions: Map<string, GraphFunction>,
    /** Functions around this one. */
    private readonly around: readonly string[] = [],
  ) {}

  graph({ nodes, inputs, outputs }: GraphFunction): GraphFunction {
    const fed = new Set(inputs.map(({ node }) => node));
    const needed = neededBy(nodes, outputs, fed);
    const names = this.write({ nodes: needed, scope: "", args: new Map(), attributes: {} });
    const own = (written: string): string => this.final(renamed(written, names, new Map()));
    return {
      nodes: this.nodes.map((node) => ({ ...node, inputs: node.inputs.map((input) => this.final(input)) })),
      inputs: inputs.map((input) => ({ ...input, node: names.get(input.node) ?? input.node })),
      outputs: outputs.map(own),
    };
  }

  /** Returns what each node of the body is called now. */
  private write({ nodes, scope, args, attributes }: Body): ReadonlyMap<string, string> {
    const names = new Map(nodes.map(({ name }) => [name, this.nameFor(scope + name)]));
    const scopes = scopesOfCalls(nodes, (node) => this.calledBy(node) !== null);
    for (const node of nodes) {
      const name = names.get(node.name) as string;
      const inputs = node.inputs.flatMap((input) => (input.startsWith("^") ? [] : [renamed(input, names, args)]));
      const own = { ...node, name, inputs, attributes: withCallers(node.attributes, attributes) };
      const called = this.calledBy(own);
      if (called !== null) this.writeCall(own, called, scope + (scopes.get(node.name) ?? ""));
      else this.add(own);
    }
    return names;
  }

  private add(node: GraphNode): void {
    this.nodes.push(plainOperation(node));
    for (const name of calledByControl(node)) this.keep(name);
  }

  private calledBy({ op, attributes }: GraphNode): string | null {
    if (this.library.has(op)) return op;
    return CALLS.has(op) ? (functionNames(attributes["f"])[0] ?? null) : null;
  }

  private writeCall(node: GraphNode, called: string, scope: string): void {
    const body = this.enter(called);
    const args = new Map(body.inputs.map(({ node: name }, index) => [name, node.inputs[index] ?? name]));
    const needed = neededBy(body.nodes, body.outputs, new Set(args.keys()));
    this.letters += needed.reduce((sum, { name }) => sum + scope.length + name.length, 0);
    if (this.letters > MOST_LETTERS)
      throw new FormatError(`its function ${quoted(called)} is called so often that the graph would have no end`);
    const names = this.write({ nodes: needed, scope, args, attributes: node.attributes });
    for (const [index, output] of body.outputs.entries()) {
      this.results.set(index === 0 ? node.name : `${node.name}:${index}`, renamed(output, names, args));
    }
    this.calling.pop();
  }

  private enter(called: string): LibraryFunction {
    if (this.calling.includes(called) || this.around.includes(called)) throw new FormatError(`its function ${quoted(called)} calls itself`);
    const depth = this.calling.push(called) + this.around.length;
    if (depth > DEEPEST) throw new FormatError(`its functions call each other more than ${DEEPEST} deep`);
    return this.library.function(called);
  }

  /** Puts what a loop or a branch calls among the functions of the graph. */
  private keep(name: string): void {
    if (this.functions.has(name)) return;
    const body = this.enter(name);
    const inputs = body.inputs.map(placeholder);
    const inside = new Inlining(this.library, this.functions, [...this.around, ...this.calling]);
    const graph = inside.graph({ nodes: [...inputs, ...body.nodes], inputs: body.inputs, outputs: body.outputs });
    this.functions.set(name, withoutCommonScope(graph));
    this.calling.pop();
  }

  private nameFor(wished: string): string {
    const name = uniqueName(wished, this.taken);
    this.taken.add(name);
    return name;
  }

  /** What a tensor is after the calls that it comes out of are written out. */
  private final(written: string): string {
    let name = written;
    let steps = 0;
    for (let next = this.results.get(name); next !== undefined; next = this.results.get(name)) {
      if (steps++ > this.results.size) throw new FormatError(`its call ${quoted(written)} waits for its own result`);
      name = next;
    }
    return name;
  }
}

function placeholder({ node }: GraphInput): GraphNode {
  return { name: node, op: "Placeholder", inputs: [], attributes: {} };
}

function renamed(written: string, names: ReadonlyMap<string, string>, args: ReadonlyMap<string, string>): string {
  const { node, output } = tensorName(written) ?? { node: written, output: 0 };
  const name = args.get(node) ?? names.get(node);
  if (name === undefined) throw new FormatError(`an operation reads ${quoted(node)}, which is not in the graph`);
  return output === 0 ? name : `${name}:${output}`;
}

/** Nodes that these tensors are made of, in the order of the file; what makes a tensor that is fed is not. `fed`: names of nodes or of tensors. */
export function neededBy(nodes: readonly GraphNode[], outputs: readonly string[], fed: ReadonlySet<string>): GraphNode[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const needed = new Set<string>(fed);
  const waiting = outputs.map((output) => tensorName(output)?.node ?? "");
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (needed.has(name)) continue;
    needed.add(name);
    for (const input of byName.get(name)?.inputs ?? []) {
      const read = tensorName(input);
      if (read && !fed.has(input)) waiting.push(read.node);
    }
  }
  return nodes.filter(({ name }) => needed.has(name));
}

/** Last parts of names that only say that something is called. */
const WRAPPER = /(^|\/)(Stateful|TPU)?PartitionedCall(_\d+)?$/;

/** What goes before the names of what each call calls: its own name, without what says nothing where the scope has no other call. */
function scopesOfCalls(nodes: readonly GraphNode[], isCall: (node: GraphNode) => boolean): Map<string, string> {
  const calls = nodes.filter(isCall).map(({ name }) => ({ name, outer: name.replace(WRAPPER, "") }));
  const counts = new Map<string, number>();
  for (const { outer } of calls) counts.set(outer, (counts.get(outer) ?? 0) + 1);
  return new Map(
    calls.map(({ name, outer }) => {
      const scope = counts.get(outer) === 1 ? outer : name;
      return [name, scope === "" ? "" : `${scope}/`];
    }),
  );
}

/** Attributes of a function's node may be those that it is called with: `{ placeholder: "T" }`. */
function withCallers(attributes: GraphNode["attributes"], callers: GraphNode["attributes"]): GraphNode["attributes"] {
  const given = Object.entries(attributes).filter(([, value]) => isObject(value) && typeof value["placeholder"] === "string");
  if (given.length === 0) return attributes;
  const known = given.flatMap(([name, value]) => {
    const own = callers[String(isObject(value) ? value["placeholder"] : "")];
    return own === undefined ? [] : [[name, own] as const];
  });
  return { ...attributes, ...Object.fromEntries(known) };
}
