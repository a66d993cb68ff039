export * from "./answer";
export * from "./errors";
export * from "./json";
export * from "./model";
export * from "./picture";
export * from "./probe";
export * from "./report";
export * from "./shape";
