import type { Tensor } from "@tensorflow/tfjs-core";
import { bytesOf, shapesBackend } from "./backend";

/** Measures what tensors of the engine `shapes` would take on one with numbers, over the turns of one run among others. */
export class MemoryMeter {
  private bytes = 0;
  private most = 0;

  /** The most bytes that the work in all turns so far would have held at once, beyond what was there before. */
  get peakBytes(): number {
    return this.most;
  }

  turn<T>(work: () => T): T {
    const backend = shapesBackend();
    const before = backend.bytes;
    backend.peakBytes = before;
    backend.isMetered = true;
    try {
      return work();
    } finally {
      backend.isMetered = false;
      this.most = Math.max(this.most, this.bytes + backend.peakBytes - before);
      this.bytes += backend.bytes - before;
    }
  }
}

/**
 * Does once on the engine `shapes` what engines with numbers do several times in a row; what is metered is the last time. `held`: what of
 * its result the times before have left, and how many of each.
 */
export function onceForAll<T>(work: () => T, held: (result: T) => readonly { tensor: Tensor; times: number }[]): T {
  const backend = shapesBackend();
  if (!backend.isMetered) return work();
  const before = backend.peakBytes;
  backend.peakBytes = backend.bytes;
  const result = work();
  const bytes = held(result).reduce((sum, { tensor, times }) => sum + times * bytesOf(tensor.shape, tensor.dtype), 0);
  backend.peakBytes = Math.max(before, backend.peakBytes + bytes);
  return result;
}
