export { argumentCalls } from "./calls";
export { explainArguments, type TriedArguments } from "./explain";
export type { TriedCall } from "./table";
