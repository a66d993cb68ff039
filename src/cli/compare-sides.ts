import { isInZoo } from "../formats";
import type { OpenedModel } from "../helper/protocol";
import { type AskedProbe, UserError } from "../model";
import type { Call } from "./commands";
import { probesOf } from "./probes";

/** The two models by name, of which the second may be the first again. */
export interface Models {
  a: string;
  b: string;
}

interface Preset {
  /** The other model, for presets that compare two. */
  other?: (model: string) => string;
  /** The other probe, for presets that compare two of one model. */
  probe?: (probe: AskedProbe) => AskedProbe;
}

/** What people want to see side by side, by name. */
const PRESETS: { readonly [name: string]: Preset } = {
  grayscale: {
    probe: (probe) => ({ ...probe, inputs: Object.fromEntries(Object.entries(probe.inputs).map(([name, shape]) => [name, gray(shape)])) }),
  },
  top: { other: (model) => withOption(model, "include_top", "true") },
  pooling: { other: (model) => withOption(model, "pooling", "avg") },
};

const gray = (shape: readonly number[]): number[] => (shape.length === 4 ? [...shape.slice(0, -1), 1] : shape.slice());

function withOption(model: string, option: string, value: string): string {
  if (model.includes(`${option}=${value}`))
    throw new UserError(`${model} has ${option}=${value} already; leave it out to compare without and with.`);
  return `${model}${model.includes("?") ? "&" : "?"}${option}=${value}`;
}

function presetOf(call: Call): Preset | null {
  const name = call.values["preset"];
  if (name === undefined) return null;
  const preset = Object.hasOwn(PRESETS, String(name)) ? PRESETS[String(name)] : undefined;
  if (!preset) throw new UserError(`--preset ${name} is unknown; it can be ${Object.keys(PRESETS).join(", ")}.`);
  if (preset.other && !isInZoo(call.model)) throw new UserError(`--preset ${name} compares Keras Applications; ${call.model} is none.`);
  if (call.second !== undefined) throw new UserError(`--preset ${name} compares one model; ${call.second} is too much.`);
  return preset;
}

/** Which two models are compared. @throws UserError for a preset that does not fit */
export function comparedModels(call: Call): Models {
  return { a: call.model, b: presetOf(call)?.other?.(call.model) ?? call.second ?? call.model };
}

/** The probes of the two sides: one each, or one for both. @throws UserError where they are too many or too few */
export function comparedProbes(call: Call, a: OpenedModel["inputs"], b: OpenedModel["inputs"]): [AskedProbe, AskedProbe] {
  const given = [call.values["input"] ?? []].flat().length;
  const preset = presetOf(call);
  const isOneModel = call.second === undefined && !preset?.other;
  if (given > 2) throw new UserError(`compare takes two --input; ${given} are given.`);
  if (isOneModel && !preset && given < 2)
    throw new UserError(`compare needs two of something: two --input, a second model, or a --preset (${Object.keys(PRESETS).join(", ")}).`);
  if (preset && given > 1) throw new UserError("compare takes one --input with a preset, which makes the other.");
  const [ofA, ofB] = [probesOf(call, a), probesOf(call, b)];
  const first = ofA[0] as AskedProbe;
  if (preset?.probe) return [first, preset.probe(first)];
  return [first, (ofB[1] ?? ofB[0]) as AskedProbe];
}
