import { FormatError, quoted } from "../format-error";
import { type GraphDefinition, type GraphFunction, type GraphInput, type GraphNode, readNode, tensorName } from "./definition";

/**
 * A graph whose loops are written as TensorFlow 1 and tfjs write them (frames of Enter, Merge, Switch, NextIteration and Exit) with each
 * loop as one While, like TensorFlow 2's: its condition and body become functions. Loops within loops too, innermost first.
 * @throws FormatError where a frame is not a loop
 */
export function withoutFrames(definition: GraphDefinition): GraphDefinition {
  let graph = definition;
  for (let frame = innermostFrame(graph); frame !== null; frame = innermostFrame(graph)) graph = new Loop(graph, frame).written();
  return graph;
}

/** Name of a frame that no other begins in; null where there is none. */
function innermostFrame({ nodes }: GraphDefinition): string | null {
  const enters = nodes.filter(({ op }) => isOp(op, "Enter"));
  if (enters.length === 0) return null;
  const readers = new Map<string, GraphNode[]>();
  for (const node of nodes)
    for (const input of node.inputs) {
      const name = readNode(input);
      const known = readers.get(name);
      if (known) known.push(node);
      else readers.set(name, [node]);
    }
  const frames = [...new Set(enters.map(frameOf))];
  const found = frames.find((frame) => !reachesOtherFrame(enters, frame, readers));
  if (found === undefined) throw new FormatError(`its loops ${quoted(frames[0])} lie in each other`);
  return found;
}

function reachesOtherFrame(enters: readonly GraphNode[], frame: string, readers: ReadonlyMap<string, GraphNode[]>): boolean {
  const waiting = enters.filter((enter) => frameOf(enter) === frame);
  const seen = new Set(waiting);
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    for (const reader of readers.get(node.name) ?? []) {
      if (isOp(reader.op, "Enter") && frameOf(reader) !== frame) return true;
      if (seen.has(reader) || isOp(reader.op, "Exit")) continue;
      seen.add(reader);
      waiting.push(reader);
    }
  }
  return false;
}

/** TensorFlow has most of these operations a second time for references to variables. */
const isOp = (op: string, name: string): boolean => op === name || op === `Ref${name}`;

function frameOf({ name, attributes }: GraphNode): string {
  const written = attributes["frame_name"];
  const text = typeof written === "object" && written !== null && !Array.isArray(written) ? written["s"] : null;
  if (Array.isArray(text)) return String.fromCharCode(...(text as number[]));
  if (typeof text !== "string") throw new FormatError(`its operation ${quoted(name)} does not name its loop`);
  return Buffer.from(text, "base64").toString();
}

/** A variable of a loop: what it is at first, and the nodes by which condition and body know it. */
interface Variable {
  enter: GraphNode;
  merge: GraphNode;
  switched: GraphNode | null;
  next: GraphNode;
  exit: GraphNode | null;
}

/** One loop of a graph. */
class Loop {
  private readonly byName: Map<string, GraphNode>;
  private readonly variables: Variable[];
  /** Enters of what stays the same all the way. */
  private readonly invariants: GraphNode[];
  private readonly name: string;
  /** Nodes that end up in the condition or the body. */
  private readonly inside = new Set<string>();

  constructor(
    private readonly graph: GraphDefinition,
    private readonly frame: string,
  ) {
    this.byName = new Map(graph.nodes.map((node) => [node.name, node]));
    const enters = graph.nodes.filter((node) => isOp(node.op, "Enter") && frameOf(node) === frame);
    const found = enters.map((enter) => this.variable(enter));
    this.variables = found.filter((each): each is Variable => each !== null);
    this.invariants = enters.filter((_, index) => found[index] === null);
    this.name = this.byName.has(frame) ? `${frame}/loop` : frame;
  }

