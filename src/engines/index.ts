export { startEngine, useEngine } from "./choose";
export { type Look, lookAt, type Part, type Summary } from "./look";
export { type KernelCall, observeKernels } from "./observe";
export { emptyTensor, giveNumbers } from "./shapes/backend";
export { ShapeError, UnknownNumbers } from "./shapes/error";
export { knownValues, MAX_KNOWN_ELEMENTS } from "./shapes/known";
export { MemoryMeter, onceForAll } from "./shapes/meter";
export { SELECT_V2, SHAPE_ONLY } from "./shapes/own-kernels";
export { useShapesEngine } from "./shapes/register";
