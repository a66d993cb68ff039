export { removeNative, setUpNative, workingNative } from "./set-up";
export { WAY_NAMES, type WayName } from "./words";
