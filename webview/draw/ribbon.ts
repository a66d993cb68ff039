import { area, type BaseType, curveStepAfter, type Selection } from "d3";
import type { LayerReport } from "../../src/model";
import type { Subject } from "./scene";

/** Size of the ribbon in pixels; `barWidth` is what size and channels share. */
export interface RibbonSize {
  barWidth: number;
  /** Whether there is room for words beside the marks. */
  hasLabels: boolean;
  height: number;
}

/** What the ribbon shows of a layer: side length and channels of its output; null where there is none. */
export interface RibbonRow {
  id: string;
  side: number | null;
  channels: number | null;
}

/** Layers per step of the ribbon: it shows blocks, not what happens to channels inside one. */
const LAYERS_PER_STEP = 80;

/**
 * One row a layer, in running order. Side: geometric mean of the axes between batch and channels, 1 where there are none.
 * Layers that some path goes around (branches, insides of residual blocks) count as the last layer that all paths ran through.
 */
export function ribbonRows(subject: Subject): RibbonRow[] {
  const rows = [...subject.graph.rows.values()].map((row): RibbonRow => ({ id: row.id, ...extent(row) }));
  const passed = passedByAll(subject, rows);
  const isAside = besideImages([...subject.graph.rows.values()]);
  let last = rows[0];
  const main = rows.map((row, at): RibbonRow => {
    const hasMain = passed.size >= rows.length * FEWEST_PASSED;
    if (!isAside(at) && (!hasMain || passed.has(at) || row.side === null || last?.side === null)) last = row;
    return { ...(last ?? row), id: row.id };
  });
  const reach = Math.floor(rows.length / LAYERS_PER_STEP);
  return main.map((row, at) => ({
    ...row,
    channels: row.channels === null ? null : least(main.slice(Math.max(0, at - reach), at + reach + 1)),
  }));
}

/** In a graph, arithmetic on weights and shapes stands between operations on images: vectors that come before the last image tell no size. */
function besideImages(rows: readonly LayerReport[]): (at: number) => boolean {
  const isImage = ({ output }: LayerReport) => (output?.[0]?.length ?? 0) > 2;
  const end = rows.findLastIndex(isImage);
  return (at) => {
    const row = rows[at];
    return at > 0 && at < end && row?.operation !== undefined && row.status === "ok" && !isImage(row);
  };
}

/** Below this share of layers on the main line the network has none, and all layers count. */
const FEWEST_PASSED = 0.05;

function passedByAll({ graph }: Subject, rows: readonly RibbonRow[]): Set<number> {
  const place = new Map(rows.map((row, at) => [row.id, at]));
  const farthest = rows.map(() => 0);
  for (const { from, to } of graph.edges) {
    const [at, end] = [place.get(from), place.get(to)];
    if (at !== undefined && end !== undefined) farthest[at] = Math.max(farthest[at] ?? 0, end);
  }
  const passed = new Set<number>();
  let reached = 0;
  for (const [at, end] of farthest.entries()) {
    if (reached <= at) passed.add(at);
    reached = Math.max(reached, end);
  }
  return passed;
}

const least = (rows: readonly RibbonRow[]) => Math.min(...rows.flatMap((row) => row.channels ?? []));

function extent(row: LayerReport): { side: number | null; channels: number | null } {
  const shape = row.output?.[0];
  if (!shape || shape.length < 2) return { side: null, channels: null };
  const positions = shape.slice(1, -1);
  const product = positions.reduce((all, size) => all * size, 1);
  return { side: positions.length === 0 ? 1 : product ** (1 / positions.length), channels: shape.at(-1) ?? null };
}

/** y of the middle of a row. */
export const rowY = (index: number, count: number, height: number) => ((index + 0.5) / Math.max(1, count)) * height;

/** Draws sizes from the left and channels from the right, both on a logarithmic scale, and a line at each mark. */
export function drawRibbon(
  parent: Selection<SVGGElement, unknown, BaseType, unknown>,
  subject: Subject,
  { barWidth, height, hasLabels }: RibbonSize,
): void {
  const rows = ribbonRows(subject);
  const half = barWidth * 0.47;
  const most = (pick: (row: RibbonRow) => number | null) => Math.max(1, ...rows.map((row) => pick(row) ?? 0));
  const [largest, deepest] = [most((row) => row.side), most((row) => row.channels)];
  const length = (value: number | null, max: number) => (value === null ? 0 : (Math.log2(1 + value) / Math.log2(1 + max)) * half);
  const steps = rows.length === 0 ? [] : [...rows, rows[rows.length - 1] as RibbonRow];
  const top = (_row: RibbonRow, at: number) => (at / Math.max(1, rows.length)) * height;
  const shape = (pick: (row: RibbonRow) => number | null) =>
    area<RibbonRow>()
      .defined((row) => pick(row) !== null)
      .y(top)
      .curve(curveStepAfter);
  const size = shape((row) => row.side)
    .x0(0)
    .x1((row) => length(row.side, largest));
  const channels = shape((row) => row.channels)
    .x0(barWidth)
    .x1((row) => barWidth - length(row.channels, deepest));
  parent.selectAll("*").remove();
  parent.append("rect").attr("class", "ribbon-ground").attr("width", barWidth).attr("height", height).attr("rx", 3);
  parent
    .append("path")
    .attr("class", "ribbon-size")
    .attr("d", stepped(size(steps)));
  parent
    .append("path")
    .attr("class", "ribbon-channels")
    .attr("d", stepped(channels(steps)));
  drawMarks(parent, subject, rows, { barWidth, height, hasLabels });
}

/** d3 gives null where nothing is defined. */
const stepped = (path: string | null) => path ?? "";

function drawMarks(
  parent: Selection<SVGGElement, unknown, BaseType, unknown>,
  subject: Subject,
  rows: readonly RibbonRow[],
  { barWidth, height, hasLabels }: RibbonSize,
): void {
  let lowest = -20;
  for (const [at, row] of rows.entries()) {
    const mark = subject.marks.get(row.id);
    if (mark === undefined) continue;
    const y = rowY(at, rows.length, height);
    parent
      .append("path")
      .attr("class", `ribbon-mark ${mark.tone}`)
      .attr("d", `M-4 ${y}H${barWidth + 4}`);
    if (!hasLabels || y - lowest < 14) continue;
    lowest = y;
    parent
      .append("text")
      .attr("class", `ribbon-label ${mark.tone}`)
      .attr("x", barWidth + 7)
      .attr("y", Math.max(9, y + 4))
      .text(mark.tone === "failed" ? "✕" : mark.text.replace(/ /g, ""));
  }
}
