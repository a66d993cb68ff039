import { t } from "@vscode/l10n";
import type { BaseType, Selection } from "d3";
import { METRICS } from "../graph/metrics";
import {
  boxShape,
  callsRoom,
  factsWidth,
  type OperandNote,
  operandLine,
  operandLineWidth,
  operandWidth,
  shapeWidth,
  textWidth,
  titleWidth,
} from "../graph/sizes";
import type { Box, CardBox, FrameBox, LayerBox } from "../graph/visible";
import type { Place } from "../layout/types";
import { badgeWidth, drawBadge, drawPlus } from "./badge";
import { groupFacts } from "./describe";
import { type Family, familyOfRow } from "./families";
import { GLYPHS } from "./glyphs";
import { type Mark, markOf } from "./marks";
import type { PlacedBox, Subject } from "./scene";
import { fitName, fitText } from "./text";

type Parent = Selection<SVGGElement, unknown, BaseType, unknown>;

/** Classes of a box: kind, family, status, mark. */
export function boxClasses({ box }: PlacedBox, subject: Subject): string {
  const mark = markOf(box, subject.marks);
  const status = box.kind === "layer" ? box.row.status : box.summary.status;
  const family = box.kind === "layer" ? familyOfRow(box.row) : "group";
  const state = mark ? mark.tone : status === "failed" ? "failed" : status;
  return ["box", box.kind, `family-${family}`, state, ...(subject.appended.has(box.id) ? ["ghost"] : [])].join(" ");
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
  const family = familyOfRow(box.row);
  const note = subject.notes.get(box.id);
  const isStacked = place.height > METRICS.layerHeight;
  const middle = METRICS.layerHeight / 2;
  drawBody(parent, place, 5);
  drawStripe(parent, place.height, family);
  drawGlyph(parent, family, 13, middle - 7);
  const shape = boxShape(box.row.output?.[0]) ?? (box.row.status === "unknown" ? "?" : "");
  const shapeRoom = shape === "" ? 0 : shapeWidth(shape) + 14;
  const badgeRoom = mark && !isStacked ? badgeWidth(mark) + 10 : 0;
  const { prefix, rest } = fitName(
    box.isShort ? box.name.slice(box.prefixLength) : box.name,
    box.isShort ? 0 : box.prefixLength,
    place.width - 36 - 12 - shapeRoom - badgeRoom - callsRoom(box),
  );
  const name = parent
    .append("text")
    .attr("class", "name")
    .attr("x", 36)
    .attr("y", middle + 4.5);
  if (prefix !== "") name.append("tspan").attr("class", "prefix").text(prefix);
  name.append("tspan").text(rest);
  const whatWidth = place.width - 36 - 12 - shapeRoom - badgeRoom - callsRoom(box) - textWidth(prefix + rest) - 20;
  const what = whatWidth > 40 ? fitText(box.what, whatWidth, (text) => textWidth(text, 11)) : "";
  // The space is for those who hear it.
  if (what !== "") name.append("tspan").attr("class", "facts").attr("dx", 3).text(` ${what}`);
  if (box.calls > 1)
    name
      .append("tspan")
      .attr("class", "prefix")
      .text(` ${t("used {0}×", box.calls)}`);
  if (shape !== "") drawShape(parent, place.width - 12, middle + 4, shape);
  if (isStacked) drawSecondLine(parent, place, mark, note);
  else drawBeside(parent, place, shapeRoom, mark, note);
  if (subject.appended.has(box.id)) drawPlus(parent, 0, middle);
}

/** A shape that ends at `right`, so that a column of them can be read downwards. */
function drawShape(parent: Parent, right: number, baseline: number, text: string): void {
  parent.append("text").attr("class", "shape").attr("x", right).attr("y", baseline).text(text);
}

function drawBeside(parent: Parent, place: Place, shapeRoom: number, mark: Mark | undefined, note: OperandNote | undefined): void {
  const middle = place.height / 2;
  if (mark) drawBadge(parent, mark, place.width - 12 - shapeRoom, middle);
  if (note) drawOperand(parent, place, note);
}

