// count.mjs FOLDER PASSED FAILED: adds the test counts that vitest left in FOLDER/*.json to those of the
// steps, names what failed, and prints the closing line. Exit status 1 when anything failed.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [folder, ...steps] = process.argv.slice(2);
let [passed, failed] = steps.map(Number);
let skipped = 0;
for (const name of readdirSync(folder).filter((file) => file.endsWith(".results.json"))) {
  const suite = JSON.parse(readFileSync(join(folder, name), "utf8"));
  passed += suite.numPassedTests;
  failed += suite.numFailedTests + (suite.numFailedTests === 0 && !suite.success ? 1 : 0);
  skipped += suite.numPendingTests;
  for (const file of suite.testResults) {
    for (const test of file.assertionResults) if (test.status === "failed") console.log(`failed: ${test.fullName}`);
  }
}
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exitCode = failed > 0 ? 1 : 0;
