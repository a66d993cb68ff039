import { emptyTensor, MemoryMeter, useShapesEngine } from "../../engines";
import { Masks } from "../../layers";
import type { Probe, Work } from "../../model";
import { tensorDtype } from "../declared-input";
import type { PreparedModel } from "../prepared";
import { gateOf, Run } from "../run";
import { inTurns } from "../turns";

/** What kernels keep to themselves while they work, at most: copies of masks, for the most part. */
const KERNELS_OWN = 1.05;

/**
 * The most bytes of activations that a run on numbers will hold at once, from a run on shapes that does what it will do: also what changes
 * no shape, such as following masks. @throws the signal's reason when it is aborted
 */
export async function rehearse(prepared: PreparedModel, probe: Probe, signal?: AbortSignal): Promise<number> {
  const meter = new MemoryMeter();
  const run = new Run(prepared, null, new Masks());
  try {
    await inTurns(steps(run, prepared, probe, meter), signal);
    return Math.ceil(meter.peakBytes * KERNELS_OWN);
  } finally {
    run.free();
  }
}

function* steps(run: Run, prepared: PreparedModel, probe: Probe, meter: MemoryMeter): Work {
  // Another probe may have switched in between.
  const turn = <T>(work: () => T): T => {
    useShapesEngine();
    return meter.turn(work);
  };
  const shapes = prepared.inputs.map(({ name }) => ({ shape: probe.inputs[name] as number[] }));
  const verdicts = gateOf(prepared.network, shapes, prepared.model.kerasMajor);
  const dtypeOf = (index: number) => tensorDtype(prepared.inputs[index]?.dtype ?? "float32");
  const layers = run.run(turn(() => verdicts.map(({ adapted }, index) => emptyTensor(adapted, dtypeOf(index)))));
  while (!turn(() => layers.next()).done) yield;
}
