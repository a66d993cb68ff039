// `inspect` on engines with numbers: what is said meanwhile, and what is left where an engine takes its process with it.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { statusLine } from "../../src/cli/terminal";
import type { Report } from "../../src/model";
import { Program } from "./program";

let program: Program;
beforeAll(async () => {
  program = await Program.build();
}, 90_000);
afterAll(() => program.remove());

/** A folder with a tfjs-node that does just this when it is loaded. */
function nativeThat(name: string, code: string): string {
  const folder = program.scratch(name);
  const module = join(folder, "node_modules/@tensorflow/tfjs-node");
  mkdirSync(module, { recursive: true });
  writeFileSync(join(module, "package.json"), '{ "name": "@tensorflow/tfjs-node", "main": "index.js" }');
  writeFileSync(join(module, "index.js"), code);
  return folder;
}

const FIXTURE = join(import.meta.dirname, "../fixtures/sequential.2.h5");

describe("an engine that takes its process with it", () => {
  test.each([
    [
      "a zoo model",
      "aborts",
      "process.abort();",
      "MobileNetV2",
      "native",
      "SIGABRT",
      "try --engine wasm, or set it up anew with: layerscope native",
    ],
    ["a file", "dies", "process.kill(process.pid, 'SIGSEGV'); for (;;);", FIXTURE, "auto", "SIGSEGV", "try --engine wasm"],
  ])(
    "%s: the shapes are reported, one sentence says what broke, and the status is 1",
    async (_, name, code, model, engine, signal, advice) => {
      const env = { LAYERSCOPE_NATIVE: nativeThat(name, code) };
      const { status, stdout, stderr } = await program.run(["inspect", model, "--engine", engine, "--json"], env);
      expect(stderr).toBe(
        `The engine ${engine} broke down (the helper process was ended by ${signal}), so the report has shapes only; ${advice}.\n`,
      );
      const report = JSON.parse(stdout) as Report;
      expect(report.probe.engine).toBe("shapes");
      expect(report.layers.length).toBeGreaterThan(2);
      expect(report.layers.every((layer) => layer.status === "ok")).toBe(true);
      expect(status).toBe(1);
    },
    60_000,
  );

  test("an engine that is not to be had is the user's to mend: status 2, and no report", async () => {
    const env = { LAYERSCOPE_NATIVE: "", XDG_CACHE_HOME: "/nowhere" };
    const { status, stdout, stderr } = await program.run(["inspect", "MobileNetV2", "--engine", "native", "--json"], env);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^layerscope: The engine "native" is not to be had here: [^\n]*\n$/);
  }, 60_000);
});

test("where standard error is no terminal nothing is said of progress", async () => {
  const { status, stdout, stderr } = await program.run(["inspect", "MobileNetV2", "--input", "32x32x3", "--engine", "wasm", "--json"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect((JSON.parse(stdout) as Report).numbers).toMatchObject({ ended: null, differing: [] });
}, 60_000);

test("on a terminal one line is written over and over, never wraps, and is gone at the end", () => {
  let written = "";
  const line = statusLine({ write: (text) => (written += text), columns: 24 });
  line.show("conv1, 1 of 9");
  line.show(`a\u0007${"very_".repeat(9)}long, 2 of 9`);
  line.clear();
  line.clear();
  expect(written).toBe("\rconv1, 1 of 9\u001b[K\r…very_very_long, 2 of 9\u001b[K\r\u001b[K");
});
