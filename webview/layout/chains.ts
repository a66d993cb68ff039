import type { Link } from "./split";

/** Boxes in one column, from above to below, and the links that join them. The first chain is the main line. */
export interface Chain {
  ids: string[];
  links: Link[];
}

interface Best {
  weight: number;
  length: number;
  via: Link | null;
}

/**
 * Takes the graph apart into columns: the heaviest path first, then the longest of what is left.
 * `order`: ids with producers first. post: every id is in exactly one chain.
 */
export function findChains(order: readonly string[], links: readonly Link[], weightOf: (id: string) => number): Chain[] {
  const into = new Map<string, Link[]>();
  for (const link of links) into.set(link.to, [...(into.get(link.to) ?? []), link]);
  const free = new Set(order);
  const chains: Chain[] = [];
  while (free.size > 0) {
    const isMain = chains.length === 0;
    const chain = heaviestPath(order, into, free, isMain ? weightOf : () => 1, isMain);
    for (const id of chain.ids) free.delete(id);
    chains.push(chain);
  }
  return chains;
}

/** Among equally heavy paths the shortest: a branch without weight stands beside the line, not in it. */
function heaviestPath(
  order: readonly string[],
  into: ReadonlyMap<string, Link[]>,
  free: ReadonlySet<string>,
  weightOf: (id: string) => number,
  isMain: boolean,
): Chain {
  const best = new Map<string, Best>();
  let end: string | null = null;
  for (const id of order) {
    if (!free.has(id)) continue;
    let found: Best = { weight: 0, length: 0, via: null };
    for (const link of into.get(id) ?? []) {
      const before = best.get(link.from);
      if (before && isBetter(before, found)) found = { ...before, via: link };
    }
    const own = { weight: found.weight + weightOf(id), length: found.length + 1, via: found.via };
    best.set(id, own);
    const current = end === null ? undefined : best.get(end);
    if (current === undefined || own.weight > current.weight || (isMain && own.weight === current.weight)) end = id;
  }
  return walkBack(end, best);
}

const isBetter = (one: Best, than: Best) =>
  than.via === null || one.weight > than.weight || (one.weight === than.weight && one.length < than.length);

function walkBack(end: string | null, best: ReadonlyMap<string, Best>): Chain {
  const ids: string[] = [];
  const links: Link[] = [];
  for (let id = end; id !== null; ) {
    ids.unshift(id);
    const via: Link | null = best.get(id)?.via ?? null;
    if (via) links.unshift(via);
    id = via?.from ?? null;
  }
  return { ids, links };
}
