export { languageOf } from "./language";
export { speak, textsFile } from "./texts";
