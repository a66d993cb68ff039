import type { Route } from "../layout/types";

const RADIUS = 9;

/** Path through corner points with rounded corners. Points alternate between level and vertical stretches. */
export function roundedPath(points: readonly [number, number][]): string {
  const [first, ...others] = points;
  if (first === undefined) return "";
  const parts = [`M${round(first[0])} ${round(first[1])}`];
  for (const [at, corner] of others.entries()) {
    const next = others[at + 1];
    const before = points[at] ?? first;
    if (next === undefined) {
      parts.push(`L${round(corner[0])} ${round(corner[1])}`);
      continue;
    }
    const radius = Math.min(RADIUS, distance(before, corner) / 2, distance(corner, next) / 2);
    const [enter, leave] = [toward(corner, before, radius), toward(corner, next, radius)];
    parts.push(`L${round(enter[0])} ${round(enter[1])}Q${round(corner[0])} ${round(corner[1])} ${round(leave[0])} ${round(leave[1])}`);
  }
  return parts.join("");
}

const round = (value: number) => Math.round(value * 10) / 10;
const distance = (a: readonly [number, number], b: readonly [number, number]) => Math.hypot(a[0] - b[0], a[1] - b[1]);

function toward(from: readonly [number, number], to: readonly [number, number], length: number): [number, number] {
  const whole = distance(from, to) || 1;
  return [from[0] + ((to[0] - from[0]) * length) / whole, from[1] + ((to[1] - from[1]) * length) / whole];
}

/** Where the label of a route stands: beside its first vertical stretch. */
export function labelPlace(route: Route): [number, number] {
  const start = route.points[0] ?? [0, 0];
  const next = route.points[1] ?? start;
  return [start[0] + 8, (start[1] + Math.min(next[1], start[1] + 32)) / 2 + 4];
}
