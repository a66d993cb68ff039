import type { EngineName, ProbeMode } from "./report";

/** What the user asks: a tensor per input, a mode, an engine. */
export interface Probe {
  /** Per input name the shape of the tensor, batch first; an input that is left out gets its default (`defaultInputs`). */
  inputs: { [name: string]: number[] };
  mode: ProbeMode;
  engine: EngineName;
  /** `zeros`, `ones`, `ramp` or `random:SEED`. */
  fill: string;
}

/** A probe whose engine is left to the machine: `auto` is `native` where that loads, else `wasm`. */
export type AskedProbe = Omit<Probe, "engine"> & { engine: EngineName | "auto" };

/** Largest size of an axis and largest number of elements of an input that a probe may have. */
export const PROBE_LIMITS = { axis: 2 ** 24, elements: 2 ** 31 - 1 } as const;
