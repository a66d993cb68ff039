export { CHANNELS, type ColorMode, type ImageShape, imageNumbers } from "./convert";
export type { DecodedImage } from "./pixels";
export { decodeImage } from "./read";
