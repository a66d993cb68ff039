import { isOperationName, type LayerReport, operationWords, type Report } from "../../src/model";
import { type Group, type Item, layerName } from "../groups";
import type { Edge, FlatGraph } from "./flat";
import { type GroupSummary, markedLayers, summarize } from "./summary";

/** What is drawn: a layer, a closed group (card) or an open group (frame) around others. */
export type Box = LayerBox | CardBox | FrameBox;
export interface LayerBox {
  kind: "layer";
  id: string;
  row: LayerReport;
  /** Name within its network, and how many characters of it only repeat the frame's title. */
  name: string;
  prefixLength: number;
  /** Whether the repeated part is left out, as it does not fit for all layers of the frame. */
  isShort: boolean;
  /** What an operation of a graph does, where its name does not say it: `Conv2D + BiasAdd + Relu6`; empty elsewhere. */
  what: string;
  /** How often a shared layer is called; 1 inside a shared nested model, whose frame says it. */
  calls: number;
}
export interface CardBox {
  kind: "card";
  id: string;
  group: Group;
  summary: GroupSummary;
}
export interface FrameBox {
  kind: "frame";
  id: string;
  group: Group;
  summary: GroupSummary;
  children: Box[];
}

/** The graph that one sees: boxes, open groups holding theirs, and edges between boxes without children. */
export interface VisibleGraph {
  boxes: Box[];
  edges: Edge[];
}

/** Applies what is open to the items of a report. Edges inside a closed group vanish; several between two boxes become one. */
export function visibleGraph(report: Report, items: readonly Item[], graph: FlatGraph, open: ReadonlySet<string>): VisibleGraph {
  const marked = markedLayers(report);
  const shownBy = new Map<string, string>();
  const boxOf = (item: Item, frame: Group | null, closed: string | null): Box[] => {
    if (item.kind === "layer") {
      shownBy.set(item.id, closed ?? item.id);
      const row = graph.rows.get(item.id);
      return row === undefined || closed !== null ? [] : [layerBox(row, item.title, frame, graph)];
    }
    const summary = () => summarize(item, graph, marked);
    const isOpen = closed === null && open.has(item.id);
    const children = item.children.flatMap((child) => boxOf(child, item, isOpen ? null : (closed ?? item.id)));
    if (closed !== null) return [];
    if (isOpen) return [{ kind: "frame", id: item.id, group: item, summary: summary(), children }];
    return [{ kind: "card", id: item.id, group: item, summary: summary() }];
  };
  const boxes = items.flatMap((item) => boxOf(item, null, null));
  return { boxes, edges: lift(graph.edges, shownBy) };
}

function layerBox(row: LayerReport, title: string | undefined, frame: Group | null, { calls }: FlatGraph): LayerBox {
  const network = frame?.origin === "nested" ? frame.id : networkOf(frame);
  const name = title ?? layerName(row.id, row.id.startsWith(`${network}/`) ? network : "");
  const prefix = frame?.prefix ?? "";
  const repeats = prefix !== "" && name.startsWith(prefix) && name.length > prefix.length;
  const separator = repeats ? (/^[^A-Za-z0-9]*/.exec(name.slice(prefix.length))?.[0].length ?? 0) : 0;
  return {
    kind: "layer",
    id: row.id,
    row,
    name,
    prefixLength: repeats ? prefix.length + separator : 0,
    isShort: false,
    what:
      row.operation && !(isOperationName(name, row.className) && !row.operation.fused) ? operationWords(row.className, row.operation) : "",
    calls: calls.get(row.id) ?? 1,
  };
}

/** `group:outer/block2` lies in the nested model `outer`. */
function networkOf(frame: Group | null): string {
  if (frame === null) return "";
  const path = frame.id.replace(/^group:/, "");
  return path.endsWith(`/${frame.prefix}`) ? path.slice(0, -frame.prefix.length - 1) : "";
}

function lift(edges: readonly Edge[], shownBy: ReadonlyMap<string, string>): Edge[] {
  const lifted = new Map<string, Edge>();
  for (const edge of edges) {
    const from = shownBy.get(edge.from);
    const to = shownBy.get(edge.to);
    if (from === undefined || to === undefined || from === to) continue;
    const key = `${from}\n${to}`;
    if (!lifted.has(key)) lifted.set(key, { from, to, shape: edge.shape });
  }
  return [...lifted.values()];
}
