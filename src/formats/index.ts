export { fileSource } from "./file-source";
export { memorySource } from "./memory-source";
export { isOfOwnReaders, openModel } from "./open";
export type { Source } from "./source";
export { readSmallWeight, readWeights } from "./weight-numbers";
export { weightsOfFile } from "./weights-file";
export { isInZoo, listZoo, zooModel, zooVariant } from "./zoo";
export { isIntact, keptWeights } from "./zoo/kept-weights";
