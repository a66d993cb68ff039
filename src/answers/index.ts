export { explain } from "./explain";
export { headline } from "./headline";
