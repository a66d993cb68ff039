import { select } from "d3";
import type { Report } from "../../src/model";
import { type Canvas, drawGraph } from "../draw/graph";
import { compose, type PlacedBox, prepare, type Scene, type Subject, subjectOf } from "../draw/scene";
import { layersOf } from "../graph/summary";
import type { Item } from "../groups";
import type { LayoutClient } from "../layout/client";
import { type Camera, makeCamera } from "./camera";
import { element } from "./dom";
import { neighbour } from "./keys";
import type { Look } from "./memory";
import { makeTooltip } from "./tooltip";

export interface StageEvents {
  onSelect(layerId: string | null): void;
  /** The graph was drawn anew. */
  onDraw(): void;
  /** Something moved, opened or closed. */
  onLook(): void;
}

/** The graph on the screen: what is open, selected and focused, and where one looks. */
export interface Stage {
  element: HTMLElement;
  camera: Camera;
  scene(): Scene | null;
  look(): Omit<Look, "model">;
  /** Shows a report. With `look` null, groups that hold a mark are opened and the first mark is brought into sight. */
  show(report: Report, look: Omit<Look, "model"> | null): Promise<void>;
  /** Shows another report of the same model: what is open stays open. */
  update(report: Report): Promise<void>;
  /** Selects a layer, opens the groups around it and brings it into sight. */
  reveal(layerId: string, options?: { focus?: boolean; center?: boolean }): Promise<void>;
  select(layerId: string | null): void;
  openAll(): Promise<void>;
  closeAll(): Promise<void>;
  highlight(layerIds: ReadonlySet<string>): void;
}

const SVG = "http://www.w3.org/2000/svg";

