import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CancellationTokenSource } from "vscode-jsonrpc/node";
import { runNative } from "../../src/extension/native-program";

/** A stand-in for dist/cli.js: `native ENDING`. */
const PROGRAM = `
const endings = {
  well: () => { console.error("one…"); console.error("two…"); console.log("It is set up."); },
  badly: () => { console.error("one…"); console.error("layerscope: npm could not install it."); process.exit(2); },
  silently: () => process.exit(3),
  never: () => { console.error("one…"); process.on("SIGTERM", () => process.exit(2)); setInterval(() => {}, 1000); },
};
endings[process.argv[3]]();
`;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "layerscope-program-"));
  writeFileSync(join(folder, "cli.js"), PROGRAM);
  chmodSync(join(folder, "cli.js"), 0o755);
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (ending: string, told: string[] = [], source = new CancellationTokenSource(), onTold = () => {}) =>
  runNative(
    join(folder, "cli.js"),
    [ending],
    "en",
    (step) => {
      told.push(step);
      onTold();
    },
    source.token,
  );

test("tells the steps and what it says in the end", async () => {
  const told: string[] = [];
  expect(await run("well", told)).toBe("It is set up.");
  expect(told).toEqual(["one…", "two…"]);
});

test.each([
  ["badly", "npm could not install it."],
  ["silently", "The set-up ended with status 3."],
])("that ends %s is a sentence", async (ending, message) => {
  await expect(run(ending)).rejects.toMatchObject({ name: "UserError", message });
});

test("is ended when it is cancelled", async () => {
  const source = new CancellationTokenSource();
  expect(await run("never", [], source, () => source.cancel())).toBeNull();
});
