export { fileSource } from "./file-source";
export { memorySource } from "./memory-source";
export { openModel } from "./open";
export type { Source } from "./source";
export { isZooSpec, listZoo, type ZooEntryFacts, zooModel } from "./zoo";
