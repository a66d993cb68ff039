import type { Layer, Network } from "../../model";
import { namedVariable } from "./variable-names";

/** A layer of the model and the name of one of its weights. */
export interface Owner {
  layer: string;
  name: string;
}

/** Owners of the weights that a legacy .h5 lists under a layer: `conv1/kernel:0`, below a nested model `inner_conv/kernel:0` or `head/logits/kernel`. */
export function ownersOf(layer: Layer, weightNames: readonly string[]): (Owner | null)[] {
  if (layer.network) return ownersIn(layer.network, weightNames);
  return shortened(weightNames.map((name) => ownedBy(layer, withoutPrefix(withoutOutput(name), `${layer.name}/`))));
}

/**
 * Owners of weights told by their paths of names alone; null where no layer's name is in it. Layers of several nested models may have one
 * name: of weights with the same path the first is the first layer's, and so on.
 */
export function ownersIn(network: Network, weightNames: readonly string[]): (Owner | null)[] {
  const seen = new Map<string, number>();
  return shortened(
    weightNames.map((name) => {
      const times = seen.get(name) ?? 0;
      seen.set(name, times + 1);
      return ownerIn(network, withoutOutput(name), times);
    }),
  );
}

/** Names of layers may hold slashes, and models' names may stand before them: the innermost, then the longest that fits wins. */
function ownerIn(network: Network, path: string, times: number): Owner | null {
  const steps = path.split("/");
  const leaves = leavesOf(network);
  for (let end = steps.length - 1; end > 0; end--) {
    for (let start = 0; start < end; start++) {
      const named = leaves.get(steps.slice(start, end).join("/"));
      const leaf = named?.[times % named.length];
      if (leaf) return ownedBy(leaf, steps.slice(end).join("/"));
    }
  }
  return null;
}

function ownedBy(layer: Layer, name: string): Owner {
  return { layer: layer.id, name: namedVariable(layer, name) };
}

/** `lstm_cell/kernel` → `kernel`, as Keras calls it, unless the layer has several (`key/kernel` and `value/kernel` of an attention layer). */
function shortened(owners: (Owner | null)[]): (Owner | null)[] {
  const counts = new Map<string, number>();
  const key = (owner: Owner): string => `${owner.layer}\n${lastStep(owner.name)}`;
  for (const owner of owners) if (owner) counts.set(key(owner), (counts.get(key(owner)) ?? 0) + 1);
  return owners.map((owner) => (owner && counts.get(key(owner)) === 1 ? { ...owner, name: lastStep(owner.name) } : owner));
}

function lastStep(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** TensorFlow numbers the outputs of what made a variable: `kernel:0`. */
function withoutOutput(name: string): string {
  return name.replace(/:\d+$/, "");
}

function withoutPrefix(path: string, prefix: string): string {
  return path.startsWith(prefix) ? path.slice(prefix.length) : path;
}

const known = new WeakMap<Network, Map<string, Layer[]>>();

/** Layers at any depth that are no models themselves, by name. */
function leavesOf(network: Network): Map<string, Layer[]> {
  let leaves = known.get(network);
  if (!leaves) {
    leaves = new Map();
    collectLeaves(network, leaves);
    known.set(network, leaves);
  }
  return leaves;
}

function collectLeaves(network: Network, leaves: Map<string, Layer[]>): void {
  for (const layer of network.layers) {
    if (layer.network) collectLeaves(layer.network, leaves);
    else leaves.set(layer.name, [...(leaves.get(layer.name) ?? []), layer]);
  }
}
