// What scripts/bench/once.mjs measures, bundled as the product bundles it.
export { listZoo } from "../../src/formats";
export { holdModel } from "../../src/helper/work";
