import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "../..");
export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
export const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
