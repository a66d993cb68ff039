import type { Report } from "../../src/model";
import { type FlatGraph, flatten } from "../graph/flat";
import { type Density, ROOMY } from "../graph/metrics";
import { boxShape, measure, type OperandNote, shortenNames } from "../graph/sizes";
import { type Box, visibleGraph } from "../graph/visible";
import { groups, type Item } from "../groups";
import type { Layout, LayoutRequest, Place, Route } from "../layout/types";
import { badgeWidth } from "./badge";
import { findMarks, type Mark, markOf, operandNotes } from "./marks";

/** What a report is made into once, whatever is open: layers, edges, groups, marks. */
export interface Subject {
  report: Report;
  items: Item[];
  graph: FlatGraph;
  marks: Map<string, Mark>;
  notes: Map<string, OperandNote>;
  /** Layers that the probe put behind the model. */
  appended: ReadonlySet<string>;
}

/** A box in its place. `depth`: number of frames around it. */
export interface PlacedBox {
  box: Box;
  place: Place;
  depth: number;
}

/** Everything that drawing needs. */
export interface Scene {
  subject: Subject;
  /** Frames before what they hold. */
  boxes: PlacedBox[];
  routes: Route[];
  /** Shape at the beginning of a route, by route id. */
  labels: Map<string, string>;
  layout: Layout;
}

export function subjectOf(report: Report): Subject {
  const appended = new Set(report.appended);
  return { report, items: groups(report), graph: flatten(report), marks: findMarks(report), notes: operandNotes(report), appended };
}

/** The passes up to the layout: visible graph, sizes. */
export function prepare(subject: Subject, open: ReadonlySet<string>, density: Density = ROOMY): { boxes: Box[]; request: LayoutRequest } {
  const visible = visibleGraph(subject.report, subject.items, subject.graph, open);
  const boxes = shortenNames(visible.boxes, density);
  const changed = changedShapes(boxes);
  const badgeRoom = (box: Box) => {
    const mark = markOf(box, subject.marks);
    return mark && box.kind !== "frame" ? badgeWidth(mark) + 10 : 0;
  };
  const request = {
    boxes: measure(boxes, subject.notes, badgeRoom, density),
    edges: visible.edges.map(({ from, to }) => ({ from, to, hasLabel: changed.has(from) })),
    margin: density.margin,
    framePadding: density.framePadding,
  };
  return { boxes, request };
}

/** Output shapes, as text, of the boxes whose output differs in shape from what they got. */
function changedShapes(boxes: readonly Box[]): Map<string, string> {
  const changed = new Map<string, string>();
  for (const box of boxes) {
    if (box.kind === "frame") for (const [id, text] of changedShapes(box.children)) changed.set(id, text);
    const [before, after] =
      box.kind === "layer" ? [box.row.inputs[0]?.shape, box.row.output?.[0]] : [box.summary.inShape, box.summary.outShape];
    if (before && after && before.join() !== after.join()) changed.set(box.id, boxShape(after) ?? "");
  }
  return changed;
}

/** Joins boxes and their places. */
export function compose(subject: Subject, boxes: readonly Box[], layout: Layout): Scene {
  const places = new Map(layout.places.map((place) => [place.id, place]));
  const placed: PlacedBox[] = [];
  const visit = (box: Box, depth: number) => {
    const place = places.get(box.id);
    if (place) placed.push({ box, place, depth });
    if (box.kind === "frame") for (const child of box.children) visit(child, depth + 1);
  };
  for (const box of boxes) visit(box, 0);
  return { subject, boxes: placed, routes: layout.routes, labels: edgeLabels(changedShapes(boxes), layout.routes), layout };
}

/** One label for each tensor whose shape is new: on the first stretch that leaves its maker, unless others arrive at the same box, where it would lie on their lines. */
function edgeLabels(changed: ReadonlyMap<string, string>, routes: readonly Route[]): Map<string, string> {
  const labels = new Map<string, string>();
  const done = new Set<string>();
  const sources = new Map<string, Set<string>>();
  for (const { source, targets } of routes) for (const to of targets) sources.set(to, (sources.get(to) ?? new Set()).add(source));
  const isMerge = (id: string) => (sources.get(id)?.size ?? 0) > 1;
  const turnsRight = new Set(routes.filter(({ points }) => (points[2]?.[0] ?? 0) > (points[0]?.[0] ?? 0)).map(({ source }) => source));
  for (const { id, source, targets, leavesSource, isLong } of routes) {
    const text = changed.get(source);
    if (text === undefined || !leavesSource || isLong || done.has(source) || targets.every(isMerge)) continue;
    if (turnsRight.has(source)) continue; // its own branch would run through it
    done.add(source);
    labels.set(id, text);
  }
  return labels;
}
