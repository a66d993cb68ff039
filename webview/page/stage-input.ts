import type { PlacedBox } from "../draw/scene";
import { METRICS } from "../graph/metrics";

/** What pointer and keyboard can do to the stage. */
export interface StageActions {
  placedOf(id: string | null): PlacedBox | null;
  bodyOf(id: string): Element | null;
  scale(): number;
  focusedBox(): PlacedBox | null;
  /** Selects a layer; opens or closes a group. */
  act(placed: PlacedBox): Promise<void>;
  /** Moves the focus along an arrow key; false where it leads nowhere. */
  step(key: string): boolean;
  /** Brings the focused box into sight, with its tooltip. */
  stay(): void;
  noteFocus(placed: PlacedBox): void;
  showTip(placed: PlacedBox): void;
  hideTip(): void;
}

/** Milliseconds that the pointer rests on a box before its tooltip comes. */
const REST = 180;

/** Tooltips of the pointer: after a rest, and not for what was just clicked, which would cover its neighbours. */
function makeHover(actions: StageActions): { over(placed: PlacedBox | null): void; rest(): void } {
  let at: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    over(placed) {
      const id = placed?.box.id ?? null;
      if (id === at) return;
      at = id;
      clearTimeout(timer);
      actions.hideTip();
      timer = setTimeout(() => {
        const now = actions.placedOf(at);
        if (now) actions.showTip(now);
      }, REST);
    },
    rest() {
      clearTimeout(timer);
      actions.hideTip();
    },
  };
}

/** Listens to pointer and keyboard. A frame answers only at its header: dragging inside it moves the graph. */
export function listenTo(svg: SVGSVGElement, actions: StageActions): void {
  const boxAt = (event: Event) => actions.placedOf((event.target as Element).closest<SVGGElement>("g.box")?.dataset["id"] ?? null);
  const isOnHeader = ({ box }: PlacedBox, event: MouseEvent) => {
    const top = actions.bodyOf(box.id)?.getBoundingClientRect().top ?? 0;
    return box.kind !== "frame" || event.clientY - top < METRICS.frameHeader * actions.scale();
  };
  const hover = makeHover(actions);
  svg.addEventListener("click", (event) => {
    const placed = boxAt(event);
    if (placed === null || !isOnHeader(placed, event)) return;
    hover.rest();
    void actions.act(placed);
  });
  svg.addEventListener("pointermove", (event) => {
    const placed = event.buttons === 0 ? boxAt(event) : null;
    hover.over(placed && isOnHeader(placed, event) ? placed : null);
  });
  svg.addEventListener("pointerleave", () => hover.over(null));
  svg.addEventListener("focusin", (event) => {
    const placed = boxAt(event);
    if (placed === null) return;
    actions.noteFocus(placed);
    if ((event.target as Element).matches(":focus-visible")) actions.showTip(placed);
  });
  svg.addEventListener("focusout", () => actions.hideTip());
  svg.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey && pressed(event.key, actions)) event.preventDefault();
  });
}

/** Whether the key meant something here. */
function pressed(key: string, actions: StageActions): boolean {
  const placed = actions.focusedBox();
  if (placed === null) return false;
  if (key === "Escape") {
    actions.hideTip();
    return false;
  }
  const opens = key === "ArrowRight" && placed.box.kind === "card";
  const closes = key === "ArrowLeft" && placed.box.kind === "frame";
  if (key !== "Enter" && key !== " " && !opens && !closes) return actions.step(key);
  void actions.act(placed).then(() => actions.stay());
  return true;
}
