import type { LayoutBox, LayoutEdge } from "./types";

/** A stretch of one or more edges with the same source, inside one container. Ends are ids of its children or of its borders. */
export interface Link {
  source: string;
  targets: Set<string>;
  from: string;
  to: string;
  hasLabel: boolean;
}

/** Where the tensor of `source` enters a frame, and where it leaves one. Ids that no box can have, as they hold a line break. */
export const entryId = (source: string) => `entry\n${source}`;
export const exitId = (source: string) => `exit\n${source}`;

export const ROOT = "\nroot";

/**
 * Cuts every edge at the borders of the frames it crosses.
 * pre: edges join boxes without children. post: each link joins two children of one container, or a child and its border.
 */
export function splitEdges(boxes: readonly LayoutBox[], edges: readonly LayoutEdge[]): Map<string, Link[]> {
  const frames = framesAround(boxes);
  const links = new Map<string, Map<string, Link>>();
  const add = (container: string, from: string, to: string, edge: LayoutEdge) => {
    const inContainer = links.get(container) ?? new Map<string, Link>();
    links.set(container, inContainer);
    const key = `${edge.from}\n${from}\n${to}`;
    const link = inContainer.get(key) ?? { source: edge.from, targets: new Set(), from, to, hasLabel: edge.hasLabel };
    link.targets.add(edge.to);
    inContainer.set(key, link);
  };
  for (const edge of edges) {
    const up = frames.get(edge.from);
    const down = frames.get(edge.to);
    if (up === undefined || down === undefined) throw new Error(`layout: an edge from ${edge.from} to ${edge.to} has no box at one end`);
    let shared = 0;
    while (up[shared] !== undefined && up[shared] === down[shared]) shared++;
    const below = [...up.slice(shared), edge.from];
    const above = [...down.slice(shared), edge.to];
    add(up[shared - 1] ?? ROOT, below[0] ?? edge.from, above[0] ?? edge.to, edge);
    for (let at = 0; at + 1 < below.length; at++) add(below[at] ?? ROOT, below[at + 1] ?? "", exitId(edge.from), edge);
    for (let at = 0; at + 1 < above.length; at++) add(above[at] ?? ROOT, entryId(edge.from), above[at + 1] ?? "", edge);
  }
  return new Map([...links].map(([container, byKey]) => [container, [...byKey.values()]]));
}

/** For each box the frames around it, outermost first. */
function framesAround(boxes: readonly LayoutBox[]): Map<string, string[]> {
  const around = new Map<string, string[]>();
  const visit = (box: LayoutBox, path: string[]) => {
    around.set(box.id, path);
    for (const child of box.children ?? []) visit(child, [...path, box.id]);
  };
  for (const box of boxes) visit(box, []);
  return around;
}
