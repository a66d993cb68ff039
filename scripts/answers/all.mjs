// Everything that answers promise, under real Keras: npm run answers:keras [-- --record]
import { spawnSync } from "node:child_process";

const SCRIPTS = ["heads", "edits", "ways", "arguments", "constructed"];

let failed = 0;
for (const name of SCRIPTS) {
  const { status } = spawnSync(process.execPath, [`scripts/answers/${name}.mjs`, ...process.argv.slice(2)], { stdio: "inherit" });
  if (status === null || status > 1) process.exit(2);
  failed += status;
}
process.exit(failed === 0 ? 0 : 1);
