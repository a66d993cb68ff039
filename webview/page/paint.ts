import type { Canvas } from "../draw/graph";
import type { Scene } from "../draw/scene";

/** What the page adds to a drawn scene: nothing of it comes from the report. */
export interface Attention {
  selected: string | null;
  /** The one box that the Tab key reaches. */
  focused: string | null;
  /** Found by the search. */
  matches: ReadonlySet<string>;
}

/** Sets classes and attributes of boxes by what is selected, focused and found. */
export function paintAttention(svg: SVGSVGElement, { selected, focused, matches }: Attention): void {
  for (const node of svg.querySelectorAll<SVGGElement>("g.box")) {
    const id = node.dataset["id"] ?? "";
    node.setAttribute("tabindex", id === focused ? "0" : "-1");
    node.setAttribute("aria-selected", String(id === selected));
    node.classList.toggle("selected", id === selected);
    node.classList.toggle("match", matches.has(id));
  }
}

/** Lifts the edges of the selected box and of the one under the pointer, so that long connections can be followed. */
export function paintEdges(canvas: Canvas, ids: readonly (string | null)[]): void {
  const near = new Set(ids.filter((id) => id !== null));
  canvas
    .selectAll<SVGPathElement, Scene["routes"][number]>("path.edge")
    .classed("near", ({ source, targets }) => near.has(source) || targets.some((target) => near.has(target)));
}
