import { t } from "@vscode/l10n";
import type { BaseType, Selection } from "d3";
import { type Broadcast, formatShape } from "../../src/model";
import { shapeWidth } from "../graph/sizes";
import { stretchedOperand } from "./marks";
import { operandName, roleWord, signOf } from "./operations";

/** More copies than this are not told apart in a picture. */
const MOST_COPIES = 4;
/** Planes of red, green and blue channels; other numbers of channels are grey. */
const PLANE_COLOURS = ["#c0605f", "#5f9f63", "#6a7fc4"];
const GREY = "#8a8a8a";

/** What the picture shows; null where a broadcast is not of the kind: an activation repeated along its last axis by few numbers. */
export interface Stretching {
  image: string;
  sign: string;
  operand: string;
  values: string[];
  result: string;
}

export function stretchingOf(broadcast: Broadcast): Stretching | null {
  const image = stretchedOperand(broadcast);
  const operand = broadcast.operands.find((one) => one !== image);
  const copies = broadcast.output.at(-1) ?? 0;
  const isLast = image?.stretched.length === 1 && image.stretched[0] === broadcast.output.length - 1;
  if (broadcast.kind !== "expands-activation" || !image || !operand || !isLast || copies < 2 || copies > MOST_COPIES) return null;
  const name = operand.name === null ? roleWord(operand.role) : operandName(operand.name, broadcast.operation);
  const values = Array.from({ length: copies }, (_, at) => {
    const value = operand.values?.[at];
    return value === undefined ? `${name}[${at}]` : String(Number(value.toPrecision(4)));
  });
  const shape = (sizes: readonly number[]) => formatShape(sizes.slice(sizes.length > 1 ? 1 : 0));
  return {
    image: shape(image.shape),
    sign: signOf(broadcast.operation) ?? broadcast.operation,
    operand: `${name} ${formatShape(operand.shape)}`,
    values,
    result: shape(broadcast.output),
  };
}

type Parent = Selection<SVGElement, unknown, BaseType, unknown>;
const HEIGHT = 128;
const MIDDLE = 52;

/** Draws one channel, the operand's numbers, and the copies. The drawing is 430 × 128. */
export function drawStretching(svg: Parent, { image, sign, operand, values, result }: Stretching): void {
  svg.attr("viewBox", `0 0 430 ${HEIGHT}`).attr("class", "ls-graph ls-stretch").attr("role", "img");
  svg.attr("aria-label", t("one channel {0} {1} gives {2} channels", sign, values.join(", "), values.length));
  const place = (at: number, step: number) => MIDDLE + (at - (values.length - 1) / 2) * step;
  plane(svg, 54, MIDDLE, GREY);
  caption(svg, 54, HEIGHT - 18, image, "");
  word(svg, 118, MIDDLE, sign);
  for (const [at, value] of values.entries()) {
    const chip = svg
      .append("g")
      .attr("class", "chip")
      .attr("transform", `translate(138,${place(at, 28) - 11})`);
    chip.append("rect").attr("width", 84).attr("height", 22).attr("rx", 5).attr("stroke", colourOf(at, values.length));
    chip.append("text").attr("class", "chip-value").attr("x", 42).attr("y", 15).text(value);
  }
  caption(svg, 180, HEIGHT - 18, operand, "");
  word(svg, 244, MIDDLE, "=");
  for (const at of [...values.keys()].reverse()) plane(svg, 308, place(at, 20), colourOf(at, values.length));
  caption(svg, 308, HEIGHT - 18, result, "broadcast");
  for (const [at, value] of values.entries())
    svg
      .append("text")
      .attr("class", "edge-label")
      .attr("x", 358)
      .attr("y", place(at, 20) + 4)
      .text(`x ${sign} ${value}`.slice(0, 12));
}

const colourOf = (at: number, count: number) => (count === 3 ? (PLANE_COLOURS[at] ?? GREY) : GREY);

function plane(svg: Parent, x: number, y: number, fill: string): void {
  svg
    .append("path")
    .attr("class", "plane")
    .attr("d", `M${x - 42} ${y}L${x} ${y - 15}L${x + 42} ${y}L${x} ${y + 15}Z`)
    .attr("fill", fill);
}

function word(svg: Parent, x: number, y: number, text: string): void {
  svg
    .append("text")
    .attr("class", "sign")
    .attr("x", x)
    .attr("y", y + 6)
    .text(text);
}

function caption(svg: Parent, x: number, y: number, text: string, tone: string): void {
  const room = Math.max(0, shapeWidth(text, 11) / 2);
  svg.append("text").attr("class", `stretch-caption ${tone}`).attr("x", Math.max(x, room)).attr("y", y).text(text);
}
