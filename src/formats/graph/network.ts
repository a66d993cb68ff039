import type { Call, Constant, Layer, Network, Operation, OperationInput, WeightEntry } from "../../model";
import { elementCount } from "../../model";
import { FormatError, quoted } from "../format-error";
import { uniqueName } from "../unique-name";
import { controlOf } from "./control";
import { type GraphDefinition, type GraphFunction, type GraphInput, type GraphNode, type StoredTensor, tensorName } from "./definition";
import { withoutFrames } from "./frames";

/** Operations that hand on what they are given and say nothing to a reader. */
const HANDS_ON = new Set(["Identity", "StopGradient", "PreventGradient", "Snapshot"]);

/** Operations that hand on what they are given, or not: a constant too is then a tensor that may not arrive. */
const HANDS_ON_CHOSEN = new Set(["Switch", "Merge"]);

export interface GraphNetwork {
  network: Network;
  weights: WeightEntry[];
}

/**
 * A graph as a network: each operation a layer; identities and constants fold into the operations that use them, unless `fold` is false.
 * @throws FormatError where it names a node that is not there
 */
export function graphNetwork(name: string, definition: GraphDefinition, { fold = true } = {}): GraphNetwork {
  const { functions, ...graph } = withoutFrames(definition);
  const hasVariables = [graph, ...functions.values()].some(({ nodes }) => nodes.some(({ stored }) => stored?.isVariable));
  const all: Whole = { functions, hasVariables, weights: [], owned: new Set(), handsOn: fold ? HANDS_ON : new Set(), fold };
  const network = new Folding(graph, all, { prefix: "", depth: 0 }).network(name, "Graph");
  return { network, weights: all.weights };
}

/** What the parts of a graph share. */
interface Whole {
  functions: GraphDefinition["functions"];
  /** Then constants are none of its weights. */
  hasVariables: boolean;
  weights: WeightEntry[];
  /** Names of constants that a layer counts already. */
  owned: Set<string>;
  /** Operations that are folded into those that read them. */
  handsOn: ReadonlySet<string>;
  /** Whether constants are. */
  fold: boolean;
}

/** Where a part lies in the whole. */
interface Place {
  /** What the ids of its layers begin with. */
  prefix: string;
  /** How many functions are around it. */
  depth: number;
}

/** Functions within functions; more than that call themselves. */
const DEEPEST = 32;

/** A tensor after what hands it on was looked through. */
interface Found {
  node: GraphNode;
  output: number;
  /** Names of the nodes between. */
  through: string[];
}

class Folding {
  private readonly nodes: Map<string, GraphNode>;
  private readonly inputs: Map<string, GraphInput>;
  private readonly found = new Map<string, Found>();
  private readonly controls = new Map<GraphNode, ReturnType<typeof controlOf>>();

  constructor(
    private readonly definition: GraphFunction,
    private readonly whole: Whole,
    private readonly place: Place,
  ) {
    this.nodes = new Map(definition.nodes.map((node) => [node.name, node]));
    this.inputs = new Map(definition.inputs.map((input) => [input.node, input]));
  }

  network(name: string, className: string): Network {
    const outputs = this.definition.outputs.map((written) => this.tensor(written, "the graph's outputs"));
    const needed = this.needed(outputs);
    // In the file's order, which graphs are written in as they run.
    const layers = this.definition.nodes.filter((node) => needed.has(node.name)).map((node) => this.layer(node));
    const ref = ({ node, output }: { node: GraphNode | string; output: number }) => ({
      layer: typeof node === "string" ? node : node.name,
      call: 0,
      output,
    });
    const inputs = this.definition.inputs.map(({ node }) => ref({ node, output: 0 }));
    return { name, className, kind: "graph", layers, inputs, outputs: outputs.map(ref) };
  }

  /** The tensor that this name stands for. Iterative, as identities may be many. */
  private tensor(written: string, reader: string): Found {
    const known = this.found.get(written);
    if (known) return known;
    const through: string[] = [];
    let name = tensorName(written);
    for (;;) {
      const node = name ? this.nodes.get(name.node) : undefined;
      if (!node || !name) throw new FormatError(`${reader} reads ${quoted(name?.node ?? written)}, which is not in the graph`);
      const [only] = node.inputs;
      if (
        !this.whole.handsOn.has(node.op) ||
        only === undefined ||
        node.stored ||
        this.inputs.has(node.name) ||
        through.includes(node.name)
      ) {
        const found = { node, output: name.output, through };
        this.found.set(written, found);
        return found;
      }
      through.push(node.name);
      name = tensorName(only);
    }
  }

  /** Names of the nodes that the outputs need and that are layers of their own. */
  private needed(outputs: readonly Found[]): Set<string> {
    const needed = new Set(this.definition.inputs.map(({ node }) => node));
    const waiting = outputs.map(({ node }) => node);
    for (let node = waiting.pop(); node; node = waiting.pop()) {
      if (needed.has(node.name)) continue;
      needed.add(node.name);
      const takesAll = !this.whole.fold || this.controlOf(node) !== null || HANDS_ON_CHOSEN.has(node.op);
      for (const { node: read } of this.read(node)) if (!read.stored || takesAll) waiting.push(read);
    }
    return needed;
  }

