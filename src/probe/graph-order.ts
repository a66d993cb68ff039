import { type Layer, type Network, UserError } from "../model";
import { tensorsOf } from "./calls";
import type { Node } from "./order";

/** The operations of a graph in the order of its file, each after those that it reads; inputs first, without what no output needs. */
export function graphOrder(network: Network): Node[] {
  const layers = new Map(network.layers.map((layer) => [layer.name, layer]));
  const layerAt = (name: string): Layer => {
    const layer = layers.get(name);
    if (!layer) throw new Error(`no operation ${name} in ${network.name}`);
    return layer;
  };
  const nodes = new Map<Layer, Node>();
  const nodeOf = (layer: Layer): Node => {
    const known = nodes.get(layer) ?? { layer, call: 0, inputs: layer.calls[0] ? tensorsOf(layer.calls[0]) : [] };
    nodes.set(layer, known);
    return known;
  };
  const inputs = network.inputs.map(({ layer }) => nodeOf(layerAt(layer)));
  const placed = new Set(inputs);
  const ordered = [...inputs];
  // Iterative, as a chain may be longer than the stack is deep.
  for (const layer of network.layers) {
    const stack = [nodeOf(layer)];
    for (let node = stack.at(-1); node; node = stack.at(-1)) {
      const waiting = placed.has(node)
        ? undefined
        : node.inputs.map((read) => nodeOf(layerAt(read.layer))).find((read) => !placed.has(read));
      if (waiting) {
        if (stack.length > network.layers.length)
          throw new UserError(
            `The operations of ${network.name} wait for each other, ${stack.at(-1)?.layer.name} among them: no loop holds them.`,
          );
        stack.push(waiting);
      } else {
        if (!placed.has(node)) ordered.push(node);
        placed.add(node);
        stack.pop();
      }
    }
  }
  return ordered;
}
