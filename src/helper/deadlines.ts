import type { HelperApi } from "./protocol";

/** What has a deadline: each request, and probes that run on numbers apart. */
export type Deadlines = Record<keyof HelperApi | "runNumbers", number>;

/** How long a request may take before it is given up, in milliseconds. A model may lie on a slow disk; a probe of shapes never waits. */
export const DEADLINES_MS: Readonly<Deadlines> = {
  openModel: 120_000,
  runProbe: 60_000,
  // A big model takes minutes without the native library; whoever does not want to wait cancels it, or sends another probe.
  runNumbers: 30 * 60_000,
  // It runs probes of shapes.
  findHeads: 60_000,
  picture: 10_000,
  // Any of them may be a search of sizes.
  ask: 120_000,
  // A graph of thousands of operations whose minimum is large.
  findSizes: 120_000,
  closeModel: 10_000,
  listZoo: 20_000,
};

/** How long the helper may take to answer a cancelled or overdue request before its process is ended. */
export const CANCEL_PATIENCE_MS = 3_000;

/** How long a helper without requests is kept. */
export const IDLE_MS = 10 * 60_000;

/** Heap limit of the helper process. Reports of the largest zoo model take a few; a model.json with its bytes handed over takes most. */
export const MEMORY_LIMIT_MB = 4_096;
