export { inputWays } from "./input-ways";
export { rebuiltWays } from "./rebuilt-ways";
export type { Subject } from "./subject";
