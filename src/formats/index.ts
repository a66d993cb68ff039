export { fileSource } from "./file-source";
export { memorySource } from "./memory-source";
export { openModel } from "./open";
export { readSmallWeight } from "./small-weight";
export type { Source } from "./source";
export { isInZoo, listZoo, zooModel } from "./zoo";
