import type { BaseType, Selection } from "d3";
import { METRICS } from "../graph/metrics";
import { boxShape, operandWidth, shapeWidth, textWidth } from "../graph/sizes";
import type { Box, CardBox, FrameBox, LayerBox } from "../graph/visible";
import type { Place } from "../layout/types";
import { badgeWidth, drawBadge } from "./badge";
import { groupFacts } from "./describe";
import { type Family, familyOf } from "./families";
import { GLYPHS } from "./glyphs";
import { type Mark, markOf } from "./marks";
import type { PlacedBox, Subject } from "./scene";
import { fitName } from "./text";

type Parent = Selection<SVGGElement, unknown, BaseType, unknown>;

/** Classes of a box: kind, family, status, mark. */
export function boxClasses({ box }: PlacedBox, subject: Subject): string {
  const mark = markOf(box, subject.marks);
  const status = box.kind === "layer" ? box.row.status : box.summary.status;
  const family = box.kind === "layer" ? familyOf(box.row.className) : "group";
  return ["box", box.kind, `family-${family}`, mark ? mark.tone : status === "failed" ? "failed" : status].join(" ");
}

/** Draws one box into an empty group whose origin is the box's top left corner. */
export function drawBox(parent: Parent, { box, place }: PlacedBox, subject: Subject): void {
  const mark = markOf(box, subject.marks);
  const draw: { [K in Box["kind"]]: () => void } = {
    layer: () => drawLayer(parent, box as LayerBox, place, mark, subject),
    card: () => drawCard(parent, box as CardBox, place, mark, subject),
    frame: () => drawFrame(parent, box as FrameBox, place, mark),
  };
  draw[box.kind]();
}

function drawBody(parent: Parent, place: Place, radius: number): void {
  parent.append("rect").attr("class", "body").attr("width", place.width).attr("height", place.height).attr("rx", radius);
}

/** A stripe along the left side, in the family's colour, rounded like the box. */
function drawStripe(parent: Parent, height: number, family: Family): void {
  parent
    .append("path")
    .attr("class", "stripe")
    .attr("d", `M5 0a5 5 0 0 0 -5 5v${height - 10}a5 5 0 0 0 5 5z`)
    .attr("fill", `var(--ls-${family})`);
}

/** The glyph of a family, 14 × 14 pixels, its top left corner at (`x`, `y`). */
export function drawGlyph(parent: Parent, family: Family, x: number, y: number): void {
  const { path, filled } = GLYPHS[family];
  parent
    .append("path")
    .attr("class", "glyph")
    .attr("transform", `translate(${x},${y})`)
    .attr("d", path)
    .attr("fill", filled ? `var(--ls-${family})` : "none")
    .attr("stroke", filled ? "none" : `var(--ls-${family})`);
}

function drawLayer(parent: Parent, box: LayerBox, place: Place, mark: Mark | undefined, subject: Subject): void {
  const family = familyOf(box.row.className);
  const middle = place.height / 2;
  drawBody(parent, place, 5);
  drawStripe(parent, place.height, family);
  drawGlyph(parent, family, 13, middle - 7);
  const shape = boxShape(box.row.output?.[0]) ?? (box.row.status === "unknown" ? "?" : "");
  const shapeRoom = shape === "" ? 0 : shapeWidth(shape) + 14;
  const badgeRoom = mark ? badgeWidth(mark) + 10 : 0;
  const { prefix, rest } = fitName(
    box.isShort ? box.name.slice(box.prefixLength) : box.name,
    box.isShort ? 0 : box.prefixLength,
    place.width - 36 - 12 - shapeRoom - badgeRoom,
  );
  const name = parent
    .append("text")
    .attr("class", "name")
    .attr("x", 36)
    .attr("y", middle + 4.5);
  if (prefix !== "") name.append("tspan").attr("class", "prefix").text(prefix);
  name.append("tspan").text(rest);
  if (shape !== "")
    parent
      .append("text")
      .attr("class", "shape")
      .attr("x", place.width - 12)
      .attr("y", middle + 4)
      .text(shape);
  if (mark) drawBadge(parent, mark, place.width - 12 - shapeRoom, middle);
  drawOperand(parent, box, place, subject);
}

