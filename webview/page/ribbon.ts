import { t } from "@vscode/l10n";
import { select } from "d3";
import { drawRibbon } from "../draw/ribbon";
import type { PlacedBox, Scene } from "../draw/scene";
import { drawTimes, type TimeBar, timeBars } from "../draw/times";
import { METRICS } from "../graph/metrics";
import { layersOf } from "../graph/summary";
import { element } from "./dom";
import { formatShare, formatTime, totalTime } from "./number-facts";
import type { Stage } from "./stage";

/** Room for the heads of the columns, pixels. */
const HEAD = 22;
/** Widths in pixels; `times` is that of the strip of times, which stands on the left where there are any. */
const WIDE = { barWidth: 92, left: 12, times: 38, gap: 10 };
const SLIM = { barWidth: 30, left: 7, times: 14, gap: 4 };
const THIN = { barWidth: 16, left: 4, times: 9, gap: 3 };

export interface Ribbon {
  element: HTMLElement;
  /** Draws the ribbon anew: another report or another size. */
  refresh(): void;
  /** Moves the frame that shows what the stage shows. */
  follow(): void;
}

/** The whole network on one screen: size shrinking, channels growing, marks, and a frame for what the stage shows. Dragging moves the stage. */
export function makeRibbon(stage: Stage): Ribbon {
  const pane = element("div", {
    class: "ls-ribbon",
    role: "slider",
    tabindex: 0,
    "aria-label": t("Overview of the network"),
    "aria-orientation": "vertical",
  });
  const svg = select(pane).append("svg").attr("class", "ls-graph").attr("aria-hidden", "true");
  const size = svg.append("text").attr("class", "ribbon-head size").text(t("size"));
  const channels = svg.append("text").attr("class", "ribbon-head channels").attr("text-anchor", "end").text(t("channels"));
  const time = svg.append("text").attr("class", "ribbon-head time").text(t("time"));
  const times = svg.append<SVGGElement>("g");
  const bars = svg.append<SVGGElement>("g");
  const frame = svg.append("rect").attr("class", "ribbon-frame").attr("rx", 3);
  let order = new Map<string, number>();

  const dimensions = () => {
    const isSlim = pane.clientWidth < 80;
    const size = pane.clientWidth < 44 ? THIN : isSlim ? SLIM : WIDE;
    const timesRoom = stage.scene()?.subject.report.numbers ? size.times + size.gap : 0;
    const left = size.left + timesRoom;
    const head = isSlim ? 8 : HEAD;
    const height = Math.max(40, pane.clientHeight - head - 12);
    return { barWidth: size.barWidth, left, timesLeft: size.left, timesWidth: size.times, timesRoom, head, height, isSlim };
  };

  const follow = () => {
    const scene = stage.scene();
    if (scene === null || order.size === 0) return;
    const { barWidth, timesLeft, timesRoom, head, height } = dimensions();
    const { y, k } = stage.camera.transform();
    const [from, to] = shownRows(scene, order, -y / k, (stage.element.clientHeight - y) / k);
    const scale = height / order.size;
    frame
      .attr("x", timesLeft - 3)
      .attr("y", head + from * scale - 2)
      .attr("width", timesRoom + barWidth + 6)
      .attr("height", Math.max(6, (to - from) * scale + 4));
    const first = Math.min(order.size - 1, Math.floor(from));
    pane.setAttribute("aria-valuenow", String(first + 1));
    pane.setAttribute("aria-valuetext", [...order.keys()][first] ?? "");
  };

  const refresh = () => {
    const scene = stage.scene();
    if (scene === null) return;
    const { barWidth, left, timesLeft, timesWidth, timesRoom, head, height, isSlim } = dimensions();
    order = new Map([...scene.subject.graph.rows.keys()].map((id, at) => [id, at]));
    pane.setAttribute("aria-valuemin", "1");
    pane.setAttribute("aria-valuemax", String(order.size));
    size
      .attr("x", left)
      .attr("y", 14)
      .attr("display", isSlim ? "none" : null);
    channels
      .attr("x", left + barWidth)
      .attr("y", 14)
      .attr("display", isSlim ? "none" : null);
    time
      .attr("x", timesLeft)
      .attr("y", 14)
      .attr("display", isSlim || timesRoom === 0 ? "none" : null);
    times.attr("transform", `translate(${timesLeft},${head})`);
    const total = totalTime(scene.subject.report);
    drawTimes(times, timeBars(scene.subject, height), {
      width: timesWidth,
      height,
      spoken: ({ first, last, milliseconds }: TimeBar) =>
        `${first === last ? first : `${first} … ${last}`}: ${formatTime(milliseconds)}, ${formatShare(milliseconds / total)}`,
    });
    bars.attr("transform", `translate(${left},${head})`);
    drawRibbon(bars, scene.subject, { barWidth, height, hasLabels: !isSlim });
    follow();
  };

  const goTo = (row: number) => {
    const scene = stage.scene();
    const target = scene ? placeOfRow(scene, order, Math.min(Math.max(0, row), order.size - 1)) : null;
    if (target === null) return;
    const { x, k } = stage.camera.transform();
    stage.camera.set({ x, y: stage.element.clientHeight / 2 - target * k, k });
  };
  const rowAt = (event: PointerEvent) => {
    const { head, height } = dimensions();
    return ((event.clientY - pane.getBoundingClientRect().top - head) / height) * order.size;
  };
  pane.addEventListener("pointerdown", (event) => {
    pane.setPointerCapture(event.pointerId);
    goTo(rowAt(event));
  });
  pane.addEventListener("pointermove", (event) => {
    if (pane.hasPointerCapture(event.pointerId)) goTo(rowAt(event));
  });
  pane.addEventListener("wheel", (event) => stage.element.querySelector("svg")?.dispatchEvent(new WheelEvent("wheel", event)), {
    passive: true,
  });
  pane.addEventListener("keydown", (event) => {
    const steps: Record<string, number> = { ArrowDown: 60, ArrowUp: -60, PageDown: 480, PageUp: -480 };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const { x, y, k } = stage.camera.transform();
    stage.camera.set({ x, y: y - step, k });
  });
  new ResizeObserver(refresh).observe(pane);
  return { element: pane, refresh, follow };
}

