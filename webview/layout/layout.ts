import { METRICS, ROOMY } from "../graph/metrics";
import { type Arrangement, arrange, type Child } from "./container";
import { type Link, ROOT, splitEdges } from "./split";
import type { Layout, LayoutBox, LayoutRequest, Place, Route } from "./types";

/** Places every box and routes every edge: edges are cut at frames, then every container is arranged, innermost first. */
export function layOut({ boxes, edges, margin = ROOMY.margin, framePadding = ROOMY.framePadding }: LayoutRequest): Layout {
  const links = splitEdges(boxes, edges);
  const root = arrangeInside(ROOT, boxes, { links, framePadding });
  const moved = move(root, margin, margin);
  return { width: root.width + 2 * margin, height: root.height + 2 * margin, spine: root.spine + margin, ...moved };
}

interface InsideContext {
  links: ReadonlyMap<string, Link[]>;
  framePadding: number;
}

/** A container arranged, with the insides of its frames in place. */
function arrangeInside(name: string, boxes: readonly LayoutBox[], context: InsideContext): Arrangement {
  const insides = new Map<string, Arrangement>();
  const children = boxes.map((box): Child => {
    if (!box.children) return { box, width: box.width, height: box.height, spine: box.width / 2, entries: new Map(), exits: new Map() };
    const inside = arrangeInside(box.id, box.children, context);
    insides.set(box.id, inside);
    return frameAround(box, inside, context.framePadding);
  });
  const arranged = arrange(name, children, context.links.get(name) ?? []);
  for (const child of children) {
    const inside = insides.get(child.box.id);
    const place = arranged.places.find((one) => one.id === child.box.id);
    if (inside === undefined || place === undefined) continue;
    const moved = move(inside, place.x + child.spine - inside.spine, place.y + METRICS.frameHeader);
    arranged.places.push(...moved.places);
    arranged.routes.push(...moved.routes);
  }
  return arranged;
}

function frameAround(box: LayoutBox, inside: Arrangement, framePadding: number): Child {
  const padded = inside.width + 2 * framePadding;
  const extra = Math.max(0, box.width - padded);
  const spine = framePadding + extra / 2 + inside.spine;
  const shifted = (axes: ReadonlyMap<string, number>) => new Map([...axes].map(([source, x]) => [source, x - inside.spine + spine]));
  return {
    box,
    width: padded + extra,
    height: METRICS.frameHeader + inside.height,
    spine,
    entries: shifted(inside.entries),
    exits: shifted(inside.exits),
  };
}

function move({ places, routes }: Arrangement, dx: number, dy: number): { places: Place[]; routes: Route[] } {
  return {
    places: places.map((place) => ({ ...place, x: place.x + dx, y: place.y + dy })),
    routes: routes.map((route) => ({ ...route, points: route.points.map(([x, y]): [number, number] => [x + dx, y + dy]) })),
  };
}
