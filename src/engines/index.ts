export { type KernelCall, observeKernels } from "./observe";
export { emptyTensor } from "./shapes/backend";
export { ShapeError, UnknownNumbers } from "./shapes/error";
export { knownValues, MAX_KNOWN_ELEMENTS } from "./shapes/known";
export { useShapesEngine } from "./shapes/register";
export { SHAPE_ONLY } from "./shapes/shape-only";
