// The helper process as it is shipped, with real models in it.
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HelperClient } from "../../src/helper/client";
import type { Probe } from "../../src/model";
import { Program } from "../cli/program";

let program: Program;
let helper: HelperClient;
beforeAll(async () => {
  program = await Program.build();
  helper = new HelperClient({ script: program.scratch("helper.js") });
}, 90_000);
afterAll(() => {
  helper.dispose();
  program.remove();
});

const probe: Probe = { inputs: {}, mode: "feed", engine: "shapes", fill: "zeros" };
const fixture = (name: string) => ({ kind: "path", path: join(import.meta.dirname, "../fixtures", name) }) as const;

test("lists the zoo", async () => {
  const zoo = await helper.listZoo();
  expect(zoo.find(({ name }) => name === "EfficientNetB5")).toMatchObject({ generations: ["3", "2", "2.9"], takesGrayscale: true });
});

test("a broken file is a sentence, and leaves the other models alone", async () => {
  const { modelId } = await helper.openModel(fixture("sequential.2.h5"));
  const { pid } = helper;
  await expect(helper.openModel(fixture("README.md"))).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringMatching(/^README\.md cannot be opened: /),
  });
  expect((await helper.runProbe(modelId, probe)).report.failure).toBeNull();
  expect(helper.pid).toBe(pid);
});

test("more models than it holds are all answered, as the client opens again what had to go", async () => {
  const names = [
    "deferred.2.json",
    "nested.2.json",
    "sequential.2.json",
    "shared.2.json",
    "two-inputs.2.json",
    "unet.2.json",
    "deferred.3.json",
    "nested.3.json",
  ];
  const opened = [];
  for (const name of names) opened.push({ file: name, ...(await helper.openModel(fixture(name))) });
  for (const { modelId, file } of opened) expect((await helper.runProbe(modelId, probe)).report.model.name).toBe(file);
});

test("a killed process comes back with the models it had", async () => {
  const { modelId } = await helper.openModel(fixture("sequential.2.h5"));
  const before = await helper.runProbe(modelId, probe);
  process.kill(helper.pid as number, "SIGKILL");
  await helper.runProbe(modelId, probe).catch((error) => expect(error.kind).toBe("crashed"));
  expect((await helper.runProbe(modelId, probe)).report).toEqual(before.report);
});

test("a closed model is closed", async () => {
  const { modelId } = await helper.openModel(fixture("sequential.2.h5"));
  await helper.closeModel(modelId);
  await expect(helper.runProbe(modelId, probe)).rejects.toThrow("This model was closed; open it again.");
});