/** Where there is no room beside the layer: the badge and the operand that stretched its tensor, below the name. */
function drawSecondLine(parent: Parent, place: Place, mark: Mark | undefined, note: OperandNote | undefined): void {
  const middle = METRICS.layerHeight + METRICS.operandLine / 2 - 4;
  const start = 13;
  const badge = mark ? badgeWidth(mark) : 0;
  if (mark) drawBadge(parent, mark, start + badge, middle);
  if (note === undefined) return;
  const x = start + (mark ? badge + 9 : 0);
  const width = Math.min(operandLineWidth(note), place.width - 8 - x);
  const operand = parent.append("g").attr("class", "operand");
  operand.append("path").attr("d", `M${x - 9} ${middle}h9`);
  operand
    .append("rect")
    .attr("x", x)
    .attr("y", middle - 11)
    .attr("width", width)
    .attr("height", 22)
    .attr("rx", 5);
  operand
    .append("text")
    .attr("class", "operand-detail")
    .attr("x", x + 8)
    .attr("y", middle + 4)
    .text(fitText(operandLine(note), width - 14, (text) => shapeWidth(text, 10.5)));
}

/** The operand that stretched the layer's tensor, dashed, to the right of the layer. */
function drawOperand(parent: Parent, place: Place, note: OperandNote): void {
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
  const shape = boxShape(box.summary.outShape);
  const shapeRoom = shape === null ? 0 : shapeWidth(shape, 12.5) + 12;
  const badgeRoom = mark ? badgeWidth(mark) + 8 : 0;
  const facts = groupFacts(box);
  const title = fitText(box.group.title, place.width - 34 - 12 - shapeRoom - badgeRoom, titleWidth);
  parent.append("text").attr("class", "title").attr("x", 34).attr("y", 19).text(title);
  // Where the facts are too long for both, the shape stands beside the title alone.
  const isShapeAbove = 34 + factsWidth(facts) + shapeRoom + 10 > place.width;
  const middle = isShapeAbove ? 14.5 : place.height / 2;
  if (shape !== null) drawShape(parent, place.width - 12, middle + 4.5, shape);
  parent
    .append("text")
    .attr("class", "facts")
    .attr("x", 34)
    .attr("y", 36)
    .text(fitText(facts, place.width - 34 - 8, factsWidth));
  if (mark) drawBadge(parent, mark, place.width - 12 - shapeRoom, middle);
}

function drawFrame(parent: Parent, box: FrameBox, place: Place, mark: Mark | undefined): void {
  const middle = METRICS.frameHeader / 2;
  drawBody(parent, place, 8);
  const head = parent.append("g").attr("class", "head");
  drawTwist(head, middle, true);
  const facts = groupFacts(box);
  const badgeRoom = mark ? badgeWidth(mark) + 8 : 0;
  const title = fitText(box.group.title, place.width - 34 - 12 - badgeRoom, titleWidth);
  const factsAt = 34 + titleWidth(title) + 8;
  const heading = head
    .append("text")
    .attr("class", "title")
    .attr("x", 34)
    .attr("y", middle + 4.5);
  heading.append("tspan").text(title);
  // In the same text, so that it follows the title however wide the face is; the space is for those who hear it.
  if (factsAt + factsWidth(facts) + 12 + badgeRoom < place.width)
    heading.append("tspan").attr("class", "facts").attr("dx", 4).text(` ${facts}`);
  const shapes = [boxShape(box.summary.inShape), boxShape(box.summary.outShape)];
  const text = shapes.filter((shape) => shape !== null).join(" → ");
  const isWide = place.width > factsAt + factsWidth(facts) + shapeWidth(text, 11.5) + 30;
  if (isWide) drawShape(parent, place.width - 14, middle + 4, text);
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
    const family = familyOfRow(row);
    votes.set(family, (votes.get(family) ?? 0) + row.parameters + 0.001);
  };
  for (const child of box.group.children) visit(child);
  return [...votes].reduce<[Family, number]>((best, vote) => (vote[1] > best[1] ? vote : best), ["nested", 0])[0];
}
