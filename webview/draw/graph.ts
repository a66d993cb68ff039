import { type BaseType, type Selection, select } from "d3";
import type { Route } from "../layout/types";
import { boxClasses, drawBox } from "./box";
import { spokenBox } from "./describe";
import { labelPlace, roundedPath } from "./edge";
import type { PlacedBox, Scene } from "./scene";

export type Canvas = Selection<SVGGElement, unknown, BaseType, unknown>;

/** Draws a scene with keyed joins: frames, then edges, then boxes, so that nothing covers what belongs above it. */
export function drawGraph(canvas: Canvas, scene: Scene): void {
  const frames = scene.boxes.filter(({ box }) => box.kind === "frame");
  const others = scene.boxes.filter(({ box }) => box.kind !== "frame");
  drawBoxes(layer(canvas, "frames"), frames, scene);
  drawEdges(layer(canvas, "edges"), scene.routes, scene);
  drawBoxes(layer(canvas, "boxes"), others, scene);
}

function layer(canvas: Canvas, name: string): Canvas {
  const found = canvas.select<SVGGElement>(`g.${name}`);
  return found.empty() ? canvas.append("g").attr("class", name) : found;
}

function drawEdges(parent: Canvas, routes: readonly Route[], scene: Scene): void {
  parent
    .attr("aria-hidden", "true")
    .selectAll<SVGPathElement, Route>("path.edge")
    .data(routes, (route) => route.id)
    .join("path")
    .attr("class", (route) => `edge${route.isLong ? " long" : ""}${isReached(route, scene) ? "" : " unreached"}`)
    .attr("d", (route) => roundedPath(route.points));
  parent
    .selectAll<SVGTextElement, Route>("text.edge-label")
    .data(
      routes.filter((route) => scene.labels.has(route.id)),
      (route) => route.id,
    )
    .join("text")
    .attr("class", "edge-label")
    .attr("x", (route) => labelPlace(route)[0])
    .attr("y", (route) => labelPlace(route)[1])
    .text((route) => scene.labels.get(route.id) ?? "");
}

function isReached(route: Route, scene: Scene): boolean {
  const row = scene.subject.graph.rows.get(route.source);
  if (row !== undefined) return row.output !== null;
  const card = scene.boxes.find(({ box }) => box.id === route.source)?.box;
  return card === undefined || card.kind === "layer" || card.summary.outShape !== null;
}

function drawBoxes(parent: Canvas, boxes: readonly PlacedBox[], scene: Scene): void {
  parent.attr("role", "presentation");
  parent
    .selectAll<SVGGElement, PlacedBox>("g.box")
    .data(boxes, ({ box }) => box.id)
    .join("g")
    .order()
    .attr("class", (placed) => boxClasses(placed, scene.subject))
    .attr("data-id", ({ box }) => box.id)
    .attr("role", "treeitem")
    .attr("aria-level", ({ depth }) => depth + 1)
    .attr("aria-expanded", ({ box }) => (box.kind === "layer" ? null : String(box.kind === "frame")))
    .attr("transform", ({ place }) => `translate(${place.x},${place.y})`)
    .each((placed, at, nodes) => {
      const node = nodes[at];
      if (node === undefined) return;
      node.replaceChildren();
      drawBox(select<SVGGElement, unknown>(node), placed, scene.subject);
      node.setAttribute("aria-label", spokenBox(placed.box, scene.subject, separateTexts(node)));
    });
}

/** All texts of a box with a space between; the spaces are put into the tree too, where they are not drawn, so that checkers read the same. */
function separateTexts(node: SVGGElement): string {
  const texts = [...node.querySelectorAll("text")];
  for (const text of texts) text.after(" ");
  return texts.map((text) => text.textContent ?? "").join(" ");
}
