import type { Layer, Network, TensorRef } from "../model";
import { tensorsOf } from "./calls";

/** One call of a layer: what Keras names a node. */
export interface Node {
  layer: Layer;
  call: number;
  /** In the order in which Keras flattens the arguments; empty for an input. */
  inputs: TensorRef[];
}

/**
 * The nodes of a network in the order in which Keras runs them: by falling depth, where depth is the longest way to an output, and
 * within a depth in the order in which a walk back from the outputs first met them. Inputs come first.
 * Nodes that no output needs are left out, as Keras never runs them; but tf_keras, which keeps what `add_loss` reads in its files, runs
 * layers that no output needs at all after the others.
 * @see tf_keras `functional._map_graph_network`, `Functional._insert_layers`; Keras 3 `function.map_graph` (the same algorithm)
 */
export function runningOrder(network: Network, kerasMajor: 2 | 3): Node[] {
  const graph = new Graph(network);
  const depths = graph.depths(graph.postorder());
  if (kerasMajor === 2) graph.addBeside(depths);
  const byDepth = new Map<number, Node[]>();
  for (const [node, depth] of depths) {
    const level = byDepth.get(depth);
    if (level) level.push(node);
    else byDepth.set(depth, [node]);
  }
  const falling = [...byDepth.keys()].sort((a, b) => b - a).flatMap((depth) => byDepth.get(depth) ?? []);
  const inputs = graph.inputs();
  const areInputs = new Set(inputs);
  return [...inputs, ...falling.filter((node) => !areInputs.has(node))];
}

class Graph {
  private readonly layers: Map<string, Layer>;
  private readonly nodes = new Map<string, Node>();

  constructor(private readonly network: Network) {
    this.layers = new Map(network.layers.map((layer) => [layer.name, layer]));
  }

  inputs(): Node[] {
    return this.network.inputs.map((ref) => this.node(ref));
  }

  /** Every node once, each after those it reads. Iterative, as a chain may be longer than the stack is deep. */
  postorder(): Node[] {
    const finished: Node[] = [];
    const seen = new Set<Node>();
    for (const output of this.network.outputs) {
      const stack: { node: Node; next: number }[] = [];
      const enter = (node: Node): void => {
        if (seen.has(node)) return;
        seen.add(node);
        stack.push({ node, next: 0 });
      };
      enter(this.node(output));
      for (let top = stack.at(-1); top; top = stack.at(-1)) {
        const input = top.node.inputs[top.next++];
        if (input) enter(this.node(input));
        else finished.push((stack.pop() as { node: Node }).node);
      }
    }
    return finished;
  }

  /** Depths in the order in which Keras first notes them, which decides between nodes of one depth. */
  depths(postorder: readonly Node[]): Map<Node, number> {
    const ofNode = new Map<Node, number>();
    const ofLayer = new Map<Layer, number>();
    for (const node of postorder.toReversed()) {
      // A shared layer runs all its calls no later than its earliest one.
      const depth = Math.max(ofNode.get(node) ?? 0, ofLayer.get(node.layer) ?? 0);
      ofLayer.set(node.layer, depth);
      ofNode.set(node, depth);
      for (const input of node.inputs) {
        const source = this.node(input);
        ofNode.set(source, Math.max(depth + 1, ofNode.get(source) ?? 0));
      }
    }
    for (const input of this.inputs()) if (!ofNode.has(input)) ofNode.set(input, 0);
    return ofNode;
  }

  /** Adds the calls of layers that no output needs, each below what it reads; those that cannot be run stay out. */
  addBeside(depths: Map<Node, number>): void {
    const needed = new Set([...depths.keys()].map(({ layer }) => layer));
    const beside = this.network.layers.filter((layer) => !needed.has(layer));
    const waiting = beside.flatMap(({ name, calls }) => calls.map((_, call) => this.node({ layer: name, call, output: 0 })));
    let deferred = 0;
    while (deferred < waiting.length) {
      const node = waiting.shift() as Node;
      const read = node.inputs.map((input) => depths.get(this.node(input)));
      if (read.includes(undefined)) {
        waiting.push(node);
        deferred++;
      } else {
        depths.set(node, Math.min(0, ...(read as number[])) - 1);
        deferred = 0;
      }
    }
  }

  private node({ layer: name, call }: TensorRef): Node {
    const key = `${call} ${name}`;
    const known = this.nodes.get(key);
    if (known) return known;
    const layer = this.layers.get(name);
    if (!layer) throw new Error(`no layer ${name} in ${this.network.name}`);
    const written = layer.calls[call];
    const node = { layer, call, inputs: written ? tensorsOf(written) : [] };
    this.nodes.set(key, node);
    return node;
  }
}
