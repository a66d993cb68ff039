import { t } from "@vscode/l10n";
import { select } from "d3";
import type { Report } from "../../src/model";
import { type Canvas, drawGraph } from "../draw/graph";
import { compose, type PlacedBox, prepare, type Scene, type Subject, subjectOf } from "../draw/scene";
import { type Density, METRICS, ROOMY, TIGHT } from "../graph/metrics";
import type { LayoutClient } from "../layout/client";
import type { Layout } from "../layout/types";
import { type Camera, makeCamera } from "./camera";
import { element } from "./dom";
import { makeHeads } from "./heads";
import { neighbour } from "./keys";
import type { Look } from "./memory";
import { allGroups, groupsAround, openAtFirst } from "./open";
import { paintAttention, paintEdges } from "./paint";
import type { PictureBook } from "./pictures";
import { listenTo } from "./stage-input";
import { makeTooltip } from "./tooltip";

export interface StageEvents {
  onSelect(layerId: string | null): void;
  /** The graph was drawn anew. */
  onDraw(): void;
  /** Something moved, opened or closed. */
  onLook(): void;
}

/** Stages narrower than this are those of a side bar, pixels. */
const NARROW = 400;
const SVG = "http://www.w3.org/2000/svg";

/** The graph on the screen: what is open, selected and focused, and where one looks. */
export class Stage {
  readonly element: HTMLElement;
  readonly camera: Camera;
  private readonly svg = document.createElementNS(SVG, "svg");
  private readonly viewport = document.createElementNS(SVG, "g");
  private readonly canvas = select<SVGGElement, unknown>(this.viewport) as Canvas;
  private readonly tooltip;
  private readonly heads = makeHeads();
  private density = ROOMY;
  private subject: Subject | null = null;
  private drawn: Scene | null = null;
  private open = new Set<string>();
  private selected: string | null = null;
  private focused: string | null = null;
  /** The box that the tooltip is about. */
  private hovered: string | null = null;
  private matches: ReadonlySet<string> = new Set();
  private pointedOut: ReadonlySet<string> = new Set();

  constructor(
    private readonly layoutClient: LayoutClient,
    private readonly events: StageEvents,
    book: PictureBook,
  ) {
    this.tooltip = makeTooltip(book);
    for (const [name, value] of Object.entries({ class: "ls-graph", role: "tree", "aria-label": t("Layers") }))
      this.svg.setAttribute(name, value);
    this.viewport.setAttribute("role", "presentation");
    this.svg.append(this.viewport);
    this.element = element("div", { class: "ls-stage" }, this.svg, this.tooltip.element);
    this.camera = makeCamera(this.svg, (transform) => {
      this.viewport.setAttribute("transform", transform.toString());
      this.heads.follow(-transform.x / transform.k);
      this.tooltip.hide();
      this.events.onLook();
    });
    this.listen();
    new ResizeObserver(() => void this.fitDensity()).observe(this.element);
  }

  scene(): Scene | null {
    return this.drawn;
  }

  look(): Omit<Look, "model"> {
    const { x, y, k } = this.camera.transform();
    return { open: [...this.open], selected: this.selected, camera: { x, y, k } };
  }

  /** Shows a report. With `look` null, groups that hold a mark are opened and the first mark is brought into sight. */
  async show(report: Report, look: Omit<Look, "model"> | null): Promise<void> {
    this.subject = subjectOf(report);
    this.open = look ? new Set(look.open) : openAtFirst(this.subject);
    this.selected = look?.selected ?? null;
    await this.redraw();
    if (this.drawn === null) return;
    if (look?.camera) this.camera.set(look.camera);
    else this.camera.home(this.drawn.layout);
    if (look === null) this.lookAtFirstMark(report);
    this.paint();
    this.events.onSelect(this.selected);
  }

  /** Shows another report of the same model: what is open stays open, and groups that now hold a mark are opened. */
  async update(report: Report): Promise<void> {
    this.subject = subjectOf(report);
    for (const id of openAtFirst(this.subject)) this.open.add(id);
    await this.redraw(this.selected ?? this.focused);
    this.events.onSelect(this.selected);
  }

