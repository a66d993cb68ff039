import type { LayerReport, Report } from "../../src/model";

/** A layer of a report made by hand: shape 1×8×8×4, fed by `from`. */
export function layer(id: string, from: readonly string[] = [], rest: Partial<LayerReport> = {}): LayerReport {
  return {
    id,
    className: from.length === 0 ? "InputLayer" : "Conv2D",
    status: "ok",
    declared: [[null, null, null, 4]],
    output: [[1, 8, 8, 4]],
    parameters: 0,
    inputs: from.map((source) => ({ layer: source, call: 0, output: 0, shape: [1, 8, 8, 4] })),
    weights: [],
    ...rest,
  };
}

export function report(layers: LayerReport[], rest: Partial<Report> = {}): Report {
  return {
    schema: 1,
    model: { name: "small", format: "keras-json", producer: null, layers: layers.length, parameters: 0, inputs: [] },
    probe: { inputs: {}, mode: "feed", engine: "shapes", fill: "zeros" },
    gates: [],
    layers,
    broadcasts: [],
    misfits: [],
    failure: null,
    outputs: [],
    ...rest,
  };
}

/** Small seeded generator (mulberry32), so that chance is the same in every run. @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
