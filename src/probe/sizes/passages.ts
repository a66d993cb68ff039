import type * as tf from "@tensorflow/tfjs-core";
import { knownValues } from "../../engines";
import { sameShape } from "../../model";
import { allLayers, type PreparedModel, type Step } from "../prepared";
import type { Tensors } from "../run";

/** Classes that keep tensors beside those that they give, so that two runs may part although their tensors are alike. */
const HOLDS_STATE = /^Tensor(List|Array)|^Variable|^Assign/;

/** One run on its way through a model. */
export interface Way<T> {
  /** What is known to happen from the last step on; null while it is not known. */
  readonly known: T | null;
  /** How many places it has passed that another run may come to. */
  readonly length: number;
  /** Notes a step that has run; true where it is known what happens from there on. */
  pass(step: Step, values: readonly Tensors[]): boolean;
  /** Keeps for each place passed, from the last to the first, what `outcome` says happened from there on. */
  end(outcome: (index: number) => T): void;
}

/**
 * What runs of a model came to, by the places that they passed. What layers do from some step on depends on nothing but the tensors that they
 * are given: a run that comes to a step with the tensors that another one had there ends as that one did. Most sizes share their way from
 * the first stride on, so a hundred of them cost little more than ten.
 */
export class Passages<T> {
  private readonly outcomes = new Map<string, T>();
  /** By step the steps up to it whose tensors are read later; null where tensors are not all that matters. */
  private readonly live: readonly (readonly number[])[] | null;

  constructor(prepared: PreparedModel) {
    const { network } = prepared;
    const isStateful = network.hasSwitch || allLayers(network).some(({ layer }) => HOLDS_STATE.test(layer.className));
    this.live = isStateful ? null : liveSteps(prepared);
  }

  enter(): Way<T> {
    const { live, outcomes } = this;
    const keys: string[] = [];
    let known: T | null = null;
    return {
      get known() {
        return known;
      },
      get length() {
        return keys.length;
      },
      pass(step, values) {
        if (!live || !changesShape(step, values)) return false;
        const key = keyOf(step.index, live[step.index] as readonly number[], values);
        known = outcomes.get(key) ?? null;
        if (!known) keys.push(key);
        return known !== null;
      },
      end(outcome) {
        for (let index = keys.length - 1; index >= 0; index--) outcomes.set(keys[index] as string, outcome(index));
      },
    };
  }
}

/** Runs meet only where something changed its size or came together. */
function changesShape({ index, sources }: Step, values: readonly Tensors[]): boolean {
  const [source] = sources;
  if (!source || sources.length > 1) return true;
  const before = values[source.step]?.[source.output]?.shape;
  const after = values[index]?.[0]?.shape;
  return !before || !after || !sameShape(before, after);
}

function liveSteps({ network: { steps, outputs } }: PreparedModel): number[][] {
  const lastReader = new Array<number>(steps.length).fill(-1);
  for (const { index, sources } of steps) for (const { step } of sources) lastReader[step] = Math.max(lastReader[step] as number, index);
  for (const { step } of outputs) lastReader[step] = steps.length;
  const alive = new Set<number>();
  return steps.map(({ index }) => {
    alive.add(index);
    for (const each of alive) if ((lastReader[each] as number) <= index) alive.delete(each);
    return [...alive];
  });
}

/** What tells the tensors apart that later steps are given: shapes, and numbers where they are known. */
function keyOf(index: number, live: readonly number[], values: readonly Tensors[]): string {
  let key = `${index}`;
  for (const step of live) key += `|${step}:${values[step]?.map(describe).join(";") ?? "?"}`;
  return key;
}

function describe(tensor: tf.Tensor): string {
  const numbers = knownValues(tensor);
  return `${tensor.dtype} ${tensor.shape.join("x")}${numbers ? `=${Array.from(numbers).join()}` : ""}`;
}
