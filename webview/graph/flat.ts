import type { LayerReport, Report } from "../../src/model";
import { parentOf } from "../groups";

/** A tensor on its way from one layer to another; both ends are ids of layers that are not nested models. */
export interface Edge {
  from: string;
  to: string;
  shape: number[] | null;
}

/** All layers that do work themselves, and what flows between them: nested models are looked through. */
export interface FlatGraph {
  rows: Map<string, LayerReport>;
  edges: Edge[];
  /** How often shared layers and nested models are called; only those called more than once by themselves. */
  calls: Map<string, number>;
}

/** Resolves both ends of every connection to the layers inside nested models. Edges of further calls are included once. */
export function flatten(report: Report): FlatGraph {
  const all = new Map(report.layers.map((row) => [row.id, row]));
  const nestedIds = new Set(report.layers.filter((row) => row.nested).map((row) => row.id));
  const children = new Map<string, LayerReport[]>();
  for (const row of report.layers) {
    const parent = parentOf(row.id, nestedIds);
    const siblings = children.get(parent);
    if (siblings) siblings.push(row);
    else children.set(parent, [row]);
  }
  const isContainer = (id: string) => nestedIds.has(id) && (children.get(id)?.length ?? 0) > 0;
  const makerOf = (id: string, output: number): string => {
    const nested = all.get(id)?.nested;
    const inner = nested?.outputs[output] ?? nested?.outputs[0];
    return isContainer(id) && inner !== undefined && inner !== id ? makerOf(inner, 0) : id;
  };
  const takersOf = (id: string, argument: number): string => {
    if (!isContainer(id)) return id;
    const doors = (children.get(id) ?? []).filter((row) => row.className === "InputLayer");
    const door = doors[argument] ?? doors[0] ?? children.get(id)?.[0];
    return door === undefined ? id : takersOf(door.id, 0);
  };

  const edges = new Map<string, Edge>();
  for (const row of report.layers) {
    for (const inputs of [row.inputs, ...(row.furtherCalls ?? []).map((call) => call.inputs)]) {
      for (const [argument, input] of inputs.entries()) {
        if (!all.has(input.layer)) continue;
        const edge = { from: makerOf(input.layer, input.output), to: takersOf(row.id, argument), shape: input.shape };
        const key = `${edge.from}\n${edge.to}`;
        if (edge.from !== edge.to && !edges.has(key)) edges.set(key, edge);
      }
    }
  }
  const rows = new Map(report.layers.filter((row) => !isContainer(row.id)).map((row) => [row.id, row]));
  const shared = report.layers.filter((row) => (row.furtherCalls?.length ?? 0) > 0);
  // What a shared nested model holds is called as often as the model itself: it is said once.
  const once = shared.filter((row) => !shared.some(({ id }) => row.id.startsWith(`${id}/`)));
  const calls = new Map(once.map((row) => [row.id, 1 + (row.furtherCalls?.length ?? 0)]));
  return { rows, edges: [...edges.values()], calls };
}
