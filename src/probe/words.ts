import { ShapeError } from "../engines";

/** Why a layer could not run, from what its code threw: one clause, without the name of the layer. */
export function inWords(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ShapeError) return message;
  // tfjs's own checks begin with the name of its function.
  return message
    .replace(/^Error in [\w.]+: /, "")
    .replace(/\s+/g, " ")
    .trim();
}
