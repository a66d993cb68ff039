export type { Source } from "./source";
export { isZooSpec, listZoo, type ZooEntryFacts, zooModel } from "./zoo";
