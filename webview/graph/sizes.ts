import { columnsOf, formatShape } from "../../src/model";
import type { LayoutBox } from "../layout/types";
import { type Density, METRICS, ROOMY } from "./metrics";
import type { Box, LayerBox } from "./visible";

/** Mean advance of a character in pixels: of the interface's face at 12.5 px, of the fixed-width face at 12 px, of titles. */
const ADVANCE = { text: 6.9, shape: 7.25, title: 8.2, facts: 5.5 } as const;

/** An estimate in pixels that needs no browser, a little on the wide side. */
export const textWidth = (text: string, sizePx = 12.5) => (columnsOf(text) * ADVANCE.text * sizePx) / 12.5;
/** Of a group's facts, 11 px: mostly digits and narrow letters. */
export const factsWidth = (text: string) => columnsOf(text) * ADVANCE.facts;
/** Of a group's title, which is bold and 13 px. */
export const titleWidth = (text: string) => columnsOf(text) * ADVANCE.title;
export const shapeWidth = (text: string, sizePx = 12) => (columnsOf(text) * ADVANCE.shape * sizePx) / 12;

/** The shape without the batch axis, as the boxes show it; `null` where it is not known. */
export function boxShape(shape: readonly (number | null)[] | null | undefined): string | null {
  if (!shape) return null;
  return shape.length > 1 ? formatShape(shape.slice(1)) : formatShape(shape);
}

/** What stands beside a layer: one line of name and one of shape and role. */
export interface OperandNote {
  name: string;
  detail: string;
}

/** Leaves out what names repeat of their frame's title, in frames where not all names fit with it. */
export function shortenNames(boxes: readonly Box[], density: Density = ROOMY, isInside = false): Box[] {
  const isTight = isInside && boxes.some((box) => neededWidth(box, density) > density.widestInside);
  return boxes.map((box) => {
    if (box.kind === "frame") return { ...box, children: shortenNames(box.children, density, box.group.prefix !== "") };
    return box.kind === "layer" && isTight && box.prefixLength > 0 ? { ...box, isShort: true } : box;
  });
}

/**
 * Gives every box its size; boxes of one container are equally wide, so that a column of shapes can be read downwards.
 * `badgeOf`: room for the badge of a box, in pixels.
 */
export function measure(
  boxes: readonly Box[],
  notes: ReadonlyMap<string, OperandNote>,
  badgeOf: (box: Box) => number,
  density: Density = ROOMY,
): LayoutBox[] {
  const noteOf = (box: Box) => (box.kind === "layer" ? notes.get(box.id) : undefined);
  const needed = boxes.map((box) => {
    const note = density.isStacked ? noteOf(box) : undefined;
    return note
      ? Math.max(neededWidth(box, density), badgeOf(box) + operandLineWidth(note) + 26)
      : neededWidth(box, density) + badgeOf(box);
  });
  const width = Math.min(Math.max(density.narrowest, ...needed), density.widest);
  return boxes.map((box) => {
    if (box.kind === "frame") {
      const least = titleWidth(box.group.title) + density.headerRoom;
      return {
        id: box.id,
        width: least,
        height: METRICS.frameHeader,
        aside: 0,
        weight: 1,
        children: measure(box.children, notes, badgeOf, density),
      };
    }
    const note = noteOf(box);
    const aside = note && !density.isStacked ? METRICS.operandGap + operandWidth(note) : 0;
    const secondLine = note && density.isStacked ? METRICS.operandLine : 0;
    const height = box.kind === "card" ? METRICS.cardHeight : METRICS.layerHeight + secondLine;
    return { id: box.id, width, height, aside, weight: weightOf(box) };
  });
}

/** Width of the dashed box of an operand, in pixels. */
export function operandWidth(note: OperandNote): number {
  return Math.max(textWidth(note.name, 11.5), shapeWidth(note.detail, 10.5)) + 22;
}

/** Room behind the name of a shared layer for how often it is called. */
export const callsRoom = ({ calls }: LayerBox) => (calls > 1 ? textWidth(` used ${calls}×`) : 0);

/** Room behind the name of an operation for what it does. */
export const whatRoom = ({ what }: LayerBox) => (what === "" ? 0 : textWidth(`  ${what}`, 11) + 14);

/** An operand on one line: name, shape and role. */
export const operandLine = ({ name, detail }: OperandNote) => `${name} ${detail}`;
export const operandLineWidth = (note: OperandNote) => shapeWidth(operandLine(note), 10.5) + 18;

/** Room for facts as long as `9 blocks · 134 layers · 12.2 M`. */
const FACTS = 166;

function neededWidth(box: Box, { isStacked }: Density): number {
  if (box.kind === "frame") return 0;
  if (box.kind === "card") {
    const shape = shapeWidth(boxShape(box.summary.outShape) ?? "?", 12.5);
    if (isStacked) return Math.max(34 + titleWidth(box.group.title) + 12 + shape + 12, 34 + FACTS + 12);
    return 34 + Math.max(titleWidth(box.group.title), FACTS) + 20 + shape + 14;
  }
  const name = box.isShort ? box.name.slice(box.prefixLength) : box.name;
  return 38 + textWidth(name) + whatRoom(box) + callsRoom(box) + 18 + shapeWidth(boxShape(box.row.output?.[0]) ?? "") + 12;
}

/** How much a box belongs to the main line: what works on one position only (a squeeze-and-excite branch) stands beside it. */
function weightOf(box: Box): number {
  const shape = box.kind === "layer" ? (box.row.output?.[0] ?? box.row.declared?.[0]) : null;
  if (box.kind !== "layer" || !shape) return 1;
  const positions = shape.slice(1, -1);
  const isPointlike = shape.length === 2 || (positions.length > 0 && positions.every((size) => size === 1));
  return isPointlike ? 0 : 1;
}
