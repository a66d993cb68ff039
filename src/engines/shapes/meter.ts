import { shapesBackend } from "./backend";

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