  /** Selects a layer, opens the groups around it and brings it into sight. */
  async reveal(layerId: string, options: { focus?: boolean; center?: boolean } = {}): Promise<void> {
    const around = this.subject ? groupsAround(this.subject.items, layerId) : null;
    if (around === null) return;
    if (around.some((id) => !this.open.has(id))) {
      for (const id of around) this.open.add(id);
      await this.redraw();
    }
    const placed = this.placedOf(layerId);
    if (placed === null) return;
    this.focused = layerId;
    this.camera.reveal(placed.place, options.center ?? false);
    this.select(layerId);
    if (options.focus) this.nodeOf(layerId)?.focus({ preventScroll: true });
  }

  /** Opens the groups around layers and brings the first into sight; what is selected stays so. */
  async bringIntoSight(layerIds: readonly string[]): Promise<void> {
    const around = layerIds.flatMap((id) => groupsAround(this.subject?.items ?? [], id) ?? []);
    if (around.some((id) => !this.open.has(id))) {
      for (const id of around) this.open.add(id);
      await this.redraw();
    }
    const placed = this.placedOf(layerIds[0] ?? null);
    if (placed === null) return;
    this.focused = placed.box.id;
    this.paint();
    this.camera.reveal(placed.place, true);
  }

  select(layerId: string | null): void {
    this.selected = layerId;
    this.paint();
    this.events.onSelect(layerId);
    this.events.onLook();
  }

  async openAll(): Promise<void> {
    this.open = new Set(allGroups(this.subject?.items ?? []));
    await this.redraw(this.focused);
    if (this.drawn) this.camera.fitWidth(this.drawn.layout);
  }

  async closeAll(): Promise<void> {
    const around = groupsAround(this.subject?.items ?? [], this.focused ?? "");
    this.focused = around?.[0] ?? this.focused;
    this.open = new Set();
    await this.redraw();
    if (this.drawn) this.camera.home(this.drawn.layout);
  }

  /** Underlines these layers, as found. */
  highlight(layerIds: ReadonlySet<string>): void {
    this.matches = layerIds;
    this.paint();
  }

  /** Underlines these layers, as spoken of. */
  pointOut(layerIds: ReadonlySet<string>): void {
    this.pointedOut = layerIds;
    this.paint();
  }

  /** Puts the keyboard back onto the graph. */
  focus(): void {
    this.nodeOf(this.focused)?.focus({ preventScroll: true });
  }

  private placedOf(id: string | null): PlacedBox | null {
    return this.drawn?.boxes.find(({ box }) => box.id === id) ?? null;
  }

  private nodeOf(id: string | null): SVGGElement | null {
    return id === null ? null : this.svg.querySelector<SVGGElement>(`g.box[data-id="${CSS.escape(id)}"]`);
  }

  /** Lays out and draws what is open now. The main line keeps its place on the screen, and `anchor` its height. */
  private async redraw(anchor: string | null = null): Promise<void> {
    if (this.subject === null) return;
    const before = this.placedOf(anchor);
    const oldSpine = this.drawn?.layout.spine;
    this.density = this.densityNow();
    const { boxes, request } = prepare(this.subject, this.open, this.density);
    const layout = await this.layoutClient.run(request);
    if (layout === null) return;
    const hadFocus = this.svg.contains(document.activeElement);
    this.drawn = compose(this.subject, boxes, layout);
    drawGraph(this.canvas, this.drawn);
    this.heads.refresh(this.svg, this.drawn);
    this.heads.follow(-this.camera.transform().x / this.camera.transform().k);
    if (oldSpine !== undefined) this.holdStill(oldSpine, layout, before, this.placedOf(anchor));
    this.paint();
    this.events.onDraw();
    if (hadFocus) this.focus();
    this.events.onLook();
  }

  private densityNow(): Density {
    const { clientWidth } = this.element;
    return clientWidth > 0 && clientWidth < NARROW ? TIGHT : ROOMY;
  }

