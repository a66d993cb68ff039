import type { Chain } from "./chains";
import { type Extent, Lanes, LINE } from "./lanes";
import type { Link } from "./split";

/** What a container holds, before it has a place: children and the borders where tensors enter and leave. */
export interface Member {
  id: string;
  kind: "box" | "entry" | "exit";
  tier: number;
  extent: Extent;
}

export interface Columns {
  /** Axis of each member; the main line is at 0. */
  axisOf: Map<string, number>;
  /** Axis of the stretch of a link between its two ends' tiers; only for links longer than one tier. */
  laneOf: Map<Link, number>;
  left: number;
  right: number;
}

/** Widest stretch of the main line that a column beside it keeps clear of, where the line itself is thin. */
const WIDEST_CLEARANCE = 200;

/**
 * Gives every member and every long link an axis. The main line is straight; other chains stand to its right where
 * both sides are as near, links that jump over boxes run to the left.
 * pre: chains cover the members. post: nothing overlaps.
 */
export function placeColumns(members: ReadonlyMap<string, Member>, chains: readonly Chain[], links: readonly Link[]): Columns {
  const lanes = new Lanes();
  const axisOf = new Map<string, number>();
  const laneOf = new Map<Link, number>();
  for (const [at, chain] of chains.entries()) placeChain(chain, at === 0, { members, lanes, axisOf, laneOf, links });
  const span = (link: Link) => tierOf(members, link.to) - tierOf(members, link.from);
  const jumps = links.filter((link) => span(link) > 1 && !laneOf.has(link)).sort((a, b) => span(a) - span(b));
  for (const link of jumps) laneOf.set(link, placeJump(link, members, lanes, axisOf));
  const [left, right] = lanes.extent();
  return { axisOf, laneOf, left, right };
}

interface Workspace {
  members: ReadonlyMap<string, Member>;
  lanes: Lanes;
  axisOf: Map<string, number>;
  laneOf: Map<Link, number>;
  links: readonly Link[];
}

const tierOf = (members: ReadonlyMap<string, Member>, id: string) => members.get(id)?.tier ?? 0;

function placeChain(chain: Chain, isMain: boolean, { members, lanes, axisOf, laneOf, links }: Workspace): void {
  const inChain = chain.ids.flatMap((id) => members.get(id) ?? []);
  const first = inChain[0]?.tier ?? 0;
  const last = inChain.at(-1)?.tier ?? first;
  const extents: Extent[] = Array.from({ length: last - first + 1 }, () => LINE);
  for (const member of inChain) extents[member.tier - first] = member.extent;
  const widened = isMain ? withClearance(extents) : extents;
  const near = neighbourAxes(chain.ids, links, axisOf);
  const wanted = near.length === 0 ? 0 : near.reduce((sum, x) => sum + x, 0) / near.length;
  const isBox = inChain.some((member) => member.kind === "box");
  const axis = isMain ? 0 : lanes.nearestFree(wanted, first, widened, isBox ? "right" : "left");
  lanes.take(axis, first, isMain ? widened : extents);
  for (const id of chain.ids) axisOf.set(id, axis);
  for (const link of chain.links) if (tierOf(members, link.to) - tierOf(members, link.from) > 1) laneOf.set(link, axis);
}

function neighbourAxes(ids: readonly string[], links: readonly Link[], axisOf: ReadonlyMap<string, number>): number[] {
  const own = new Set(ids);
  return links.flatMap((link) => {
    if (own.has(link.from) === own.has(link.to)) return [];
    return axisOf.get(own.has(link.from) ? link.to : link.from) ?? [];
  });
}

/** Where the main line is only a line, columns beside it still keep to the side of the boxes above. */
function withClearance(extents: readonly Extent[]): Extent[] {
  let before: Extent = LINE;
  return extents.map((extent) => {
    if (extent !== LINE) {
      before = { left: Math.min(extent.left, WIDEST_CLEARANCE), right: Math.min(extent.right, WIDEST_CLEARANCE) };
      return extent;
    }
    return before;
  });
}

/** A link that jumps over tiers: straight below its source or above its target where that is free, else beside. */
function placeJump(link: Link, members: ReadonlyMap<string, Member>, lanes: Lanes, axisOf: ReadonlyMap<string, number>): number {
  const first = tierOf(members, link.from) + 1;
  const extents = Array.from({ length: tierOf(members, link.to) - first }, () => LINE);
  const source = axisOf.get(link.from) ?? 0;
  const target = axisOf.get(link.to) ?? 0;
  const straight = [source, target].find((x) => lanes.isFree(x, first, extents));
  const axis = straight ?? lanes.nearestFree(Math.abs(source) > Math.abs(target) ? source : target, first, extents, "left");
  lanes.take(axis, first, extents);
  return axis;
}
