export { explain } from "./explain";
export { headline } from "./headline";
export { explainSizes } from "./sizes";
