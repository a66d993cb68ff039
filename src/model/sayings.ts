/** What probes say in a report, by its form: `{0}` stands for what changes, numbered from the left. The longer form stands before the shorter. */
export const SAYINGS: readonly string[] = [];
