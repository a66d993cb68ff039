import type { Edit } from "./edit";
import type { AskedPreprocessing } from "./image";
import type { EngineName, ProbeMode } from "./report";

/** What the user asks: a tensor per input, a mode, an engine. */
export interface Probe {
  /** Per input name the shape of the tensor, batch first; an input that is left out gets its default (`defaultInputs`). */
  inputs: { [name: string]: number[] };
  mode: ProbeMode;
  engine: EngineName;
  /** `zeros`, `ones`, `ramp`, `random:SEED` or `image:PATH`. */
  fill: string;
  /** What is done to the pixels of an image; `auto` where it is left out. */
  preprocess?: AskedPreprocessing;
  /** What is done to the model first. */
  edit?: Edit;
}

/** A probe whose engine is left to the machine: `auto` is `native` where that loads, else `wasm`. */
export type AskedProbe = Omit<Probe, "engine"> & { engine: EngineName | "auto" };

/** Largest size of an axis and largest number of elements of an input that a probe may have. */
export const PROBE_LIMITS = { axis: 2 ** 24, elements: 2 ** 31 - 1 } as const;

/** Whether a text is one of the fills. */
export const isFill = (text: string): boolean => /^(zeros|ones|ramp|random:\d+|image:.+)$/s.test(text);

/** The same probe where it runs on numbers: zeros tell nothing there. */
export function onNumbers(probe: AskedProbe): AskedProbe {
  return probe.engine === "shapes" ? { ...probe, engine: "auto", fill: probe.fill === "zeros" ? "ramp" : probe.fill } : probe;
}
