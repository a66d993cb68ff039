import { isDefaultName, type NamePrefix, namePrefixes } from "./names";
import { isConnected, layersBetween, passedByAll, type WiredLayer } from "./wiring";

/** Share of a network's named layers that a prefix may cover before it is only the model's own name (`convnext_tiny`). */
const LARGEST_SHARE = 0.6;
const NEVER_PULLED_IN = new Set(["InputLayer", "Normalization", "Rescaling"]);

/**
 * For each layer the prefixes of the groups it belongs to, outermost first; empty for a layer of no group.
 * Prefixes hold whole regions of the graph: every path between two layers of one stays inside it.
 */
export function groupPaths(layers: readonly WiredLayer[]): NamePrefix[][] {
  const ends = segmentEnds(layers);
  const paths: NamePrefix[][] = layers.map(() => []);
  for (const [prefix, members] of candidates(layers, ends)) {
    const region = regionOf(layers, prefix, members, ends);
    for (const at of region) paths[at]?.push(prefix);
  }
  const settled = paths.map(longestChain);
  pullInMerges(layers, settled);
  pullInBranches(layers, settled);
  return settled;
}

/** Concatenations that somebody numbered (`mixed3`, `normal_concat_7`): each ends a segment of the network. */
function segmentEnds(layers: readonly WiredLayer[]): Set<string> {
  const named = layers.filter(
    (layer) => layer.className === "Concatenate" && /\d[a-z]?$/.test(layer.name) && !isDefaultName(layer.name, layer.className),
  );
  const names = new Set(named.map((layer) => layer.name));
  return new Set([...names].filter((name) => !names.has(name.replace(/_\d+$/, "")) || !/_\d+$/.test(name)));
}

function candidates(layers: readonly WiredLayer[], ends: ReadonlySet<string>): [NamePrefix, Set<number>][] {
  const byKey = new Map<string, [NamePrefix, Set<number>]>();
  for (const [at, layer] of layers.entries()) {
    if (isDefaultName(layer.name, layer.className)) continue;
    for (const prefix of namePrefixes(layer.name)) {
      const entry = byKey.get(prefix.key) ?? [prefix, new Set<number>()];
      entry[1].add(at);
      byKey.set(prefix.key, entry);
    }
  }
  const namedCount = layers.filter((layer) => !isDefaultName(layer.name, layer.className)).length;
  const most = Math.max(namedCount * LARGEST_SHARE, 8);
  return [...byKey.values()].filter(([{ key }, members]) => members.size <= most && (members.size > 1 || ends.has(key)));
}

/** Members of a prefix with the unnamed layers between them; empty where named strangers stand between or the members lie apart. */
function regionOf(layers: readonly WiredLayer[], prefix: NamePrefix, members: Set<number>, ends: ReadonlySet<string>): Set<number> {
  const inside = ends.has(prefix.key) ? upToEnd(layers, prefix.key, members) : members;
  const between = layersBetween(layers, inside);
  const isStranger = (at: number) => {
    const layer = layers[at];
    return layer === undefined || layer.className === "InputLayer" || !isDefaultName(layer.name, layer.className);
  };
  if (between.some(isStranger)) return new Set();
  const region = new Set([...inside, ...between]);
  return ends.has(prefix.key) || isNearlyConnected(layers, region) ? region : new Set();
}

/** `mixed9_1` comes after `mixed9` and so belongs to the next segment. */
function upToEnd(layers: readonly WiredLayer[], key: string, members: Set<number>): Set<number> {
  const end = layers.findIndex((layer) => layer.name === key);
  return new Set([...members].filter((at) => at <= end));
}

/** Connected, once unnamed neighbours are counted in: the activation between two named layers may be the one that joins them. */
function isNearlyConnected(layers: readonly WiredLayer[], region: ReadonlySet<number>): boolean {
  if (isConnected(layers, region)) return true;
  const wider = new Set(region);
  for (const at of region) {
    const layer = layers[at];
    for (const near of [...(layer?.producers ?? []), ...(layer?.consumers ?? [])]) {
      const neighbour = layers[near];
      if (neighbour && isDefaultName(neighbour.name, neighbour.className)) wider.add(near);
    }
  }
  return isConnected(layers, wider);
}

/** The longest prefix of a layer and those of the others that it begins with. */
function longestChain(prefixes: NamePrefix[]): NamePrefix[] {
  const longest = prefixes.reduce<NamePrefix | null>((best, one) => (best && best.key.length >= one.key.length ? best : one), null);
  return prefixes.filter((one) => longest?.key.startsWith(one.key)).sort((a, b) => a.key.length - b.key.length);
}

/** Whether a layer may be moved from the groups it is in (if any) to `path`: only unnamed ones, and only further in. */
function mayMove(layer: WiredLayer, current: readonly NamePrefix[], path: readonly NamePrefix[] | undefined): path is NamePrefix[] {
  if (path === undefined || path.length <= current.length || !isDefaultName(layer.name, layer.className)) return false;
  return current.every((prefix, at) => prefix.key === path[at]?.key);
}

/** An unnamed addition after a block ends that block, so it goes with the last of its operands. */
function pullInMerges(layers: readonly WiredLayer[], paths: NamePrefix[][]): void {
  for (const [at, layer] of layers.entries()) {
    if (layer.producers.length < 2) continue;
    const last = Math.max(-1, ...layer.producers.filter((from) => paths[from]?.length));
    const path = paths[last];
    if (mayMove(layer, paths[at] ?? [], path)) paths[at] = path;
  }
}

/** Unnamed layers of a side branch go with the first layer they feed, up to the layer that all paths run through. */
function pullInBranches(layers: readonly WiredLayer[], paths: NamePrefix[][]): void {
  const stops = passedByAll(layers);
  for (let at = layers.length - 1; at >= 0; at--) {
    const layer = layers[at];
    if (layer === undefined || stops.has(at) || NEVER_PULLED_IN.has(layer.className)) continue;
    const path = paths[Math.min(...layer.consumers.filter((to) => paths[to]?.length))];
    const isFree = paths[at]?.length === 0;
    if (path && (isFree || mayMove(layer, paths[at] ?? [], path))) paths[at] = path;
  }
}
