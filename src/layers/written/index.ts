export { layersWritten } from "./layers";
export { wholeConfig } from "./signatures";
