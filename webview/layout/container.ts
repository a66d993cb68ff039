import { findChains } from "./chains";
import { type Columns, type Member, placeColumns } from "./columns";
import { LINE } from "./lanes";
import { placeRows, type Rows } from "./rows";
import { entryId, exitId, type Link } from "./split";
import { assignTiers } from "./tiers";
import type { LayoutBox, Place, Route } from "./types";

/** A container with everything in it placed; pixels from its top left corner. */
export interface Arrangement {
  width: number;
  height: number;
  /** x of the main line. */
  spine: number;
  /** Where tensors enter at the top and leave at the bottom, by source. */
  entries: Map<string, number>;
  exits: Map<string, number>;
  places: Place[];
  routes: Route[];
}

/** A child ready to be placed: a plain box, or a frame whose inside is arranged. */
export interface Child {
  box: LayoutBox;
  width: number;
  height: number;
  spine: number;
  entries: ReadonlyMap<string, number>;
  exits: ReadonlyMap<string, number>;
}

/** Arranges the children of one container: tiers, columns, rows, routes. `name` makes the routes' ids unique. */
export function arrange(name: string, children: readonly Child[], links: readonly Link[]): Arrangement {
  const byId = new Map(children.map((child) => [child.box.id, child]));
  const { tierOf, count, order, backward } = assignTiers([...byId.keys()], links);
  const forward = links.filter((link) => !backward.has(link));
  const members = membersOf(byId, links, tierOf, count);
  const sorted = [...members.values()].sort((a, b) => rank(a) - rank(b)).map((member) => member.id);
  const inOrder = [
    ...sorted.filter((id) => members.get(id)?.kind === "entry"),
    ...order,
    ...sorted.filter((id) => members.get(id)?.kind === "exit"),
  ];
  const chains = findChains(inOrder, forward, weights(byId));
  const columns = placeColumns(members, chains, forward);
  const heights = Array.from({ length: count }, () => 0);
  for (const [id, tier] of tierOf) heights[tier] = Math.max(heights[tier] ?? 0, byId.get(id)?.height ?? 0);
  const rows = placeRows(members, heights, forward, columns);
  const shift = -columns.left;
  const places = children.map((child) => placeOf(child, members, columns, rows, shift));
  const placeById = new Map(places.map((place) => [place.id, place]));
  const context = { name, byId, members, columns, rows, placeById, shift };
  return {
    width: columns.right - columns.left,
    height: rows.height,
    spine: shift,
    entries: borderAxes("entry", members, columns, shift),
    exits: borderAxes("exit", members, columns, shift),
    places,
    routes: [...forward.map((link) => routeOf(link, context)), ...[...backward].map((link) => routeBack(link, context))],
  };
}

const rank = (member: Member) => (member.kind === "entry" ? -1 : member.tier);

/** Boxes that work on single positions have no weight, unless all do (a network of dense layers). */
function weights(byId: ReadonlyMap<string, Child>): (id: string) => number {
  const isFlat = [...byId.values()].every((child) => child.box.weight === 0);
  return (id) => byId.get(id)?.box.weight || (isFlat && byId.has(id) ? 1 : 0);
}

function membersOf(
  byId: ReadonlyMap<string, Child>,
  links: readonly Link[],
  tierOf: ReadonlyMap<string, number>,
  count: number,
): Map<string, Member> {
  const members = new Map<string, Member>();
  for (const [id, { box, width, spine }] of byId) {
    members.set(id, { id, kind: "box", tier: tierOf.get(id) ?? 0, extent: { left: spine, right: width - spine + box.aside } });
  }
  for (const link of links) {
    if (link.from === entryId(link.source)) members.set(link.from, { id: link.from, kind: "entry", tier: -1, extent: LINE });
    if (link.to === exitId(link.source)) members.set(link.to, { id: link.to, kind: "exit", tier: count, extent: LINE });
  }
  return members;
}