/** Rows of a box: first and one past the last. */
function rowsOf({ box }: PlacedBox, order: ReadonlyMap<string, number>): [number, number] {
  const ids = box.kind === "layer" ? [box.id] : layersOf(box.group);
  const places = ids.flatMap((id) => order.get(id) ?? []);
  return [Math.min(...places), Math.max(...places) + 1];
}

const isSolid = ({ box }: PlacedBox) => box.kind !== "frame";

/** The rows between two heights of the drawing; a box that is cut counts in part. */
function shownRows(scene: Scene, order: ReadonlyMap<string, number>, top: number, bottom: number): [number, number] {
  let [from, to] = [order.size, 0];
  for (const placed of scene.boxes.filter(isSolid)) {
    const { y, height } = placed.place;
    if (y + height < top || y > bottom) continue;
    const [first, end] = rowsOf(placed, order);
    const at = (where: number) => first + (end - first) * Math.min(1, Math.max(0, (where - y) / height));
    from = Math.min(from, at(top));
    to = Math.max(to, at(bottom));
  }
  return from < to ? [from, to] : [0, 0];
}

/** Height in the drawing at which a row lies. */
function placeOfRow(scene: Scene, order: ReadonlyMap<string, number>, row: number): number | null {
  let best: { y: number; size: number } | null = null;
  for (const placed of scene.boxes.filter(isSolid)) {
    const [first, end] = rowsOf(placed, order);
    if (row < first || row >= end) continue;
    const { y, height } = placed.place;
    const within = y + (height || METRICS.layerHeight) * ((row - first) / (end - first));
    if (best === null || end - first < best.size) best = { y: within, size: end - first };
  }
  return best?.y ?? null;
}
