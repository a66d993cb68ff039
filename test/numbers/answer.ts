import type { Report } from "../../src/model";

/** What real Keras computes with weights by a formula and the fill `ramp`; made by scripts/numbers. */
export interface Answer {
  model: string;
  inputs: number[][];
  layers: [path: string, mean: number, std: number][];
  /** The first 16 numbers of each output. */
  outputs: number[][];
}

/** Relative to the size of the numbers: float32 rounds otherwise where sums are added in another order. */
const TOLERANCE = 1e-4;
const isNear = (ours: number, keras: number, size: number): boolean =>
  Math.abs(ours - keras) <= TOLERANCE * Math.max(Math.abs(keras), size) + 1e-7;

/** In what the numbers of a report are not Keras's. */
export function differencesOf(report: Report, keras: Answer): string[] {
  const rows = new Map(report.layers.map((row) => [row.id, row]));
  const layers = keras.layers.flatMap(([path, mean, std]) => {
    const row = rows.get(path);
    // Which of a shared layer's calls comes first is not the same in all that runs it.
    if (row?.nested || row?.furtherCalls) return [];
    const stats = row?.stats;
    if (!stats) return [`${path}: no numbers`];
    const isEqual = isNear(stats.mean, mean, std) && isNear(stats.std, std, Math.abs(mean));
    return isEqual ? [] : [`${path}: ${stats.mean} ± ${stats.std} ours, ${mean} ± ${std} Keras's`];
  });
  const outputs = keras.outputs.flatMap((numbers, index) => {
    const ours = report.outputs[index]?.values ?? [];
    const size = Math.sqrt(numbers.reduce((sum, value) => sum + value * value, 0) / numbers.length);
    const isEqual = ours.length === numbers.length && numbers.every((value, at) => isNear(ours[at] as number, value, size));
    return isEqual ? [] : [`output ${index}: ${ours} ours, ${numbers} Keras's`];
  });
  return [...layers, ...outputs];
}
