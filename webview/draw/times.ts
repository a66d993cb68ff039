import type { BaseType, Selection } from "d3";
import type { Subject } from "./scene";

/** Least height of a bar, in pixels: where layers are thinner, several share one. */
const THINNEST = 3;

/** Some layers, one after the other, and what they took together. */
export interface TimeBar {
  first: string;
  last: string;
  milliseconds: number;
}

/** Layers in running order, as many to a bar as it takes; empty where nothing was timed. */
export function timeBars({ graph }: Subject, height: number): TimeBar[] {
  const rows = [...graph.rows.values()];
  const count = Math.max(1, Math.min(rows.length, Math.floor(height / THINNEST)));
  const bars: TimeBar[] = [];
  for (const [at, { id, milliseconds = 0 }] of rows.entries()) {
    const place = Math.floor((at * count) / rows.length);
    const bar = bars[place];
    if (bar === undefined) bars[place] = { first: id, last: id, milliseconds };
    else Object.assign(bar, { last: id, milliseconds: bar.milliseconds + milliseconds });
  }
  return bars.some(({ milliseconds }) => milliseconds > 0) ? bars : [];
}

/** Draws what the layers took as bars from the left, in the same heights as the ribbon's rows. `spoken`: what a bar says when pointed at. */
export function drawTimes(
  parent: Selection<SVGGElement, unknown, BaseType, unknown>,
  bars: readonly TimeBar[],
  { width, height, spoken }: { width: number; height: number; spoken(bar: TimeBar): string },
): void {
  const most = Math.max(...bars.map(({ milliseconds }) => milliseconds));
  const step = height / Math.max(1, bars.length);
  parent.selectAll("*").remove();
  if (bars.length === 0) return;
  parent.append("rect").attr("class", "ribbon-ground").attr("width", width).attr("height", height).attr("rx", 3);
  for (const [at, bar] of bars.entries()) {
    // The whole width answers to the pointer, however short the bar.
    const row = parent.append("g").attr("transform", `translate(0,${at * step})`);
    row.append("rect").attr("class", "time-room").attr("width", width).attr("height", step);
    row
      .append("rect")
      .attr("class", "time-bar")
      .attr("width", (bar.milliseconds / most) * width)
      .attr("height", Math.max(1, step - (step > 4 ? 1 : 0)));
    row.append("title").text(spoken(bar));
  }
}
