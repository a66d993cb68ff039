import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TriedCall as Tried } from "../../src/answers";
import { zooModel } from "../../src/formats";
import { Trials } from "../../src/helper/arguments";
import type { Report, ZooFacts } from "../../src/model";
import { type PreparedModel, prepareModel, runProbe } from "../../src/probe";
import { type AskedCall, callOf } from "./asked-call";

/** What came of a call under real Keras. `build` is said where it refuses, too: it raises there alike. */
type Outcome = { output: number[]; parameters: number } | { fails: "build" | "weights" | "run"; message?: string };

type TriedCall = AskedCall & { tensor?: number[] };

/** Written by scripts/answers/constructed.py. */
const golden = JSON.parse(readFileSync(join(process.cwd(), "test/answers/constructed.json"), "utf8")) as {
  calls: TriedCall[];
  outcomes: { [generation: string]: { [name: string]: Outcome[] } };
};

/** Models that were asked, with their generation. */
export const CONSTRUCTED: readonly (readonly [name: string, generation: string])[] = Object.entries(golden.outcomes).flatMap(
  ([generation, models]) => Object.keys(models).map((name) => [name, generation] as const),
);

/** Of each call what Keras says, without its words. */
export function theirOutcomes(name: string, generation: string): object[] {
  const said = golden.outcomes[generation]?.[name] ?? [];
  return said.map((each, index) => ({ call: golden.calls[index], ...("fails" in each ? { fails: each.fails } : each) }));
}

/** Of each call what we say. */
export async function ourOutcomes(name: string, generation: string): Promise<object[]> {
  const prepared = prepareModel(zooModel(`${name}?keras=${generation}`));
  const trials = new Trials(prepared, prepared.model.zoo as ZooFacts, {});
  try {
    const ours: object[] = [];
    for (const call of golden.calls) ours.push({ call, ...outcomeOf(await trials.try(callOf(call)), await fedWith(prepared, call)) });
    return ours;
  } finally {
    trials.dispose();
    prepared.dispose();
  }
}

/** What a model that is made without a size gives for a tensor, without its top and with pretrained weights. */
async function fedWith(prepared: PreparedModel, { tensor }: TriedCall): Promise<Report | null> {
  const [name = ""] = prepared.inputs.map((input) => input.name);
  return tensor ? runProbe(prepared, { inputs: { [name]: [1, ...tensor] }, mode: "feed", engine: "shapes", fill: "zeros" }) : null;
}

function outcomeOf({ refusal, constructed }: Tried, fed: Report | null): Outcome {
  if (refusal || !constructed) return { fails: "build" };
  // Where the layers are others, Keras says so when it loads the weights.
  if (constructed.ended) return { fails: constructed.ended.at === "layers" ? "weights" : constructed.ended.at };
  if (fed?.failure) return { fails: "run" };
  return { output: fed?.outputs[0]?.shape ?? constructed.output ?? [], parameters: constructed.parameters };
}
