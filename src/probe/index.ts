export { checkProbe } from "./check";
export { runHeads } from "./heads";
export type { Image } from "./numbers/image-fill";
export type { ReadWeights } from "./numbers/weights";
export { weightHolders } from "./numbers/weights";
export { prepareModel } from "./prepare";
export type { PreparedModel } from "./prepared";
export { type RunOptions, runProbe } from "./run-probe";
export { sizesOf } from "./sizes/sizes";