/** The operand that stretched the layer's tensor, dashed, to the right of the layer. */
function drawOperand(parent: Parent, box: LayerBox, place: Place, subject: Subject): void {
  const note = subject.notes.get(box.id);
  if (note === undefined) return;
  const middle = place.height / 2;
  const [x, y] = [place.width + METRICS.operandGap, middle - METRICS.operandHeight / 2];
  const operand = parent.append("g").attr("class", "operand");
  operand.append("path").attr("d", `M${place.width} ${middle}H${x}`);
  operand.append("rect").attr("x", x).attr("y", y).attr("width", operandWidth(note)).attr("height", METRICS.operandHeight).attr("rx", 5);
  operand
    .append("text")
    .attr("class", "operand-name")
    .attr("x", x + 10)
    .attr("y", y + 14)
    .text(note.name);
  operand
    .append("text")
    .attr("class", "operand-detail")
    .attr("x", x + 10)
    .attr("y", y + 28)
    .text(note.detail);
}

function drawCard(parent: Parent, box: CardBox, place: Place, mark: Mark | undefined, subject: Subject): void {
  if (box.summary.blocks > 1) {
    for (const offset of [8, 4]) {
      parent
        .append("rect")
        .attr("class", "behind")
        .attr("x", offset)
        .attr("y", offset)
        .attr("width", place.width)
        .attr("height", place.height)
        .attr("rx", 6);
    }
  }
  drawBody(parent, place, 6);
  drawStripe(parent, place.height, mainFamily(box, subject));
  drawTwist(parent, place.height / 2, false);
  parent.append("text").attr("class", "title").attr("x", 34).attr("y", 19).text(box.group.title);
  const shape = boxShape(box.summary.outShape);
  const middle = place.height / 2;
  if (shape !== null)
    parent
      .append("text")
      .attr("class", "shape")
      .attr("x", place.width - 12)
      .attr("y", middle + 4.5)
      .text(shape);
  parent.append("text").attr("class", "facts").attr("x", 34).attr("y", 36).text(groupFacts(box));
  const shapeRoom = shape === null ? 0 : shapeWidth(shape, 12.5) + 12;
  if (mark) drawBadge(parent, mark, place.width - 12 - shapeRoom, middle);
}

function drawFrame(parent: Parent, box: FrameBox, place: Place, mark: Mark | undefined): void {
  const middle = METRICS.frameHeader / 2;
  drawBody(parent, place, 8);
  drawTwist(parent, middle, true);
  parent
    .append("text")
    .attr("class", "title")
    .attr("x", 34)
    .attr("y", middle + 4.5)
    .text(box.group.title);
  const factsAt = 34 + textWidth(box.group.title, 14.5) + 10;
  parent
    .append("text")
    .attr("class", "facts")
    .attr("x", factsAt)
    .attr("y", middle + 4)
    .text(groupFacts(box));
  const shapes = [boxShape(box.summary.inShape), boxShape(box.summary.outShape)];
  const text = shapes.filter((shape) => shape !== null).join(" → ");
  const isWide = place.width > factsAt + textWidth(groupFacts(box), 11) + shapeWidth(text, 11.5) + 30;
  if (isWide)
    parent
      .append("text")
      .attr("class", "shape")
      .attr("x", place.width - 14)
      .attr("y", middle + 4)
      .text(text);
  if (mark && !isWide) drawBadge(parent, mark, place.width - 12, middle);
}

function drawTwist(parent: Parent, middle: number, isOpen: boolean): void {
  const path = isOpen ? `M16 ${middle - 2}l4 4l4 -4` : `M18 ${middle - 4}l4 4l-4 4`;
  parent.append("path").attr("class", "twist").attr("d", path);
}

/** The family that most parameters of a group belong to; without parameters that of most layers. */
function mainFamily(box: CardBox, subject: Subject): Family {
  const votes = new Map<Family, number>();
  const visit = (item: CardBox["group"]["children"][number]) => {
    if (item.kind === "group") for (const child of item.children) visit(child);
    const row = subject.graph.rows.get(item.id);
    if (row === undefined) return;
    const family = familyOf(row.className);
    votes.set(family, (votes.get(family) ?? 0) + row.parameters + 0.001);
  };
  for (const child of box.group.children) visit(child);
  return [...votes].reduce<[Family, number]>((best, vote) => (vote[1] > best[1] ? vote : best), ["nested", 0])[0];
}