function placeOf(child: Child, members: ReadonlyMap<string, Member>, columns: Columns, rows: Rows, shift: number): Place {
  const { id } = child.box;
  const x = (columns.axisOf.get(id) ?? 0) + shift - child.spine;
  return { id, x, y: rows.topOf[members.get(id)?.tier ?? 0] ?? 0, width: child.width, height: child.height };
}

function borderAxes(kind: "entry" | "exit", members: ReadonlyMap<string, Member>, columns: Columns, shift: number): Map<string, number> {
  const borders = [...members.values()].filter((member) => member.kind === kind);
  return new Map(borders.map(({ id }) => [id.slice(kind.length + 1), (columns.axisOf.get(id) ?? 0) + shift]));
}

interface RouteContext {
  name: string;
  byId: ReadonlyMap<string, Child>;
  members: ReadonlyMap<string, Member>;
  columns: Columns;
  rows: Rows;
  placeById: ReadonlyMap<string, Place>;
  shift: number;
}

function routeOf(link: Link, context: RouteContext): Route {
  const { byId, columns, rows, placeById, shift } = context;
  const [from, to] = [placeById.get(link.from), placeById.get(link.to)];
  const axis = (id: string) => (columns.axisOf.get(id) ?? 0) + shift;
  const start = from ? from.x + (byId.get(link.from)?.exits.get(link.source) ?? byId.get(link.from)?.spine ?? 0) : axis(link.from);
  const entry = byId.get(link.to)?.entries.get(link.source);
  const end = to && entry !== undefined ? to.x + entry : (rows.arrival.get(link) ?? 0) + shift;
  const lane = columns.laneOf.get(link);
  const middle = lane === undefined ? axis(link.from) : lane + shift;
  const top = from ? from.y + from.height : 0;
  const bottom = to ? to.y : rows.height;
  const land = rows.land.get(link) ?? bottom - 10;
  const fall = rows.fall.get(link) ?? (lane === undefined ? land : top + 10);
  const points = straighten([
    [start, top],
    [start, fall],
    [middle, fall],
    [middle, land],
    [end, land],
    [end, bottom],
  ]);
  return {
    ...common(link, context),
    points,
    leavesSource: link.from === link.source,
    arrives: to !== undefined,
    isLong: isBypass(link, lane, columns),
    isBackward: false,
  };
}

/** Whether a link runs beside both of its ends, as a skip connection does. */
function isBypass(link: Link, lane: number | undefined, columns: Columns): boolean {
  return lane !== undefined && lane !== columns.axisOf.get(link.from) && lane !== columns.axisOf.get(link.to);
}

/** Backward links leave to the right and run up outside of everything. */
function routeBack(link: Link, context: RouteContext): Route {
  const [from, to] = [context.placeById.get(link.from), context.placeById.get(link.to)];
  const right = Math.max(0, ...[...context.placeById.values()].map((place) => place.x + place.width)) + 14;
  const points: [number, number][] =
    from && to
      ? [
          [from.x + from.width, from.y + from.height / 2],
          [right, from.y + from.height / 2],
          [right, to.y + 12],
          [to.x + to.width, to.y + 12],
        ]
      : [];
  return { ...common(link, context), points, leavesSource: true, arrives: true, isLong: true, isBackward: true };
}

function common(link: Link, { name }: RouteContext) {
  return { id: `${name}\n${link.source}\n${link.from}\n${link.to}`, source: link.source, targets: [...link.targets] };
}

/** Leaves out corners that are none. */
function straighten(points: [number, number][]): [number, number][] {
  const kept: [number, number][] = [];
  for (const point of points) {
    const [before, last] = [kept.at(-2), kept.at(-1)];
    if (last && last[0] === point[0] && last[1] === point[1]) continue;
    const isVertical = before && last && before[0] === last[0] && last[0] === point[0];
    const isLevel = before && last && before[1] === last[1] && last[1] === point[1];
    if (isVertical || isLevel) kept.pop();
    kept.push(point);
  }
  return kept;
}
