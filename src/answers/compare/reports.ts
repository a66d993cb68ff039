import { type Broadcast, isPadding, type LayerReport, type Report } from "../../model";
import { alignLayers, type Pair } from "./align";

/** Two reports side by side, as programs get them. Shapes are batch first. */
export interface Comparison {
  /** The first layer, in running order, whose outputs differ or that only one of the two has; between a graph and layers one that changes a shape. Null where none does. */
  first_difference: string | null;
  /** Of each layer what it gave, null where it was not reached or is not there. `b_id`: its id in the second where that is another. `differs`: whether it counts as a difference. */
  layers: { id: string; a: number[][] | null; b: number[][] | null; b_id?: string; differs: boolean }[];
  /** Those that the other did not have, or of another kind. */
  broadcasts: { only_a: Broadcast[]; only_b: Broadcast[] };
  /** The layer from which on all is the same again; null where nothing differs, or where they end apart. */
  same_again: string | null;
  failures: { a: Report["failure"]; b: Report["failure"] };
}

/** Where two reports part, of one model or of two. */
export function compareReports(a: Report, b: Report): Comparison {
  const pairs = alignLayers(a, b);
  // A graph folds into one operation what Keras does in several layers, and the other way round.
  const isMixed = isGraph(a) !== isGraph(b);
  const differs = pairs.map((pair) => differ(pair, isMixed));
  const first = differs.indexOf(true);
  const again = first < 0 ? undefined : pairs[differs.lastIndexOf(true) + 1];
  const idInB = new Map(pairs.flatMap((pair) => (pair.a && pair.b ? [[pair.a.id, pair.b.id]] : [])));
  const keysOf = (report: Report, rename: (id: string) => string) => report.broadcasts.map((each) => keyOf(each, rename(each.layer)));
  const [keysA, keysB] = [keysOf(a, (id) => idInB.get(id) ?? `${id} of a`), keysOf(b, (id) => id)];
  return {
    first_difference: first < 0 ? null : idOf(pairs[first] as Pair),
    layers: pairs.map((pair, index) => rowOfPair(pair, differs[index] as boolean)),
    broadcasts: { only_a: withoutThose(a.broadcasts, keysA, keysB), only_b: withoutThose(b.broadcasts, keysB, keysA) },
    same_again: again ? idOf(again) : null,
    failures: { a: a.failure, b: b.failure },
  };
}

const idOf = (pair: Pair): string => (pair.a ?? (pair.b as LayerReport)).id;

function rowOfPair({ a, b }: Pair, differs: boolean): Comparison["layers"][number] {
  const id = (a ?? (b as LayerReport)).id;
  return { id, a: a?.output ?? null, b: b?.output ?? null, ...(a && b && a.id !== b.id ? { b_id: b.id } : {}), differs };
}

const isGraph = ({ layers }: Report): boolean => layers.some(({ operation }) => operation !== undefined);

/**
 * Whether two layers that stand for each other gave the same. An operation may give more beside it, which the layer keeps to itself
 * (what a fused batch normalization gives to its gradient).
 */
function sameOutputs(a: number[][] | null, b: number[][] | null): boolean {
  if (!a || !b) return a === b;
  const count = Math.min(a.length, b.length);
  return JSON.stringify(a.slice(0, count)) === JSON.stringify(b.slice(0, count));
}

/**
 * A layer that stands alone differs; between a graph and layers only where it changes a shape, as it may be folded into its neighbour: so is
 * a border, in the padding of the convolution behind it.
 */
function differ({ a, b }: Pair, isMixed: boolean): boolean {
  if (a && b) return !sameOutputs(a.output, b.output);
  if (!isMixed) return true;
  const alone = a ?? (b as LayerReport);
  const [output] = alone.output ?? [];
  return !isPadding(alone) && output !== undefined && JSON.stringify(output) !== JSON.stringify(alone.inputs[0]?.shape);
}

/** What makes a broadcast the same in two probes whose sizes differ. */
function keyOf({ operation, kind, operands }: Broadcast, layer: string): string {
  return JSON.stringify([layer, operation, kind, operands.map(({ role, stretched }) => [role, stretched])]);
}

function withoutThose(broadcasts: readonly Broadcast[], keys: readonly string[], others: readonly string[]): Broadcast[] {
  const known = new Set(others);
  return broadcasts.filter((_, index) => !known.has(keys[index] as string));
}
