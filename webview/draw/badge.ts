import type { BaseType, Selection } from "d3";
import { textWidth } from "../graph/sizes";
import type { Mark } from "./marks";

type Parent = Selection<SVGGElement, unknown, BaseType, unknown>;
const HEIGHT = 20;

/** Width in pixels of the badge of a mark. */
export const badgeWidth = (mark: Mark) => Math.ceil(textWidth(mark.text, 11.5)) + 18;

/** Draws a badge whose right end is at `right` and whose middle is at `middle`. */
export function drawBadge(parent: Parent, mark: Mark, right: number, middle: number): void {
  const width = badgeWidth(mark);
  const badge = parent
    .append("g")
    .attr("class", `badge ${mark.tone}`)
    .attr("transform", `translate(${right - width},${middle - HEIGHT / 2})`);
  badge
    .append("rect")
    .attr("width", width)
    .attr("height", HEIGHT)
    .attr("rx", HEIGHT / 2);
  badge
    .append("text")
    .attr("x", width / 2)
    .attr("y", HEIGHT / 2 + 4)
    .text(mark.text);
}

/** A round plus around a point: what it stands on is no part of the model. */
export function drawPlus(parent: Parent, x: number, y: number): void {
  const plus = parent.append("g").attr("class", "plus").attr("transform", `translate(${x},${y})`);
  plus.append("circle").attr("r", 8.5);
  plus.append("path").attr("d", "M-4 0h8M0 -4v8");
}
