import { select, type ZoomBehavior, type ZoomTransform, zoom, zoomIdentity } from "d3";
import type { Layout, Place } from "../layout/types";
import { mayAnimate } from "../theme/theme";

/** Smallest and largest zoom. */
const SCALES: [number, number] = [0.01, 3];
const MARGIN = 16;
/** Below this zoom a graph as a whole is a strip that tells nothing: then its width is fitted. */
const LEAST_WHOLE = 0.3;
/** Below this zoom names cannot be read. */
const LEAST_READABLE = 0.6;

/** Where one looks: zoom and pan of the stage. */
export interface Camera {
  transform(): ZoomTransform;
  set(transform: { x: number; y: number; k: number }): void;
  /** Whole width in sight at natural size where it fits, else the main line in the middle; top of the graph first. */
  home(layout: Layout): void;
  /** The whole graph where that shows something, else its width, at the height where one is. */
  fit(layout: Layout): void;
  /** Zooms out as far as names stay readable, if the graph is wider than the stage. */
  fitWidth(layout: Layout): void;
  zoomBy(factor: number): void;
  /** Brings a box into sight, moving no more than needed; `center` puts it into the middle. */
  reveal(place: Place, center?: boolean): void;
  isInSight(place: Place): boolean;
}

/** Wheel pans, wheel with Ctrl (and pinch) zooms, dragging pans. */
export function makeCamera(svg: SVGSVGElement, onMove: (transform: ZoomTransform) => void): Camera {
  const stage = select<SVGSVGElement, unknown>(svg);
  const behaviour: ZoomBehavior<SVGSVGElement, unknown> = zoom<SVGSVGElement, unknown>()
    .scaleExtent(SCALES)
    .filter((event: WheelEvent | MouseEvent) => (event.type === "wheel" ? event.ctrlKey || event.metaKey : event.button === 0))
    .on("zoom", (event: { transform: ZoomTransform }) => onMove(event.transform));
  stage.call(behaviour).on("dblclick.zoom", null);
  svg.addEventListener(
    "wheel",
    (event) => {
      if (event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const { k } = transform();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const [dx, dy] = event.shiftKey && event.deltaX === 0 ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
      stage.call(behaviour.translateBy, (-dx * unit) / k, (-dy * unit) / k);
    },
    { passive: false },
  );
  const transform = () => (svg as unknown as { __zoom?: ZoomTransform }).__zoom ?? zoomIdentity;
  const size = () => ({ width: svg.clientWidth || 1, height: svg.clientHeight || 1 });
  const move = (to: ZoomTransform, isSmooth: boolean) => {
    if (isSmooth && mayAnimate()) stage.transition().duration(180).call(behaviour.transform, to);
    else stage.call(behaviour.transform, to);
  };
  keepMiddle(svg, (by) => {
    const { x, y, k } = transform();
    stage.call(behaviour.transform, zoomIdentity.translate(x + by, y).scale(k));
  });
  const at = (x: number, y: number, k: number) => zoomIdentity.translate(x, y).scale(k);
  /** Whole width in the middle where it fits, else the main line. */
  const across = (layout: Layout, k: number) => {
    const { width } = size();
    const spare = width - layout.width * k;
    return spare > 0 ? spare / 2 : Math.min(0, Math.max(spare, width / 2 - layout.spine * k));
  };
  const readable = (layout: Layout, most: number) => Math.min(most, Math.max(LEAST_READABLE, size().width / layout.width));
  const toWidth = (layout: Layout, most: number, isSmooth: boolean) => {
    const { height } = size();
    const before = transform();
    const k = readable(layout, most);
    const middle = height / 2 - ((height / 2 - before.y) / before.k) * k;
    move(at(across(layout, k), Math.min(0, Math.max(middle, height - layout.height * k)), k), isSmooth);
  };

  return {
    transform: () => transform(),
    set: ({ x, y, k }) => move(at(x, y, k), false),
    home(layout) {
      const k = readable(layout, 1);
      move(at(across(layout, k), 0, k), false);
    },
    fit(layout) {
      const { width, height } = size();
      const k = Math.min(1.5, width / layout.width, height / layout.height);
      if (k < LEAST_WHOLE) toWidth(layout, 1, true);
      else move(at((width - layout.width * k) / 2, (height - layout.height * k) / 2, k), true);
    },
    fitWidth(layout) {
      const { k } = transform();
      if (layout.width * k > size().width + 1) toWidth(layout, k, false);
    },
    zoomBy: (factor) => void stage.call(behaviour.scaleBy, factor),
    reveal(place, center = false) {
      const { width, height } = size();
      const { x, y, k } = transform();
      const [left, top] = [place.x * k + x, place.y * k + y];
      const shownHeight = Math.min(place.height * k, height / 2);
      const dx = shift(left, place.width * k, width);
      const dy = center ? height * 0.4 - top : shift(top, shownHeight, height);
      if (dx !== 0 || dy !== 0) move(at(x + dx, y + dy, k), true);
    },
    isInSight(place) {
      const { x, y, k } = transform();
      const [left, top] = [place.x * k + x, place.y * k + y];
      return top >= 0 && top + 30 * k <= size().height && left >= 0 && left + place.width * k <= size().width;
    },
  };
}

/** How far a stretch must move to lie within a room with a margin. */
function shift(start: number, length: number, room: number): number {
  if (start < MARGIN) return MARGIN - start;
  const over = start + length - (room - MARGIN);
  return over > 0 ? -Math.min(over, start - MARGIN) : 0;
}

/** When the stage becomes wider or narrower, what was in its middle stays there. */
function keepMiddle(svg: SVGSVGElement, shiftBy: (pixels: number) => void): void {
  let before = 0;
  new ResizeObserver(() => {
    const width = svg.clientWidth;
    if (before > 0 && width > 0 && width !== before) shiftBy((width - before) / 2);
    if (width > 0) before = width;
  }).observe(svg);
}
