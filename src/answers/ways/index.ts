export { inputWays } from "./input-ways";
export type { Subject } from "./subject";
