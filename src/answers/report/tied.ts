import { flattenBefore, type LayerReport, type Report } from "../../model";

/** A layer that takes one number of values only, and the Flatten whose count of them goes with the size of the input. */
export interface Tied {
  flatten: LayerReport;
  /** What the Flatten was given, batch first. */
  from: number[];
  /** What it made of it, for each sample. */
  count: number;
  reader: LayerReport;
  /** How many values that one was built for. */
  wanted: number;
}

/** Where a layer cannot run for what a Flatten gave; null where that is not why. */
export function tiedSize(report: Report): Tied | null {
  const reader = report.layers.find(({ status, nested }) => status === "failed" && !nested);
  const wanted = reader?.weights.find(({ name, shape }) => name === "kernel" && shape.length === 2)?.shape[0];
  const flatten = reader && flattenBefore(report, reader);
  const [from] = flatten?.inputs ?? [];
  const count = flatten?.output?.[0]?.[1];
  return reader && flatten && from?.shape && wanted !== undefined && count !== undefined && count !== wanted
    ? { flatten, from: from.shape, count, reader, wanted }
    : null;
}
