/** A layer as grouping sees it: its name and who feeds it. Layers are known by their place in running order. */
export interface WiredLayer {
  id: string;
  /** Name within its network. */
  name: string;
  className: string;
  producers: number[];
  consumers: number[];
}

/** Layers outside `members` that lie on a path from one member to another. `members`: places in running order. */
export function layersBetween(layers: readonly WiredLayer[], members: ReadonlySet<number>): number[] {
  const first = Math.min(...members);
  const last = Math.max(...members);
  const below = new Set<number>();
  for (let at = first + 1; at < last; at++) {
    if (layers[at]?.producers.some((from) => members.has(from) || below.has(from))) below.add(at);
  }
  const between: number[] = [];
  const above = new Set<number>();
  for (let at = last - 1; at > first; at--) {
    if (!layers[at]?.consumers.some((to) => members.has(to) || above.has(to))) continue;
    above.add(at);
    if (below.has(at) && !members.has(at)) between.push(at);
  }
  return between.reverse();
}

/** Whether every layer of `members` can be reached from every other, edges taken in both directions, without leaving `members`. */
export function isConnected(layers: readonly WiredLayer[], members: ReadonlySet<number>): boolean {
  const [start] = members;
  if (start === undefined) return true;
  const seen = new Set([start]);
  for (const at of seen) {
    const layer = layers[at];
    for (const next of [...(layer?.producers ?? []), ...(layer?.consumers ?? [])]) if (members.has(next)) seen.add(next);
  }
  return seen.size === members.size;
}

/** Places that every path runs through: no edge leads from before them to behind them. */
export function passedByAll(layers: readonly WiredLayer[]): Set<number> {
  const all = new Set<number>();
  let farthest = 0;
  for (const [at, layer] of layers.entries()) {
    if (farthest <= at) all.add(at);
    farthest = Math.max(farthest, ...layer.consumers);
  }
  return all;
}

/**
 * Items that take part in a cycle when layers are drawn as the items they belong to; empty when the drawing is acyclic.
 * `itemOf`: item of each layer, or undefined for layers of other containers.
 */
export function cyclicItems<Item>(layers: readonly WiredLayer[], itemOf: (at: number) => Item | undefined): Set<Item> {
  const waiting = new Map<Item, number>();
  const next = new Map<Item, Item[]>();
  for (const [at, layer] of layers.entries()) {
    const from = itemOf(at);
    if (from === undefined) continue;
    if (!waiting.has(from)) waiting.set(from, 0);
    for (const consumer of layer.consumers) {
      const to = itemOf(consumer);
      if (to === undefined || to === from) continue;
      waiting.set(to, (waiting.get(to) ?? 0) + 1);
      next.set(from, [...(next.get(from) ?? []), to]);
    }
  }
  const ready = [...waiting].filter(([, count]) => count === 0).map(([item]) => item);
  for (const item of ready) {
    waiting.delete(item);
    for (const to of next.get(item) ?? []) {
      const left = (waiting.get(to) ?? 0) - 1;
      waiting.set(to, left);
      if (left === 0) ready.push(to);
    }
  }
  return new Set(waiting.keys());
}
