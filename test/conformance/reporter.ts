import type { Reporter, TestModule } from "vitest/node";
import type { Compared } from "./compared";

const WORDS = ["models", "probes", "layers"] as const satisfies readonly (keyof Compared)[];

/** Prints at the end how many models, probes and layers the tests compared with real Keras, and how many models differ. */
export default class ComparedReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const line = comparedLine(modules.flatMap((module) => [...module.children.allTests()].map(outcomeOf)));
    if (line) console.log(`\n${line}\n`);
  }
}

const outcomeOf = (test: { meta(): { compared?: Compared }; ok(): boolean }) => ({ compared: test.meta().compared, isOk: test.ok() });

/** One line; null where no test compared anything. */
export function comparedLine(outcomes: readonly { compared: Compared | undefined; isOk: boolean }[]): string | null {
  const all = outcomes.flatMap(({ compared, isOk }) => (compared ? [{ ...compared, isOk }] : []));
  if (all.length === 0) return null;
  const sums = WORDS.map((word) => `${all.reduce((sum, one) => sum + one[word], 0).toLocaleString("en-US")} ${word}`);
  const differing = all.filter(({ isOk }) => !isOk).length;
  return `Compared with real Keras: ${sums.join(", ")}: ${differing === 0 ? "all equal" : `${differing} models differ`}.`;
}