  /** Draws anew when the stage has become so narrow or so wide that boxes are measured otherwise. */
  private async fitDensity(): Promise<void> {
    if (this.drawn === null || this.densityNow() === this.density) return;
    await this.redraw(this.selected ?? this.focused);
    if (this.drawn) this.camera.fitWidth(this.drawn.layout);
  }

  private holdStill(oldSpine: number, { spine }: Layout, before: PlacedBox | null, after: PlacedBox | null): void {
    const { x, y, k } = this.camera.transform();
    const down = before && after ? (before.place.y - after.place.y) * k : 0;
    this.camera.set({ x: x + (oldSpine - spine) * k, y: y + down, k });
  }

  private lookAtFirstMark({ failure }: Report): void {
    const marks = this.subject?.marks ?? new Map<string, unknown>();
    const placed = this.placedOf(failure && marks.has(failure.layer) ? failure.layer : ([...marks.keys()][0] ?? null));
    if (placed === null) return;
    this.focused = placed.box.id;
    this.selected = placed.box.id;
    if (!this.camera.isInSight(placed.place)) this.camera.reveal(placed.place, true);
  }

  private paint(): void {
    if (this.placedOf(this.focused) === null) this.focused = this.drawn?.boxes[0]?.box.id ?? null;
    paintAttention(this.svg, { selected: this.selected, focused: this.focused, matches: new Set([...this.matches, ...this.pointedOut]) });
    paintEdges(this.canvas, [this.selected, this.hovered]);
  }

  private moveFocus(placed: PlacedBox): void {
    this.focused = placed.box.id;
    this.paint();
    this.camera.reveal(placed.place);
    this.focus();
    this.showTip(placed);
  }

  private showTip(placed: PlacedBox): void {
    const node = this.nodeOf(placed.box.id);
    if (node === null || this.subject === null) return;
    const body = (node.querySelector(".body") ?? node).getBoundingClientRect();
    const isFrame = placed.box.kind === "frame";
    const near = isFrame ? new DOMRect(body.x, body.y, body.width, METRICS.frameHeader * this.camera.transform().k) : body;
    node.setAttribute("aria-describedby", this.tooltip.element.id);
    this.tooltip.show(placed, this.subject, near, this.element.getBoundingClientRect());
    this.hover(placed.box.id);
  }

  private hideTip(): void {
    this.tooltip.hide();
    this.hover(null);
  }

  private hover(id: string | null): void {
    if (this.hovered === id) return;
    this.hovered = id;
    paintEdges(this.canvas, [this.selected, id]);
  }

  private async toggle(id: string): Promise<void> {
    if (!this.open.delete(id)) this.open.add(id);
    this.tooltip.hide();
    await this.redraw(id);
    const placed = this.placedOf(id);
    if (placed === null || this.drawn === null) return;
    const isTooWide = placed.place.width * this.camera.transform().k > this.element.clientWidth;
    if (isTooWide) this.camera.fitWidth(this.drawn.layout);
    this.camera.reveal(placed.place);
  }

  private listen(): void {
    listenTo(this.svg, {
      placedOf: (id) => this.placedOf(id),
      bodyOf: (id) => this.nodeOf(id)?.querySelector(".body") ?? null,
      scale: () => this.camera.transform().k,
      focusedBox: () => this.placedOf(this.focused),
      act: async ({ box }) => {
        this.focused = box.id;
        if (box.kind === "layer") this.select(box.id);
        else await this.toggle(box.id);
      },
      step: (key) => {
        const from = this.placedOf(this.focused);
        const next = from && this.drawn ? neighbour(this.drawn, from, key) : null;
        if (next) this.moveFocus(next);
        return next !== null;
      },
      stay: () => {
        const placed = this.placedOf(this.focused);
        if (placed) this.moveFocus(placed);
      },
      noteFocus: ({ box }) => {
        if (this.focused === box.id) return;
        this.focused = box.id;
        this.paint();
      },
      showTip: (placed) => this.showTip(placed),
      hideTip: () => this.hideTip(),
    });
  }
}
