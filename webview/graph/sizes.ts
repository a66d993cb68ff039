import { formatShape } from "../../src/model";
import type { LayoutBox } from "../layout/types";
import { METRICS } from "./metrics";
import type { Box } from "./visible";

/** Mean advance of a character in pixels: of the interface's face at 12.5 px, and of the fixed-width face at 12 px. */
const ADVANCE = { text: 6.9, shape: 7.25 } as const;

/** An estimate in pixels that needs no browser, a little on the wide side. */
export const textWidth = (text: string, sizePx = 12.5) => (text.length * ADVANCE.text * sizePx) / 12.5;
export const shapeWidth = (text: string, sizePx = 12) => (text.length * ADVANCE.shape * sizePx) / 12;

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
export function shortenNames(boxes: readonly Box[], isInside = false): Box[] {
  const isTight = isInside && boxes.some((box) => neededWidth(box) > METRICS.widestInside);
  return boxes.map((box) => {
    if (box.kind === "frame") return { ...box, children: shortenNames(box.children, box.group.prefix !== "") };
    return box.kind === "layer" && isTight && box.prefixLength > 0 ? { ...box, isShort: true } : box;
  });
}

/**
 * Gives every box its size; boxes of one container are equally wide, so that a column of shapes can be read downwards.
 * `badgeOf`: room for the badge of a box, in pixels.
 */
export function measure(boxes: readonly Box[], notes: ReadonlyMap<string, OperandNote>, badgeOf: (box: Box) => number): LayoutBox[] {
  const needed = boxes.map((box) => neededWidth(box) + badgeOf(box));
  const width = Math.min(Math.max(METRICS.narrowest, ...needed), METRICS.widest);
  return boxes.map((box) => {
    if (box.kind === "frame") {
      const least = textWidth(box.group.title, 13) + 260;
      return {
        id: box.id,
        width: least,
        height: METRICS.frameHeader,
        aside: 0,
        weight: 1,
        children: measure(box.children, notes, badgeOf),
      };
    }
    const note = box.kind === "layer" ? notes.get(box.id) : undefined;
    const aside = note ? METRICS.operandGap + operandWidth(note) : 0;
    const height = box.kind === "card" ? METRICS.cardHeight : METRICS.layerHeight;
    return { id: box.id, width, height, aside, weight: weightOf(box) };
  });
}

/** Width of the dashed box of an operand, in pixels. */
export function operandWidth(note: OperandNote): number {
  return Math.max(textWidth(note.name, 11.5), shapeWidth(note.detail, 10.5)) + 22;
}

function neededWidth(box: Box): number {
  if (box.kind === "frame") return 0;
  if (box.kind === "card") {
    const shape = shapeWidth(boxShape(box.summary.outShape) ?? "?", 12.5);
    return 34 + Math.max(textWidth(box.group.title, 13), 150) + 20 + shape + 14;
  }
  const name = box.isShort ? box.name.slice(box.prefixLength) : box.name;
  return 38 + textWidth(name) + 18 + shapeWidth(boxShape(box.row.output?.[0]) ?? "") + 12;
}

/** How much a box belongs to the main line: what works on one position only (a squeeze-and-excite branch) stands beside it. */
function weightOf(box: Box): number {
  const shape = box.kind === "layer" ? (box.row.output?.[0] ?? box.row.declared?.[0]) : null;
  if (box.kind !== "layer" || !shape) return 1;
  const positions = shape.slice(1, -1);
  const isPointlike = shape.length === 2 || (positions.length > 0 && positions.every((size) => size === 1));
  return isPointlike ? 0 : 1;
}
