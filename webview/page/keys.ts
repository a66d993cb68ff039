import type { PlacedBox, Scene } from "../draw/scene";

/** The box that an arrow key leads to; null where it leads nowhere. Up and down follow the edges, left and right go in and out of groups. */
export function neighbour(scene: Scene, from: PlacedBox, key: string): PlacedBox | null {
  const steps: Record<string, () => PlacedBox | null> = {
    ArrowDown: () => below(scene, from),
    ArrowUp: () => above(scene, from),
    ArrowRight: () => (from.box.kind === "frame" ? firstChild(scene, from) : beside(scene, from, 1)),
    ArrowLeft: () => beside(scene, from, -1) ?? parent(scene, from),
    Home: () => scene.boxes[0] ?? null,
    End: () => scene.boxes.at(-1) ?? null,
  };
  return steps[key]?.() ?? null;
}

const byId = (scene: Scene, id: string | undefined) => scene.boxes.find(({ box }) => box.id === id) ?? null;

function below(scene: Scene, from: PlacedBox): PlacedBox | null {
  if (from.box.kind === "frame") return firstChild(scene, from);
  const targets = scene.routes.filter((route) => route.source === from.box.id && !route.isBackward).flatMap((route) => route.targets);
  const found = targets.flatMap((id) => byId(scene, id) ?? []);
  const next = nearest(from, found);
  return next ? (enteredFrame(scene, from, next) ?? next) : null;
}

function above(scene: Scene, from: PlacedBox): PlacedBox | null {
  const sources = scene.routes.filter((route) => route.targets.includes(from.box.id) && !route.isBackward).map((route) => route.source);
  return (
    nearest(
      from,
      sources.flatMap((id) => byId(scene, id) ?? []),
    ) ?? parent(scene, from)
  );
}

/** Going down into a frame stops at its header. */
function enteredFrame(scene: Scene, from: PlacedBox, to: PlacedBox): PlacedBox | null {
  const frames = scene.boxes.filter((one) => one.box.kind === "frame" && holds(one, to) && !holds(one, from));
  return frames.reduce<PlacedBox | null>((outer, one) => (outer === null || one.depth < outer.depth ? one : outer), null);
}

function firstChild(scene: Scene, frame: PlacedBox): PlacedBox | null {
  return scene.boxes.find((one) => one.depth === frame.depth + 1 && holds(frame, one)) ?? null;
}

function parent(scene: Scene, from: PlacedBox): PlacedBox | null {
  return scene.boxes.find((one) => one.box.kind === "frame" && one.depth === from.depth - 1 && holds(one, from)) ?? null;
}

function beside(scene: Scene, from: PlacedBox, direction: 1 | -1): PlacedBox | null {
  const side = scene.boxes.filter(({ place, depth, box }) => {
    const overlaps = place.y < from.place.y + from.place.height && place.y + place.height > from.place.y;
    return depth === from.depth && box.id !== from.box.id && overlaps && (place.x - from.place.x) * direction > 0;
  });
  return nearest(from, side);
}

function holds({ place: outer }: PlacedBox, { place: inner }: PlacedBox): boolean {
  return (
    inner !== outer &&
    inner.x >= outer.x &&
    inner.y > outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

function nearest({ place: from }: PlacedBox, boxes: readonly PlacedBox[]): PlacedBox | null {
  const middle = (one: { x: number; width: number }) => one.x + one.width / 2;
  const distance = ({ place }: PlacedBox) => Math.abs(middle(place) - middle(from)) + Math.abs(place.y - from.y);
  return boxes.reduce<PlacedBox | null>((best, one) => (best === null || distance(one) < distance(best) ? one : best), null);
}
