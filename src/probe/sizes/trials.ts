import type * as tf from "@tensorflow/tfjs-core";
import { emptyTensor, knownValues, observeKernels, useShapesEngine } from "../../engines";
import type { Obstacle } from "../../model";
import { causeOf } from "../cause";
import { tensorDtype } from "../declared-input";
import { allLayers, type PreparedModel, type Step } from "../prepared";
import { Run, type Tensors } from "../run";
import type { Varied } from "./axes";
import { Strides } from "./strides";

/** How a size fared. */
export interface Trial {
  /** The layer that cannot run; null where all do. */
  failure: { layer: string; message: string } | null;
  /** By axis the first layer whose stride does not divide. */
  uneven: readonly (string | null)[];
  /** The first layer of which nobody knows what it does. */
  unknown: string | null;
}

/** Classes that keep tensors beside those that they give, so that two runs may differ although their tensors do not. */
const HOLDS_STATE = /^Tensor(List|Array)|^Variable|^Assign/;

/**
 * Tries sizes on a model as it is built, behind its input check. What the layers do from some step on depends on nothing but the tensors
 * that they are given: where a trial comes to a step with the tensors that another one had there, it ends as that one did. Most sizes
 * share their way from the first stride on, so a thousand of them cost little more than ten.
 */
export class Trials {
  private readonly known = new Map<string, Trial>();
  private readonly live: readonly (readonly number[])[] | null;

  constructor(
    private readonly prepared: PreparedModel,
    private readonly varied: Varied,
  ) {
    const all = allLayers(prepared.network);
    const isStateful = prepared.network.hasSwitch || all.some(({ layer }) => HOLDS_STATE.test(layer.className));
    this.live = isStateful ? null : liveSteps(prepared);
  }

  /** Shapes of all inputs with these sizes along the varied axes; the others as suggested. */
  shapes(sizes: readonly number[]): number[][] {
    const names = new Set([this.varied.name, ...this.varied.together]);
    return this.prepared.inputs.map(({ name, suggested }) => {
      if (!names.has(name)) return suggested;
      const shape = suggested.slice();
      this.varied.places.forEach((place, axis) => {
        shape[place] = sizes[axis] as number;
      });
      return shape;
    });
  }

  /** `sizes`: of the varied axes. */
  try(sizes: readonly number[]): Trial {
    return this.run(sizes, this.live).trial;
  }

  /** What stops these sizes, from a run of their own; null where nothing does. */
  obstacle(sizes: readonly number[]): Obstacle | null {
    return this.run(sizes, null).obstacle;
  }

  /** The largest product of strides that a tensor of these sizes meets. */
  totalStride(sizes: readonly number[]): number {
    return this.run(sizes, null).total;
  }

  private run(sizes: readonly number[], live: Trials["live"]): { trial: Trial; obstacle: Obstacle | null; total: number } {
    useShapesEngine();
    const run = new Run(this.prepared);
    const strides = new Strides(sizes.length);
    const passed: { key: string; uneven: (string | null)[] }[] = [];
    let rest: Trial | null = null;
    let layer = "";
    run.announce = (id) => {
      layer = id;
    };
    if (live)
      run.isEnough = ({ index }, values) => {
        const key = keyOf(index, live[index] as readonly number[], values);
        rest = this.known.get(key) ?? null;
        if (rest) return true;
        passed.push({ key, uneven: strides.uneven });
        strides.restart();
        return false;
      };
    const stop = observeKernels((call) => strides.note(layer, call));
    try {
      const dtypeOf = (index: number) => tensorDtype(this.prepared.inputs[index]?.dtype ?? "float32");
      const steps = run.run(this.shapes(sizes).map((shape, index) => emptyTensor(shape, dtypeOf(index))));
      while (!steps.next().done);
    } finally {
      stop();
      run.free();
    }
    const { failure } = run;
    const after = rest as Trial | null;
    let trial: Trial = {
      failure: after ? after.failure : failure && { layer: failure.layer, message: failure.message },
      uneven: firstOf(strides.uneven, after?.uneven ?? []),
      unknown: run.rows.list.find(({ status }) => status === "unknown")?.id ?? after?.unknown ?? null,
    };
    // From the last step to the first: a key stands for what comes after its step.
    for (const { key, uneven } of passed.reverse()) {
      this.known.set(key, trial);
      trial = { ...trial, uneven: firstOf(uneven, trial.uneven) };
    }
    const obstacle = failure && { layer: failure.layer, message: failure.message, cause: causeOf(failure.happening, run.rows) };
    return { trial, obstacle, total: strides.total };
  }
}

function firstOf(before: readonly (string | null)[], after: readonly (string | null)[]): (string | null)[] {
  return before.map((layer, axis) => layer ?? after[axis] ?? null);
}

/** By step the steps up to it, itself included, whose tensors are read later. */
function liveSteps({ network: { steps, outputs } }: PreparedModel): number[][] {
  const lastReader = new Array<number>(steps.length).fill(-1);
  for (const { index, sources } of steps) for (const { step } of sources) lastReader[step] = Math.max(lastReader[step] as number, index);
  for (const { step } of outputs) lastReader[step] = steps.length;
  const alive = new Set<number>();
  return steps.map(({ index }: Step) => {
    alive.add(index);
    for (const each of alive) if ((lastReader[each] as number) <= index) alive.delete(each);
    return [...alive];
  });
}

/** What tells the tensors apart that later steps are given: shapes, and numbers where they are known. */
function keyOf(index: number, live: readonly number[], values: readonly Tensors[]): string {
  const parts = live.map((step) => `${step}:${values[step]?.map(describe).join(";") ?? "?"}`);
  return `${index}|${parts.join("|")}`;
}

function describe(tensor: tf.Tensor): string {
  const numbers = knownValues(tensor);
  return `${tensor.dtype} ${tensor.shape.join("x")}${numbers ? `=${Array.from(numbers).join()}` : ""}`;
}
