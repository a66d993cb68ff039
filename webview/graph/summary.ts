import { type LayerReport, type LayerStatus, operationWords, type Report, ROUTINE_KINDS } from "../../src/model";
import type { Group, Item } from "../groups";
import type { FlatGraph } from "./flat";

/** What a closed group tells of its layers. */
export interface GroupSummary {
  layers: number;
  /** What it does in few words, of a scope of a graph: its Keras class or the few operations in it; null elsewhere. */
  what: string | null;
  /** Whether its layers are operations of a graph. */
  isOfOperations: boolean;
  parameters: number;
  /** Inner groups; two or more are drawn as a stack. */
  blocks: number;
  /** How often a nested model is called. */
  calls: number;
  inShape: number[] | null;
  outShape: number[] | null;
  status: LayerStatus;
  /** Layers inside that carry a mark. */
  marks: string[];
}

/** Layers with a broadcast that matters, and the one that failed: what a person must see. */
export function markedLayers(report: Report): Set<string> {
  const marked = new Set(report.broadcasts.filter((one) => !ROUTINE_KINDS.has(one.kind)).map((one) => one.layer));
  for (const row of report.layers) if (row.status === "failed") marked.add(row.id);
  return marked;
}

/** Ids of all layers in an item, in running order. */
export function layersOf(item: Item): string[] {
  return item.kind === "layer" ? [item.id] : item.children.flatMap(layersOf);
}

const WORST: LayerStatus[] = ["failed", "unreached", "unknown", "ok"];

/** Sums up a group. A group is unreached only when nothing in it was reached. */
export function summarize(group: Group, graph: FlatGraph, marked: ReadonlySet<string>): GroupSummary {
  const ids = layersOf(group).filter((id) => graph.rows.has(id));
  const inside = new Set(ids);
  const rows = ids.flatMap((id) => graph.rows.get(id) ?? []);
  const entering = graph.edges.find((edge) => inside.has(edge.to) && !inside.has(edge.from));
  const leaving = graph.edges.findLast((edge) => inside.has(edge.from) && !inside.has(edge.to));
  const last = graph.rows.get(leaving?.from ?? ids.at(-1) ?? "");
  const entrance = rows[0]?.className === "InputLayer" ? (rows[0].output?.[0] ?? null) : null;
  return {
    layers: rows.length,
    what: whatOf(group, rows),
    isOfOperations: rows.every((row) => row.operation !== undefined || row.className === "InputLayer") && rows.length > 0,
    parameters: rows.reduce((sum, row) => sum + row.parameters, 0),
    blocks: group.children.filter((child) => child.kind === "group").length,
    calls: graph.calls.get(group.id) ?? 1,
    inShape: entering?.shape ?? entrance,
    outShape: last?.output?.[0] ?? null,
    status: statusOf(rows),
    marks: ids.filter((id) => marked.has(id)),
  };
}

/** Longest line of operations that a card has room for, in characters; longer ones are only counted. */
const LONGEST = 30;

function whatOf({ origin, className }: Group, rows: readonly LayerReport[]): string | null {
  if (origin !== "scope") return null;
  if (className !== undefined) return className;
  const words = rows
    .slice(0, LONGEST)
    .map((row) => operationWords(row.className, row.operation))
    .join(" + ");
  return words.length > LONGEST ? null : words;
}

function statusOf(rows: readonly LayerReport[]): LayerStatus {
  const found = new Set(rows.map((row) => row.status));
  if (found.has("failed")) return "failed";
  if (found.has("ok")) return "ok";
  return WORST.find((status) => found.has(status)) ?? "ok";
}
