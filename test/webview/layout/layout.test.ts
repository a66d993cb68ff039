import { describe, expect, test } from "vitest";
import { layOut } from "../../../webview/layout/layout";
import type { LayoutBox, LayoutEdge, LayoutRequest, Place } from "../../../webview/layout/types";
import { seeded } from "../reports";

const box = (id: string, children?: LayoutBox[]): LayoutBox => ({
  id,
  width: 100,
  height: children ? 38 : 30,
  aside: 0,
  weight: 1,
  ...(children ? { children } : {}),
});
const edge = (from: string, to: string): LayoutEdge => ({ from, to, hasLabel: false });

/** A random acyclic graph in up to two levels of frames. */
function randomRequest(seed: number): LayoutRequest {
  const chance = seeded(seed);
  const boxes: LayoutBox[] = [];
  const leaves: string[] = [];
  for (let at = 0; at < 6 + chance() * 10; at++) {
    const inside = chance() < 0.3 ? Array.from({ length: 1 + Math.floor(chance() * 6) }, (_, inner) => box(`${at}.${inner}`)) : undefined;
    boxes.push(box(`${at}`, inside));
    leaves.push(...(inside ? inside.map((one) => one.id) : [`${at}`]));
  }
  const edges: LayoutEdge[] = [];
  for (const [at, id] of leaves.entries()) {
    for (let tries = 0; at > 0 && tries < 1 + chance() * 3; tries++) {
      const from = leaves[Math.max(0, at - 1 - Math.floor(chance() ** 3 * at))];
      if (from !== undefined && from !== id && !edges.some((one) => one.from === from && one.to === id)) edges.push(edge(from, id));
    }
  }
  return { boxes, edges };
}

const overlap = (a: Place, b: Place) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const seeds = Array.from({ length: 40 }, (_, seed) => seed);

describe.each(seeds)("random graph %i", (seed) => {
  const request = randomRequest(seed);
  const layout = layOut(request);
  const place = new Map(layout.places.map((one) => [one.id, one]));
  const at = (id: string) => {
    const found = place.get(id);
    if (!found) throw new Error(`${id} has no place`);
    return found;
  };

  test("nothing overlaps within a container, and children lie in their frame", () => {
    const check = (boxes: readonly LayoutBox[], frame: Place | null) => {
      for (const [index, one] of boxes.entries()) {
        for (const other of boxes.slice(index + 1)) expect(overlap(at(one.id), at(other.id)), `${one.id} and ${other.id}`).toBe(false);
        const inside = at(one.id);
        if (frame)
          expect(
            inside.x >= frame.x &&
              inside.x + inside.width <= frame.x + frame.width + 0.01 &&
              inside.y + inside.height <= frame.y + frame.height,
          ).toBe(true);
        if (one.children) check(one.children, inside);
      }
    };
    check(request.boxes, null);
  });

  test("every edge runs down, and starts and ends at its boxes", () => {
    for (const { from, to } of request.edges) expect(at(from).y + at(from).height, `${from} above ${to}`).toBeLessThanOrEqual(at(to).y);
    for (const route of layout.routes) {
      const ys = route.points.map(([, y]) => y);
      expect(ys).toEqual(ys.toSorted((a, b) => a - b));
      const source = at(route.source);
      if (route.leavesSource) expect(route.points[0]?.[1]).toBeCloseTo(source.y + source.height);
    }
  });

  test("routes are level or upright", () => {
    for (const { points } of layout.routes) {
      for (const [index, [x, y]] of points.entries()) {
        const next = points[index + 1];
        if (next) expect(Math.abs(next[0] - x) < 0.01 || Math.abs(next[1] - y) < 0.01).toBe(true);
      }
    }
  });

  test("every edge is covered by routes", () => {
    for (const { from, to } of request.edges)
      expect(layout.routes.some((route) => route.source === from && route.targets.includes(to))).toBe(true);
  });

  test("the same request gives the same picture", () => {
    expect(layOut(randomRequest(seed))).toEqual(layout);
  });
});

describe("layOut", () => {
  const axis = (layout: ReturnType<typeof layOut>, id: string) => {
    const found = layout.places.find((one) => one.id === id);
    return found ? found.x + found.width / 2 : Number.NaN;
  };

  test("the main line is straight, with a skip connection along it", () => {
    const layout = layOut({
      boxes: ["a", "b", "c", "d"].map((id) => box(id)),
      edges: [edge("a", "b"), edge("b", "c"), edge("c", "d"), edge("a", "d")],
    });
    expect(new Set(["a", "b", "c", "d"].map((id) => axis(layout, id))).size).toBe(1);
    const skip = layout.routes.find((route) => route.source === "a" && route.targets.includes("d"));
    expect(skip?.isLong).toBe(true);
    expect(Math.min(...(skip?.points.map(([x]) => x) ?? []))).toBeLessThan(axis(layout, "b") - 50);
  });

  test("a branch without weight stands beside the line", () => {
    const side = { ...box("side"), weight: 0 };
    const layout = layOut({ boxes: [box("a"), side, box("b")], edges: [edge("a", "side"), edge("side", "b"), edge("a", "b")] });
    expect(axis(layout, "a")).toBe(axis(layout, "b"));
    expect(axis(layout, "side")).toBeGreaterThan(axis(layout, "a") + 50);
  });

  test("a circle is drawn, its last edge upwards", () => {
    const layout = layOut({ boxes: [box("a"), box("b")], edges: [edge("a", "b"), edge("b", "a")] });
    expect(layout.routes.map((route) => route.isBackward)).toEqual([false, true]);
  });

  test.each([
    ["nothing", { boxes: [], edges: [] }],
    ["an empty frame", { boxes: [box("f", [])], edges: [] }],
    ["boxes without edges", { boxes: [box("a"), box("b")], edges: [] }],
  ])("%s has a size", (_, request) => {
    const layout = layOut(request);
    expect(layout.width).toBeGreaterThan(0);
    expect(layout.places).toHaveLength(request.boxes.length);
  });

  test("an edge to nowhere is our own mistake", () => {
    expect(() => layOut({ boxes: [box("a")], edges: [edge("a", "gone")] })).toThrow("gone");
  });
});
