import type { LayerReport } from "../model";
import type { Step } from "./prepared";

/** Layers that only hand the blame on: a Dense that refuses what a Flatten gave is the Flatten's doing. */
const HANDS_ON = new Set(["Flatten", "Reshape"]);

/** The layer to look at where a failure shows at another; null where it is the failing one itself. */
export function causeOf({ sources, layer }: Step, rows: LayerReport[]): string | null {
  if (sources.length !== 1) return null;
  const prefix = layer.layer.id.slice(0, layer.layer.id.length - layer.layer.name.length);
  const before = rows.find(({ id }) => id === prefix + sources[0]?.ref.layer);
  return before && HANDS_ON.has(before.className) ? before.id : null;
}
