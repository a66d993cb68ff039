import { graph as dag, layeringLongestPath, layeringSimplex } from "d3-dag";
import type { Link } from "./split";

/** Above this number of boxes the exact tiers (a linear program) take too long to wait for. */
const LARGEST_EXACT = 60;

export interface Tiers {
  /** Tier of each child, from 0 on. */
  tierOf: Map<string, number>;
  count: number;
  /** Children, producers first. */
  order: string[];
  /** Links against that order. */
  backward: Set<Link>;
}

/** Assigns children to tiers. post: every link between children that is not backward goes down by at least one tier. */
export function assignTiers(ids: readonly string[], links: readonly Link[]): Tiers {
  const known = new Set(ids);
  const inner = links.filter((link) => known.has(link.from) && known.has(link.to));
  const { order, backward } = sortDownwards(ids, inner);
  const forward = inner.filter((link) => !backward.has(link));
  const built = dag<string, Link>();
  const nodes = new Map(order.map((id) => [id, built.node(id)]));
  for (const link of forward) {
    const [from, to] = [nodes.get(link.from), nodes.get(link.to)];
    if (from && to) built.link(from, to, link);
  }
  const layering = ids.length <= LARGEST_EXACT ? layeringSimplex() : layeringLongestPath();
  if (ids.length > 0) layering(built, (upper, lower) => (upper && lower ? 1 : 0));
  const tierOf = new Map([...nodes].map(([id, node]) => [id, Math.round(node.y)]));
  const lowest = Math.min(0, ...tierOf.values());
  for (const [id, tier] of tierOf) tierOf.set(id, tier - lowest);
  return { tierOf, count: Math.max(-1, ...tierOf.values()) + 1, order, backward };
}

/** Kahn's order; where links run in a circle, the one that stands first goes first and its open links count as backward. */
function sortDownwards(ids: readonly string[], links: readonly Link[]): { order: string[]; backward: Set<Link> } {
  const incoming = new Map<string, Set<Link>>(ids.map((id) => [id, new Set()]));
  const outgoing = new Map<string, Link[]>(ids.map((id) => [id, []]));
  for (const link of links) {
    incoming.get(link.to)?.add(link);
    outgoing.get(link.from)?.push(link);
  }
  const backward = new Set<Link>();
  const order: string[] = [];
  const waiting = new Set(ids);
  const ready = ids.filter((id) => incoming.get(id)?.size === 0);
  while (waiting.size > 0) {
    const next = ready.shift() ?? [...waiting][0];
    if (next === undefined) break;
    if (!waiting.delete(next)) continue;
    for (const link of incoming.get(next) ?? []) backward.add(link);
    order.push(next);
    for (const link of outgoing.get(next) ?? []) {
      const open = incoming.get(link.to);
      if (open?.delete(link) && open.size === 0 && waiting.has(link.to)) ready.push(link.to);
    }
  }
  return { order, backward };
}
