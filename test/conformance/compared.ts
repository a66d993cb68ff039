import type { TestContext } from "vitest";

/** How much of what real Keras said a test compared: models or saved files, probes of them, and layers whose output shapes were held against Keras's. */
export interface Compared {
  models: number;
  probes: number;
  layers: number;
}

declare module "vitest" {
  interface TaskMeta {
    compared?: Compared;
  }
}

/** Leaves with a test what it compares, for the line that test/conformance/reporter.ts prints. */
export function noteCompared(task: TestContext["task"], probes: number, layers: number): void {
  task.meta.compared = { models: 1, probes, layers };
}
