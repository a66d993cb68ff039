// Engines with numbers in the helper process as it is shipped.
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { HelperClient } from "../../src/helper/client";
import type { AskedProbe } from "../../src/model";
import { Program } from "../cli/program";
import { whyNoNative } from "../numbers/native";

let program: Program;
const helpers: HelperClient[] = [];
beforeAll(async () => {
  program = await Program.build();
}, 90_000);
afterEach(() => {
  vi.unstubAllEnvs();
  for (const helper of helpers.splice(0)) helper.dispose();
});
afterAll(() => program.remove());

/** A helper takes the environment of the moment in which it starts. */
function helperWith(env: Record<string, string> = {}, numbersLimitMb = 0): HelperClient {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const helper = new HelperClient({ script: program.scratch("helper.js"), numbersLimitMb });
  helpers.push(helper);
  return helper;
}
const NOWHERE = { LAYERSCOPE_NATIVE: "", XDG_CACHE_HOME: "/nowhere" };
const probe: AskedProbe = { inputs: {}, mode: "feed", engine: "auto", fill: "ramp" };
const fixture = { kind: "path", path: join(import.meta.dirname, "../fixtures/sequential.2.h5") } as const;

test("auto is wasm where the native library is missing, and native is a sentence", async () => {
  const helper = helperWith(NOWHERE);
  const { modelId } = await helper.openModel(fixture);
  expect((await helper.runProbe(modelId, probe)).report).toMatchObject({ probe: { engine: "wasm" }, numbers: { ended: null } });
  await expect(helper.runProbe(modelId, { ...probe, engine: "native" })).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringMatching(/^The engine "native" is not to be had here: .*; set it up with: layerscope native/),
  });
}, 60_000);

test("a probe that needs more than the host allows is refused before it runs", async () => {
  const helper = helperWith(NOWHERE, 1);
  const { modelId } = await helper.openModel({ kind: "zoo", spec: "MobileNetV2" });
  await expect(helper.runProbe(modelId, probe)).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringContaining("more than the 1.0 MB that it may take"),
  });
}, 60_000);

const missing = await whyNoNative();

test.skipIf(missing)(
  "auto is native where that loads",
  async () => {
    const helper = helperWith();
    const { modelId } = await helper.openModel(fixture);
    expect((await helper.runProbe(modelId, probe)).report).toMatchObject({ probe: { engine: "native" }, numbers: { ended: null } });
  },
  60_000,
);

test("a crash in the middle of a run is a sentence, and the next probe runs in a new process", async () => {
  const helper = helperWith(NOWHERE);
  const { modelId, inputs } = await helper.openModel({ kind: "zoo", spec: "EfficientNetB0?keras=2" });
  const large = { ...probe, inputs: { [inputs[0]?.name ?? ""]: [1, 320, 320, 3] } };
  const pid = helper.pid as number;
  const running = helper.runProbe(modelId, large).catch((error: unknown) => error);
  await new Promise((resolve) => setTimeout(resolve, 700)); // it has begun by then
  process.kill(pid, "SIGSEGV");
  expect(await running).toMatchObject({
    kind: "crashed",
    message: "The helper process was ended by SIGSEGV; it starts again with the next request.",
  });
  expect((await helper.runProbe(modelId, { ...probe, engine: "shapes" })).report.failure).toBeNull();
  expect(helper.pid).not.toBe(pid);
}, 60_000);
