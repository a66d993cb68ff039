import type { Source, Step } from "./prepared";

/**
 * Which tensors of a graph are on a branch that is not taken. TensorFlow 1 writes a choice as a Switch, which hands its tensor on at one of
 * two outputs, and a Merge, which takes whichever arrives; what reads the other output does not run.
 */
export class DeadEnds {
  private readonly steps = new Set<number>();
  private readonly outputs = new Set<string>();
  /** Notes that nothing arrives at an output of a Switch. */
  close(step: Step, output: number): void {
    this.outputs.add(`${step.index}:${output}`);
  }

  /** Whether a step does not run because what it reads is not there; notes that what it gives is not there either. */
  holds(step: Step): boolean {
    if (step.sources.length === 0) return false;
    const alive = this.alive(step).length;
    const isDead = isMerge(step) ? alive === 0 : alive < step.sources.length;
    if (isDead) this.steps.add(step.index);
    return isDead;
  }

  /** Numbers of those of its sources that arrive. */
  alive({ sources }: Step): number[] {
    return sources.flatMap((source, index) => (this.has(source) ? [] : [index]));
  }

  private has({ step, output }: Source): boolean {
    return this.steps.has(step) || this.outputs.has(`${step}:${output}`);
  }
}

export const isMerge = ({ layer }: Step): boolean => layer.layer.operation !== undefined && layer.layer.className === "Merge";
export const isSwitch = ({ layer }: Step): boolean => layer.layer.operation !== undefined && layer.layer.className === "Switch";
