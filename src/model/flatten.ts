import type { LayerReport, Report } from "./report";

/** The Flatten that a layer reads from, past layers that leave the shape as it is; null where there is none. */
export function flattenBefore({ layers }: Pick<Report, "layers">, reader: LayerReport): LayerReport | null {
  const rows = new Map(layers.map((row) => [row.id, row]));
  for (let row: LayerReport | undefined = reader; row; ) {
    const [only, ...others]: LayerReport["inputs"] = row.inputs;
    const before: LayerReport | undefined = only && others.length === 0 ? rows.get(only.layer) : undefined;
    if (before?.className === "Flatten") return before;
    row = before && String(before.inputs[0]?.shape) === String(before.output?.[0]) ? before : undefined;
  }
  return null;
}
