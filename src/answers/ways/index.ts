export { inputWays } from "./input-ways";
export { rebuiltWays } from "./rebuilt-ways";