export function makeStage(layoutClient: LayoutClient, events: StageEvents): Stage {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ class: "ls-graph", role: "tree", "aria-label": "Layers" })) svg.setAttribute(name, value);
  const viewport = document.createElementNS(SVG, "g");
  viewport.setAttribute("role", "presentation");
  svg.append(viewport);
  const tooltip = makeTooltip();
  const stage = element("div", { class: "ls-stage" }, svg, tooltip.element);
  const canvas = select<SVGGElement, unknown>(viewport) as Canvas;
  const camera = makeCamera(svg, (transform) => {
    viewport.setAttribute("transform", transform.toString());
    tooltip.hide();
    events.onLook();
  });

  let subject: Subject | null = null;
  let scene: Scene | null = null;
  let open = new Set<string>();
  let selected: string | null = null;
  let focused: string | null = null;
  let highlighted: ReadonlySet<string> = new Set();

  const nodeOf = (id: string | null) => (id === null ? null : svg.querySelector<SVGGElement>(`g.box[data-id="${CSS.escape(id)}"]`));
  const placedOf = (id: string | null) => scene?.boxes.find(({ box }) => box.id === id) ?? null;

  /** Lays out and draws what is open now. The main line keeps its place on the screen, and `anchor` its height. */
  const redraw = async (anchor?: string): Promise<void> => {
    if (subject === null) return;
    const before = anchor === undefined ? null : placedOf(anchor)?.place;
    const oldSpine = scene?.layout.spine;
    const prepared = prepare(subject, open);
    const laidOut = await layoutClient.run(prepared.request);
    if (laidOut === null) return;
    const hadFocus = svg.contains(document.activeElement);
    scene = compose(subject, prepared.boxes, laidOut);
    drawGraph(canvas, scene);
    const after = anchor === undefined ? null : placedOf(anchor)?.place;
    if (oldSpine !== undefined) {
      const { x, y, k } = camera.transform();
      const down = before && after ? (before.y - after.y) * k : 0;
      camera.set({ x: x + (oldSpine - laidOut.spine) * k, y: y + down, k });
    }
    paintState();
    events.onDraw();
    if (hadFocus) nodeOf(focused)?.focus({ preventScroll: true });
    events.onLook();
  };

  /** Classes and attributes that do not come from the report: selection, focus order, matches. */
  const paintState = () => {
    if (placedOf(focused) === null) focused = scene?.boxes[0]?.box.id ?? null;
    const near = new Set([selected, focused]);
    for (const node of svg.querySelectorAll<SVGGElement>("g.box")) {
      const id = node.dataset["id"] ?? "";
      node.setAttribute("tabindex", id === focused ? "0" : "-1");
      node.setAttribute("aria-selected", String(id === selected));
      node.classList.toggle("selected", id === selected);
      node.classList.toggle("match", highlighted.has(id));
    }
    canvas
      .selectAll<SVGPathElement, Scene["routes"][number]>("path.edge")
      .classed("near", (route) =>
        near.has(route.source) && selected !== null
          ? route.source === selected || route.targets.includes(selected)
          : selected !== null && route.targets.includes(selected),
      );
  };

  const focusBox = (placed: PlacedBox | null) => {
    if (placed === null) return;
    focused = placed.box.id;
    paintState();
    camera.reveal(placed.place);
    nodeOf(focused)?.focus({ preventScroll: true });
    showTip(placed);
  };

  const showTip = (placed: PlacedBox) => {
    const node = nodeOf(placed.box.id);
    if (node === null || subject === null) return;
    const body = node.querySelector(".body") ?? node;
    const near = body.getBoundingClientRect();
    const header = placed.box.kind === "frame" ? new DOMRect(near.x, near.y, near.width, 38 * camera.transform().k) : near;
    node.setAttribute("aria-describedby", "ls-tooltip");
    tooltip.show(placed, subject, header, stage.getBoundingClientRect());
  };

  const toggle = (id: string): Promise<void> => {
    if (open.has(id)) open.delete(id);
    else open.add(id);
    focused = id;
    tooltip.hide();
    return redraw(id).then(() => {
      const placed = placedOf(id);
      if (placed) camera.reveal(placed.place);
    });
  };

  const select_ = (id: string | null) => {
    selected = id;
    paintState();
    events.onSelect(id);
    events.onLook();
  };

  const act = (placed: PlacedBox) => {
    focused = placed.box.id;
    if (placed.box.kind === "layer") select_(placed.box.id);
    else void toggle(placed.box.id);
  };

  const boxAt = (event: Event) => placedOf((event.target as Element).closest<SVGGElement>("g.box")?.dataset["id"] ?? null);
  /** A frame answers only at its header: dragging inside it pans. */
  const isOnHeader = (placed: PlacedBox, event: MouseEvent) => {
    if (placed.box.kind !== "frame") return true;
    const top = nodeOf(placed.box.id)?.querySelector(".body")?.getBoundingClientRect().top ?? 0;
    return event.clientY - top < 38 * camera.transform().k;
  };
  svg.addEventListener("click", (event) => {
    const placed = boxAt(event);
    if (placed && isOnHeader(placed, event)) act(placed);
  });
  svg.addEventListener("pointermove", (event) => {
    const placed = event.buttons === 0 ? boxAt(event) : null;
    if (placed && isOnHeader(placed, event)) showTip(placed);
    else tooltip.hide();
  });
  svg.addEventListener("pointerleave", () => tooltip.hide());
  svg.addEventListener("focusin", (event) => {
    const placed = boxAt(event);
    if (placed === null) return;
    if (focused !== placed.box.id) {
      focused = placed.box.id;
      paintState();
    }
    if ((event.target as Element).matches(":focus-visible")) showTip(placed);
  });
  svg.addEventListener("focusout", () => tooltip.hide());
  svg.addEventListener("keydown", (event) => {
    const placed = placedOf(focused);
    if (scene === null || placed === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const isGroup = placed.box.kind !== "layer";
    const opens = event.key === "ArrowRight" && placed.box.kind === "card";
    const closes = event.key === "ArrowLeft" && placed.box.kind === "frame";
    if (event.key === "Escape") tooltip.hide();
    else if (event.key === "Enter" || event.key === " " || opens || closes) {
      event.preventDefault();
      if (isGroup) void toggle(placed.box.id).then(() => focusBox(placedOf(focused)));
      else act(placed);
    } else {
      const next = neighbour(scene, placed, event.key);
      if (next === null) return;
      event.preventDefault();
      focusBox(next);
    }
  });

  const openTo = (id: string) => {
    const visit = (item: Item): boolean => {
      if (item.kind === "layer") return item.id === id;
      const isInside = item.children.some(visit);
      if (isInside) open.add(item.id);
      return isInside || item.id === id;
    };
    return subject?.items.some(visit) ?? false;
  };

  const reveal: Stage["reveal"] = async (layerId, options = {}) => {
    const before = open.size;
    if (!openTo(layerId)) return;
    if (open.size !== before || placedOf(layerId) === null) await redraw();
    const placed = placedOf(layerId);
    if (placed === null) return;
    focused = layerId;
    camera.reveal(placed.place, options.center ?? false);
    select_(layerId);
    if (options.focus) nodeOf(layerId)?.focus({ preventScroll: true });
  };

  return {
    element: stage,
    camera,
    scene: () => scene,
    look: () => ({ open: [...open], selected, camera: { x: camera.transform().x, y: camera.transform().y, k: camera.transform().k } }),
    async show(report, look) {
      subject = subjectOf(report);
      open = new Set(look?.open ?? []);
      selected = look?.selected ?? null;
      const marked = [...subject.marks.keys()];
      if (look === null) for (const id of [...marked, ...smallNested(subject)]) openTo(id);
      await redraw();
      if (scene === null) return;
      if (look?.camera) camera.set(look.camera);
      else camera.home(scene.layout);
      const first = subject.report.failure && subject.marks.has(subject.report.failure.layer) ? subject.report.failure.layer : marked[0];
      const placed = look === null ? placedOf(first ?? null) : null;
      if (placed) {
        focused = placed.box.id;
        selected = placed.box.id;
        if (!camera.isInSight(placed.place)) camera.reveal(placed.place, true);
      }
      paintState();
      events.onSelect(selected);
    },
    async update(report) {
      subject = subjectOf(report);
      for (const id of subject.marks.keys()) openTo(id);
      const anchor = selected ?? focused;
      await redraw(anchor ?? undefined);
      events.onSelect(selected);
    },
    reveal,
    select: select_,
    async openAll() {
      const all = (item: Item): string[] => (item.kind === "layer" ? [] : [item.id, ...item.children.flatMap(all)]);
      open = new Set(subject?.items.flatMap(all) ?? []);
      await redraw(focused ?? undefined);
    },
    async closeAll() {
      open = new Set();
      const holder = subject?.items.find((item) => layersOf(item).includes(focused ?? "") || item.id === focused);
      focused = holder?.id ?? null;
      await redraw();
      if (scene) camera.home(scene.layout);
    },
    highlight(ids) {
      highlighted = ids;
      paintState();
    },
  };
}

/** Networks up to this size are shown with their nested models open. */
const SMALL = 24;

/** A layer of each nested model of a small network: what is nested there is no detail to hide. */
function smallNested({ graph, items }: Subject): string[] {
  if (graph.rows.size > SMALL) return [];
  return items.flatMap((item) => (item.kind === "group" && item.origin === "nested" ? layersOf(item).slice(0, 1) : []));
}