  /** The graph with this loop as one node. */
  written(): GraphDefinition {
    const { graph, name, variables, invariants } = this;
    const test = this.condition();
    const condition = this.part(
      variables.map(({ merge }) => merge),
      test.inputs.slice(0, 1),
    );
    const body = this.part(
      variables.map(({ switched, merge }) => switched ?? merge),
      [...variables.map(({ next }) => next), ...invariants.map((enter) => enter.name)],
    );
    const loop: GraphNode = {
      name,
      op: "While",
      inputs: [...variables.map(({ enter }) => enter), ...invariants].map(({ inputs: [given = ""] }) => given),
      attributes: { cond: { func: { name: `${name}/cond` } }, body: { func: { name: `${name}/body` } } },
    };
    const gone = new Set([...this.inside, test.name, ...invariants.map((enter) => enter.name), ...variables.flatMap(namesOf)]);
    const exits = new Map(variables.flatMap(({ exit }, index) => (exit ? [[exit.name, `${name}:${index}`] as const] : [])));
    const renamed = (input: string): string => exits.get(input.replace(/:0$/, "")) ?? input;
    const nodes = graph.nodes.filter((node) => !gone.has(node.name)).map((node) => ({ ...node, inputs: node.inputs.map(renamed) }));
    // Where its results are read first, so that the graph still reads as it runs.
    const reader = nodes.findIndex(({ inputs }) => inputs.some((input) => readNode(input) === name));
    nodes.splice(reader < 0 ? nodes.length : reader, 0, loop);
    const functions = new Map([...graph.functions, [`${name}/cond`, condition], [`${name}/body`, body]]);
    return { nodes, inputs: graph.inputs, outputs: graph.outputs.map(renamed), functions };
  }

  private condition(): GraphNode {
    const [name] = this.variables.flatMap(({ switched }) => (switched ? [readNode(switched.inputs[1] ?? "")] : []));
    const test = this.byName.get(name ?? "");
    if (test?.op !== "LoopCond") throw new FormatError(`its loop ${quoted(this.frame)} has no condition`);
    return test;
  }

  /** Null for what stays the same: it is read without a Merge. */
  private variable(enter: GraphNode): Variable | null {
    const reading = (op: string, name: string, place?: number) =>
      this.graph.nodes.find(
        (node) => isOp(node.op, op) && node.inputs.some((input, at) => readNode(input) === name && at === (place ?? at)),
      );
    const merge = reading("Merge", enter.name);
    if (!merge) return null;
    const next = merge.inputs.map((input) => this.byName.get(readNode(input))).find((node) => node && isOp(node.op, "NextIteration"));
    if (!next) throw new FormatError(`its loop ${quoted(this.frame)} never goes on with ${quoted(merge.name)}`);
    const switched = reading("Switch", merge.name, 0) ?? null;
    const exit = (switched && reading("Exit", switched.name)) ?? null;
    return { enter, merge, switched, next, exit };
  }

  /** What lies between these variables (and what stays the same) and these tensors, as a function. */
  private part(variables: readonly GraphNode[], outputs: readonly (string | GraphNode)[]): GraphFunction {
    const given = [...variables, ...this.invariants];
    // A variable has one name where it is tested and another where it goes on.
    const places = this.variables.flatMap(({ merge, switched }, index) =>
      [merge, switched].flatMap((node) => (node ? [[node.name, index] as const] : [])),
    );
    const variableAt = new Map(places);
    const read = (input: string): string => variables[variableAt.get(readNode(input)) ?? -1]?.name ?? input;
    const nodes: GraphNode[] = [];
    const seen = new Set(given.map(({ name }) => name));
    const wanted = outputs.map((output) => read(typeof output === "string" ? output : (output.inputs[0] ?? "")));
    const waiting = wanted.map(readNode);
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (seen.has(name)) continue;
      seen.add(name);
      const node = this.byName.get(name);
      if (!node) throw new FormatError(`its loop ${quoted(this.frame)} reads ${quoted(name)}, which is not in the graph`);
      // A constant may be read outside too.
      if (!node.stored) this.inside.add(name);
      const inputs = node.inputs.filter((input) => tensorName(input) !== null).map(read);
      nodes.push({ ...node, name: this.local(name), inputs: inputs.map((input) => this.local(input)) });
      waiting.push(...inputs.map(readNode));
    }
    const placeOf = new Map(this.graph.nodes.map(({ name }, index) => [this.local(name), index]));
    nodes.sort((a, b) => (placeOf.get(a.name) ?? 0) - (placeOf.get(b.name) ?? 0));
    const inputs = given.map(({ name }): GraphInput => ({ node: this.local(name), shape: null, dtype: "float32" }));
    const placeholders = inputs.map(({ node }): GraphNode => ({ name: node, op: "Placeholder", inputs: [], attributes: {} }));
    return { nodes: [...placeholders, ...nodes], inputs, outputs: wanted.map((output) => this.local(output)) };
  }

  /** Names inside are told below the loop's own. */
  private local(name: string): string {
    return name.startsWith(`${this.frame}/`) ? name.slice(this.frame.length + 1) : name;
  }
}

const namesOf = ({ enter, merge, switched, next, exit }: Variable): string[] =>
  [enter, merge, switched, next, exit].flatMap((node) => (node ? [node.name] : []));
