// Files that no reader of them comes back from.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { hold } from "../../src/cli/inspect/held";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "layerscope-held-"));
  // It begins as HDF5's files do: those that only readers of ours see are opened without a helper.
  writeFileSync(join(folder, "a.h5"), "\x89HDF\r\n\x1a\n", "latin1");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A helper process that does just this. */
function helper(code: string): string {
  const script = join(folder, "helper.js");
  writeFileSync(script, code);
  return script;
}

test.each([
  ["leads it in circles", "for (;;);", 300, "a.h5 cannot be opened: it took longer than 0.3 s, so it is damaged or its disk is very slow."],
  ["makes it end", "process.exit(3);", 20_000, /^a\.h5 cannot be opened: The helper process ended with code 3/],
])("a file that %s is told of in one sentence", async (_how, code, openingMs, message) => {
  const failed = hold({ kind: "path", path: join(folder, "a.h5") }, { script: helper(code), openingMs });
  await expect(failed).rejects.toMatchObject({ name: "UserError", message: expect.stringMatching(message) });
});

test("the process that was led in circles is ended, and nobody listens for signals any more", async () => {
  const pidFile = join(folder, "pid");
  const script = helper(`require("node:fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); for (;;);`);
  const listeners = process.listenerCount("SIGINT");
  await expect(hold({ kind: "path", path: join(folder, "a.h5") }, { script, openingMs: 3_000 })).rejects.toThrow("cannot be opened");
  const pid = Number(readFileSync(pidFile, "utf8"));
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow("ESRCH"), 10_000);
  expect(process.listenerCount("SIGINT")).toBe(listeners);
});
