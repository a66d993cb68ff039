import type { LayerReport, Report } from "../../src/model";

/** Rows that are unknown although all that they read is known, inside loops too. */
export function unknownFirst({ layers }: Report): LayerReport[] {
  const unknown = new Set(layers.filter(({ status }) => status === "unknown").map(({ id }) => id));
  const isAround = (id: string): boolean => layers.some((row) => unknown.has(row.id) && row.id.startsWith(`${id}/`));
  return layers.filter(
    ({ id, inputs, nested }) => unknown.has(id) && !inputs.some(({ layer }) => unknown.has(layer)) && !(nested && isAround(id)),
  );
}
