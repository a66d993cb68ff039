import type { Columns, Member } from "./columns";
import type { Link } from "./split";

/** Heights between tiers, pixels. */
const ROOM = { plain: 22, label: 32, track: 9, edge: 12 } as const;

export interface Rows {
  /** Top of each tier. */
  topOf: number[];
  height: number;
  /** y of the level stretch of a link behind the tier above (`fall`) and before the tier below (`land`). */
  fall: Map<Link, number>;
  land: Map<Link, number>;
  /** x at which a link arrives at its target. */
  arrival: Map<Link, number>;
}

interface Level {
  link: Link;
  gap: number;
  from: number;
  to: number;
  end: "fall" | "land";
}

/** Short stretches come first, on the upper tracks: then longer ones that end beside them do not cross them. */
const length = (level: Level) => Math.abs(level.from - level.to);

/** Distance between links that arrive at one box from different sides. */
const ARRIVAL_STEP = 14;

/**
 * Gives tiers their heights, with room for labels and for the level stretches of links, each on a track of its own
 * unless they carry the same tensor.
 */
export function placeRows(
  members: ReadonlyMap<string, Member>,
  heights: readonly number[],
  links: readonly Link[],
  columns: Columns,
): Rows {
  const arrival = spreadArrivals(members, links, columns);
  const levels = links.flatMap((link) => levelsOf(link, members, columns, arrival)).sort((a, b) => length(a) - length(b));
  const gaps = Array.from({ length: heights.length + 1 }, () => new Map<Level, number>());
  for (const level of levels) assignTrack(gaps[level.gap] ?? new Map(), level);
  const labelled = new Set(
    links.filter((link) => link.hasLabel && members.get(link.from)?.kind === "box").map((link) => (members.get(link.from)?.tier ?? 0) + 1),
  );
  const topOf: number[] = [];
  const gapTop: number[] = [];
  let y = 0;
  for (let gap = 0; gap <= heights.length; gap++) {
    gapTop.push(y);
    const tracks = Math.max(0, ...[...(gaps[gap]?.values() ?? [])].map((track) => track + 1));
    const isBorder = gap === 0 || gap === heights.length;
    const least = labelled.has(gap) ? ROOM.label : isBorder ? ROOM.edge : ROOM.plain;
    y += tracks === 0 ? least : Math.max(least, 2 * ROOM.edge + (tracks - 1) * ROOM.track);
    if (gap < heights.length) {
      topOf.push(y);
      y += heights[gap] ?? 0;
    }
  }
  const rows: Rows = { topOf, height: y, fall: new Map(), land: new Map(), arrival };
  for (const [gap, tracks] of gaps.entries()) {
    for (const [level, track] of tracks) rows[level.end].set(level.link, (gapTop[gap] ?? 0) + ROOM.edge + track * ROOM.track);
  }
  return rows;
}

/** Gap `n` lies above tier `n`. */
function levelsOf(link: Link, members: ReadonlyMap<string, Member>, columns: Columns, arrival: ReadonlyMap<Link, number>): Level[] {
  const start = columns.axisOf.get(link.from) ?? 0;
  const end = arrival.get(link) ?? 0;
  const lane = columns.laneOf.get(link);
  const [upper, lower] = [(members.get(link.from)?.tier ?? 0) + 1, members.get(link.to)?.tier ?? 0];
  const levels: Level[] = [];
  if (lane === undefined) {
    if (start !== end) levels.push({ link, gap: lower, from: start, to: end, end: "land" });
    return levels;
  }
  if (start !== lane) levels.push({ link, gap: upper, from: start, to: lane, end: "fall" });
  if (lane !== end) levels.push({ link, gap: lower, from: lane, to: end, end: "land" });
  return levels;
}

function assignTrack(tracks: Map<Level, number>, level: Level): void {
  const overlaps = (other: Level) =>
    other.link.source !== level.link.source &&
    Math.min(other.from, other.to) - 6 < Math.max(level.from, level.to) &&
    Math.max(other.from, other.to) + 6 > Math.min(level.from, level.to);
  const taken = new Set([...tracks].filter(([other]) => overlaps(other)).map(([, track]) => track));
  let track = 0;
  while (taken.has(track)) track++;
  tracks.set(level, track);
}

/** Links from the left arrive left of the middle, links from the right to the right of it. */
function spreadArrivals(members: ReadonlyMap<string, Member>, links: readonly Link[], columns: Columns): Map<Link, number> {
  const byTarget = new Map<string, Link[]>();
  for (const link of links) byTarget.set(link.to, [...(byTarget.get(link.to) ?? []), link]);
  const arrival = new Map<Link, number>();
  for (const [target, arriving] of byTarget) {
    const axis = columns.axisOf.get(target) ?? 0;
    const isBox = members.get(target)?.kind === "box";
    const origin = (link: Link) => columns.laneOf.get(link) ?? columns.axisOf.get(link.from) ?? 0;
    const side = (isLeft: boolean) =>
      arriving
        .filter((link) => (isLeft ? origin(link) < axis : origin(link) > axis))
        .sort((a, b) => Math.abs(origin(a) - axis) - Math.abs(origin(b) - axis));
    for (const link of arriving) arrival.set(link, axis);
    if (!isBox || arriving.length === 1) continue;
    for (const [at, link] of side(true).entries()) arrival.set(link, axis - Math.min(at + 1, 6) * ARRIVAL_STEP);
    for (const [at, link] of side(false).entries()) arrival.set(link, axis + Math.min(at + 1, 6) * ARRIVAL_STEP);
  }
  return arrival;
}
