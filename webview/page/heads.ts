import type { Scene } from "../draw/scene";

/** Width of a frame's header that stays in sight, in pixels of the drawing. */
const HEAD = 260;

/** Keeps the titles of wide frames in sight while their left end is not. */
export interface Heads {
  /** After drawing: another scene, other nodes. */
  refresh(svg: SVGSVGElement, scene: Scene): void;
  /** After moving: `left` is where the stage begins, in pixels of the drawing. */
  follow(left: number): void;
}

export function makeHeads(): Heads {
  let heads: { node: SVGGElement; x: number; most: number; at: number }[] = [];
  return {
    refresh(svg, scene) {
      const places = new Map(scene.boxes.map(({ box, place }) => [box.id, place]));
      heads = [...svg.querySelectorAll<SVGGElement>("g.box.frame > g.head")].flatMap((node) => {
        const place = places.get(node.parentElement?.dataset["id"] ?? "");
        return place ? [{ node, x: place.x, most: Math.max(0, place.width - HEAD), at: 0 }] : [];
      });
    },
    follow(left) {
      for (const head of heads) {
        const at = Math.min(Math.max(0, left - head.x), head.most);
        if (at === head.at) continue;
        head.at = at;
        head.node.setAttribute("transform", `translate(${at},0)`);
      }
    },
  };
}
