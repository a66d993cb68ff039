import { allows, type LayerInput, type LayerReport, type Shape } from "../model";
import type { Rows } from "./rows";

/**
 * Marks the layers at which actual and declared shapes part (`departs`): where they first do, not all that follows from it. An input that is
 * fed another size than it declares is the probe's choice and no departure, nor is what comes of it.
 */
export function markDepartures(rows: Rows): void {
  for (const row of rows.list) if (departs(row, rows)) row.departs = true;
}

function departs(row: LayerReport, rows: Rows): boolean {
  if (row.status !== "ok" || row.className === "InputLayer" || row.nested) return false;
  return !isAsDeclared(row.output, row.declared) && row.inputs.every((input) => fitsItsSource(input, rows));
}

/** The layer, marked before, that a tensor's departure from its declared shape comes from; null where it does not depart, or the probe's own shape does. */
export function departureBehind(input: LayerInput, rows: Rows): string | null {
  for (let next: LayerInput | undefined = input; next && !fitsItsSource(next, rows); ) {
    const row = rows.of(next.layer);
    if (row.departs) return row.id;
    next = row.inputs.find((each) => !fitsItsSource(each, rows));
  }
  return null;
}

const isAsDeclared = (output: number[][] | null, declared: Shape[] | null): boolean =>
  !output || output.every((shape, index) => allows(declared?.[index], shape));

/** Whether a tensor has a shape that the layer it comes from declares. Only a layer's first call is declared in a report. */
function fitsItsSource({ layer, call, output, shape }: LayerInput, rows: Rows): boolean {
  return !shape || call > 0 || allows(rows.of(layer).declared?.[output], shape);
}
