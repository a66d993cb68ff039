export { CHANNELS, imageNumbers } from "./convert";
export type { DecodedImage } from "./pixels";
export { needsColours, preprocess } from "./preprocess";
export { decodeImage } from "./read";
