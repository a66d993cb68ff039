import type { Rows } from "./rows";
import type { Happening } from "./run";

/** Layers that only hand the blame on: a Dense that refuses what a Flatten gave is the Flatten's doing. */
const HANDS_ON = new Set(["Flatten", "Reshape"]);

/** The layer to look at where a failure shows at another; null where it is the failing one itself. */
export function causeOf({ inputs }: Happening, rows: Rows): string | null {
  const [input] = inputs;
  if (!input || inputs.length !== 1) return null;
  const before = rows.of(input.layer);
  return HANDS_ON.has(before.className) ? before.id : null;
}