  private controlOf(node: GraphNode): ReturnType<typeof controlOf> {
    const known = this.controls.get(node);
    if (known !== undefined) return known;
    const control = controlOf(node, this.whole.functions);
    this.controls.set(node, control);
    return control;
  }

  private read(node: GraphNode): Found[] {
    return node.inputs.flatMap((written) => (written.startsWith("^") ? [] : [this.tensor(written, node.name)]));
  }

  private layer(node: GraphNode): Layer {
    const input = this.inputs.get(node.name);
    const id = this.place.prefix + node.name;
    const own = { id, name: node.name, module: "tensorflow", registeredName: null, buildConfig: null };
    if (input) return { ...own, className: "InputLayer", config: { batch_shape: input.shape, dtype: input.dtype }, calls: [] };
    const control = this.controlOf(node);
    if (control)
      return { ...own, className: control.className, config: {}, calls: [this.callOf(node)], network: this.inside(node, control) };
    const operation = this.operation(node);
    const args = operation.inputs.flatMap((given) => ("tensor" in given ? [{ tensor: given.tensor }] : []));
    return { ...own, className: node.op, config: {}, calls: [{ args, kwargs: {} }], operation };
  }

  /** What runs inside a loop or a choice, which is given its constants as tensors. */
  private inside(node: GraphNode, { kind, className, parts }: NonNullable<ReturnType<typeof controlOf>>): Network {
    if (this.place.depth > DEEPEST) throw new FormatError(`its function ${quoted(node.name)} calls itself`);
    const prefix = `${this.place.prefix}${node.name}/`;
    const layers = parts.map((part): Layer => {
      const folding = new Folding(part.body, this.whole, { prefix: `${prefix}${part.name}/`, depth: this.place.depth + 1 });
      const network = folding.network(part.name, part.className);
      const own = { id: prefix + part.name, name: part.name, module: "tensorflow", registeredName: null, buildConfig: null };
      return { ...own, className: part.className, config: {}, calls: [{ args: [], kwargs: {} }], network };
    });
    const last = layers.at(-1);
    const outputs = last?.network?.outputs.map((_, output) => ({ layer: last.name, call: 0, output })) ?? [];
    return { name: node.name, className, kind, layers, inputs: [], outputs };
  }

  private callOf(node: GraphNode): Call {
    const args = this.read(node).map((found) => ({ tensor: { layer: found.node.name, call: 0, output: found.output } }));
    return { args, kwargs: {} };
  }

  private operation(node: GraphNode): Operation {
    const names = new Set<string>();
    const folded: string[] = [];
    const held = (stored: StoredTensor, from: string): OperationInput => {
      const name = uniqueName(shortName(from, node.name), names);
      names.add(name);
      return { constant: this.constant(node, { name, stored, from }) };
    };
    const inputs = this.read(node).map((found): OperationInput => {
      folded.push(...found.through);
      if (!found.node.stored || !this.whole.fold || HANDS_ON_CHOSEN.has(node.op))
        return { tensor: { layer: found.node.name, call: 0, output: found.output } };
      folded.push(found.node.name);
      return held(found.node.stored, found.node.name);
    });
    // A constant that is an output itself.
    return { attributes: node.attributes, inputs: node.stored ? [held(node.stored, node.name)] : inputs, folded };
  }

  private constant(reader: GraphNode, { name, stored, from }: { name: string; stored: StoredTensor; from: string }): Constant {
    const { shape, dtype, values, at, storedAs } = stored;
    const isArray = dtype === "float32" && shape.length > 0 && elementCount(shape) > 0;
    const isWeight = stored.isVariable || (isArray && !this.whole.hasVariables);
    const isShared = this.whole.owned.has(this.place.prefix + from);
    this.whole.owned.add(this.place.prefix + from);
    if (at && (isWeight || values === null))
      this.whole.weights.push({ layer: this.place.prefix + reader.name, name, shape, dtype: storedAs ?? dtype, at });
    return { name, shape, dtype, values, isWeight, isShared };
  }
}

/** Last parts of a name that say how a constant is read rather than what it is. */
const SAYS_NOTHING = /^(ReadVariableOp(_\d+)?|resource|Read|read|Identity(_\d+)?)$/;

/** What a constant is called within its layer: `model/Conv1/kernel` is `kernel`, `model/Conv1/Conv2D/ReadVariableOp` just that. */
function shortName(from: string, reader: string): string {
  const parts = from.split("/");
  while (parts.length > 1 && SAYS_NOTHING.test(parts.at(-1) as string) && !reader.endsWith(`/${parts.at(-2)}`)) parts.pop();
  return parts.at(-1) as string;
}
