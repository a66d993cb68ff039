import type { EngineName, Probe, ProbeMode } from "../../src/model";

/** One row a possibility: what its button says, and what it means. */
export interface Option<V extends string> {
  value: V;
  label: string;
  meaning: string;
}

/** What is chosen besides the shapes of a probe. */
export type Terms = Pick<Probe, "mode" | "engine" | "fill">;

export const MODES: readonly Option<ProbeMode>[] = [
  { value: "feed", label: "Feed", meaning: "Feed: the model as it was built gets this tensor" },
  {
    value: "rebuild",
    label: "Rebuild",
    meaning: "Rebuild: the input is declared anew for this tensor; shows which pretrained weights still fit",
  },
];

/** Names of the engines as the view has them; `meaning` is for those who point at them. */
export const ENGINES: readonly Option<EngineName>[] = [
  { value: "shapes", label: "Shapes", meaning: "Shapes: every shape in milliseconds, without numbers and without weights" },
  { value: "wasm", label: "WebAssembly", meaning: "WebAssembly: real numbers with the model's weights, on any machine" },
  {
    value: "native",
    label: "Native",
    meaning: "Native: real numbers at the speed of TensorFlow, where its native library is set up",
  },
];

export const FILLS: readonly Omit<Option<string>, "meaning">[] = [
  { value: "zeros", label: "Zeros" },
  { value: "ones", label: "Ones" },
  { value: "ramp", label: "Ramp" },
  { value: "random", label: "Random" },
];
/** What the list of fills says when pointed at. */
export const FILL_MEANING =
  "What the tensor holds: zeros, ones, a ramp (0 to 1 in 256 steps, again and again), or random numbers from 0 to 1";

/** Zeros tell nothing of a network: whoever comes from shapes to numbers is given this. */
const FIRST_FILL = "ramp";
/** The same numbers each time. */
const SEED = "1";

/** `random:7` is `random`. */
export const kindOf = (fill: string) => fill.split(":", 1)[0] ?? fill;

/** The terms after another engine was chosen. */
export function withEngine(terms: Terms, engine: EngineName): Terms {
  const isFirst = terms.engine === "shapes" && engine !== "shapes" && terms.fill === "zeros";
  return { ...terms, engine, fill: isFirst ? FIRST_FILL : terms.fill };
}

/** The terms after another fill was chosen. */
export function withFill(terms: Terms, kind: string): Terms {
  if (kind === kindOf(terms.fill)) return terms;
  return { ...terms, fill: kind === "random" ? `random:${SEED}` : kind };
}
