import type { LayerInput, LayerReport } from "../model";
import { departureBehind } from "./departures";
import type { Rows } from "./rows";
import type { Happening } from "./run";

/** Layers that turn positions into numbers: a Dense that refuses what a Flatten gave is the Flatten's doing. */
const TIES_SIZE = new Set(["Flatten", "Reshape"]);

/** The layer to look at where a failure shows at another; null where it is the failing one itself, or where none can be told. */
export function causeOf({ inputs }: Happening, rows: Rows): string | null {
  const [first] = inputs;
  if (!first) return null;
  const departed = inputs.map((input) => departureBehind(input, rows)).find((id) => id !== null);
  if (departed) return departed;
  return inputs.length === 1 ? tyingLayer(first, rows) : partingLayer(inputs, rows);
}

/** Up the chain, past layers that leave the shape as it is. */
function tyingLayer(input: LayerInput, rows: Rows): string | null {
  for (let row = rows.of(input.layer); ; ) {
    if (TIES_SIZE.has(row.className)) return row.id;
    const [only, ...others] = row.inputs;
    const isUnchanged = only?.shape && others.length === 0 && String(only.shape) === String(row.output?.[0]);
    if (!isUnchanged) return null;
    row = rows.of(only.layer);
  }
}

/**
 * Of branches that no longer fit together, the layer that lost a rest: a pool that makes 4 of 9, which doubling makes 8 of.
 * Sought between the failing layer and where the branches last were one.
 */
function partingLayer(inputs: LayerInput[], rows: Rows): string | null {
  const ways = inputs.map((input) => chainAbove(input, rows));
  const [first = []] = ways;
  const shared = first.find((row) => ways.every((way) => way.includes(row)));
  if (!shared) return null;
  for (const way of ways) {
    const own = way.slice(0, way.indexOf(shared)).reverse();
    const lossy = own.find(losesRest);
    if (lossy) return lossy.id;
  }
  return null;
}

/** The layers above a tensor, nearest first, along the first input that carries each on. */
function chainAbove(input: LayerInput, rows: Rows): LayerReport[] {
  const chain: LayerReport[] = [];
  for (let next: LayerInput | undefined = input; next; ) {
    const row = rows.of(next.layer);
    chain.push(row);
    next = row.inputs[0];
  }
  return chain;
}

/** Whether a layer with a stride made a size smaller without dividing it; what a window takes off the border is no rest. */
function losesRest({ inputs, output }: LayerReport): boolean {
  const from = inputs[0]?.shape;
  const to = output?.[0];
  if (!from || !to || from.length !== to.length || inputs.length !== 1) return false;
  return to.slice(1, -1).some((size, index) => {
    const before = from[index + 1] as number;
    return before >= size * 1.5 && before % size !== 0;
  });
}
