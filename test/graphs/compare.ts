import { type Report, sameShape } from "../../src/model";
import type { TfjsAnswer } from "./golden";
import { type OpenedGraph, Ours } from "./ours";

export interface Comparison {
  /** How many nodes of theirs were compared with ours, those that we fold included. */
  compared: number;
  /** Ours that are unknown. */
  unknown: string[];
  /** In what they differ, a line each. */
  differing: string[];
}

/** Each node's shapes of ours against tfjs's own, both ways; where a probe fails, of those nodes that ran in both. `nodes`: the names of theirs. */
export function compareNodes(graph: OpenedGraph, report: Report, nodes: readonly string[], tfjs: TfjsAnswer): Comparison {
  const found: Comparison = { compared: 0, unknown: [], differing: [] };
  const [ourEnd, theirEnd] = [report.failure?.message ?? null, tfjs.error];
  // Where nobody knows a shape nobody knows that it does not fit either.
  const isUnknown = report.layers.some(({ status }) => status === "unknown");
  if (ourEnd === null ? theirEnd !== null && !isUnknown : theirEnd === null)
    found.differing.push(`ours ${inWords(ourEnd)}, tfjs ${inWords(theirEnd)}`);
  const ours = new Ours(graph, report);
  nodes.forEach((name, index) => {
    const theirs = tfjs.gave[index] ?? null;
    const held = ours.at(name);
    if (typeof held === "string") found.differing.push(`${name}: ${held}`);
    else if (theirs === null && theirEnd === null && ours.isChosen(name)) return;
    else if (held.status === "unknown") found.unknown.push(name);
    else if (held.status !== "ok" && theirEnd === null) found.differing.push(`${name}: ${held.status}, in tfjs it runs`);
    else if (held.status === "ok" && theirs === null && theirEnd === null)
      found.differing.push(`${name}: ${lineOf(held.shapes)} ours, nothing tfjs's`);
    else if (held.status === "ok" && theirs && !isSame(held.shapes, theirs))
      found.differing.push(`${name}: ${lineOf(held.shapes)} ours, ${lineOf(theirs)} tfjs's`);
    else if (held.status === "ok" && theirs) found.compared++;
  });
  found.differing.push(...ours.surplus(new Set(nodes)).map((id) => `${id}: not in tfjs's`));
  return found;
}

const inWords = (end: string | null): string => (end === null ? "runs" : `fails: ${end}`);
const lineOf = (shapes: readonly (number[] | null)[]): string => shapes.map((shape) => (shape ? `(${shape.join(", ")})` : "-")).join(" ");

/** Of what a choice does not let through nobody can see the shape; tfjs leaves out outputs that only gradients want, and how many boxes there are. */
const isSame = (ours: readonly number[][], theirs: readonly (number[] | null)[]): boolean =>
  ours.length >= theirs.length && theirs.every((shape, index) => shape === null || sameShape(shape, ours[index] ?? []));
