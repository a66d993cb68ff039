// `npm run bench`: what the product measures against the limits it has set itself. Prints ratios; judges nothing, as machines differ.

import { cpus, loadavg } from "node:os";
import { activationRows } from "./activation.mjs";
import { browserRows } from "./browser.mjs";
import { coldRows } from "./cold.mjs";
import { bigFileRows, engineRows } from "./engine.mjs";
import { graphRows } from "./graphs.mjs";
import { numberRows } from "./numbers.mjs";

const PARTS = [coldRows, engineRows, bigFileRows, activationRows, graphRows, numberRows, browserRows];

function line({ what, measured, limit, unit, skipped }) {
  if (skipped) return `      -              -     -  ${what}: skipped: ${skipped}`;
  const mark = measured > limit ? "OVER" : "    ";
  return `${(measured / limit).toFixed(2).padStart(7)}  ${`${measured.toFixed(measured < 100 ? 1 : 0)} ${unit}`.padStart(9)}  ${`${limit} ${unit}`.padStart(7)} ${mark} ${what}`;
}

const load = loadavg()[0] ?? 0;
const busy = load > cpus().length ? ", more than it has cores: what follows is measured too long" : "";
console.log(`${cpus().length} cores, Node ${process.versions.node}, load ${load.toFixed(1)}${busy}`);
console.log("  ratio   measured    limit");
for (const part of PARTS) for (const row of await part()) console.log(line(row));
