import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { median, ROOT } from "./measure.mjs";

/** Loads and activates the extension with a `vscode` in which everything is there and does nothing; prints milliseconds of processor time. */
const MEASURE = `
const nothing = new Proxy(function () {}, {
  get: (_target, key) => (key === Symbol.toPrimitive ? () => "" : key === "then" ? undefined : nothing),
  apply: () => nothing,
  construct: () => nothing,
});
const Module = require("node:module");
const load = Module._load;
Module._load = (name, ...rest) => (name === "vscode" ? nothing : load(name, ...rest));
const before = process.cpuUsage();
require(process.argv[1]).activate({ subscriptions: [], extensionUri: nothing, workspaceState: new Map(), asAbsolutePath: (path) => path });
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1000);
process.exit();
`;

/** What the extension costs the extension host when it starts, in milliseconds of processor time. */
export function activationMs(bundle) {
  return Number(execFileSync(process.execPath, ["-e", MEASURE, bundle], { encoding: "utf8" }));
}

export function activationRows() {
  const times = Array.from({ length: 7 }, () => activationMs(join(ROOT, "dist/extension.js")));
  return [{ what: "activation of the extension, processor time, median of 7", measured: median(times), limit: 50, unit: "ms" }];
}
