// The helper process as it is shipped, with real models in it.
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CancellationTokenSource } from "vscode-jsonrpc/node";
import { HelperClient } from "../../src/helper/client";
import type { ModelSource } from "../../src/helper/protocol";
import type { Probe, QuestionId } from "../../src/model";
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

test("what is no probe at all is a sentence, too", async () => {
  const { modelId } = await helper.openModel(fixture("sequential.2.h5"));
  await expect(helper.runProbe(modelId, undefined as unknown as Probe)).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringContaining("A probe needs inputs"),
  });
});

test("a killed process comes back with the models it had", async () => {
  const { modelId } = await helper.openModel(fixture("sequential.2.h5"));
  const before = await helper.runProbe(modelId, probe);
  process.kill(helper.pid as number, "SIGKILL");
  await helper.runProbe(modelId, probe).catch((error) => expect(error.kind).toBe("crashed"));
  expect((await helper.runProbe(modelId, probe)).report).toEqual(before.report);
});

describe("a probe on numbers", () => {
  const numbers: Probe = { ...probe, engine: "wasm", fill: "ramp" };

  test("leaves pictures behind, which a probe of shapes takes away", async () => {
    const { modelId } = await helper.openModel(fixture("unet.2.json"));
    const { report } = await helper.runProbe(modelId, numbers);
    expect(report.numbers).toMatchObject({ differing: [], ended: null });
    const rows = report.layers.filter(({ stats }) => stats);
    expect(rows.length).toBe(report.layers.length);
    for (const { id, output, stats } of rows) {
      const pictures = await helper.picture(modelId, id);
      expect(pictures).toMatchObject({ kind: "image", shape: output?.[0], channelCount: output?.[0]?.at(-1) });
      expect(pictures?.channels[0]?.max).toBeLessThanOrEqual((stats?.max ?? 0) + 1e-6);
    }
    expect(await helper.picture(modelId, "no such layer")).toBeNull();
    await helper.runProbe(modelId, probe);
    expect(await helper.picture(modelId, report.layers[0]?.id ?? "")).toBeNull();
  }, 60_000);

  test("is cancelled between two layers by a newer probe, in the same process", async () => {
    const { modelId, inputs } = await helper.openModel({ kind: "zoo", spec: "EfficientNetB0?keras=2" });
    const large = { ...numbers, inputs: { [inputs[0]?.name ?? ""]: [1, 320, 320, 3] } };
    const { pid } = helper;
    const older = helper.runProbe(modelId, large).then(
      () => "answered",
      (error: { kind: string }) => error.kind,
    );
    await new Promise((resolve) => setTimeout(resolve, 500)); // it has begun by then
    const newer = await helper.runProbe(modelId, { ...probe, inputs: large.inputs });
    expect(await older).toBe("cancelled");
    expect(newer.report.numbers).toBeUndefined();
    // A run that had not stopped by itself would have cost the process.
    expect(helper.pid).toBe(pid);
  }, 120_000);

  test("on an engine that is not there says so, and the model can still be probed", async () => {
    const { modelId } = await helper.openModel(fixture("sequential.2.h5"));
    await expect(helper.runProbe(modelId, { ...numbers, engine: "gpu" as "native" })).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringContaining('There is no engine "gpu"'),
    });
    expect((await helper.runProbe(modelId, numbers)).report.numbers?.ended).toBeNull();
  }, 60_000);
});

test("a closed model is closed", async () => {
  const { modelId } = await helper.openModel(fixture("sequential.2.h5"));
  await helper.closeModel(modelId);
  await expect(helper.runProbe(modelId, probe)).rejects.toThrow("This model was closed; open it again.");
});

test("fits heads to a model, and refuses in a sentence what cannot be fitted", async () => {
  const { modelId } = await helper.openModel({ kind: "zoo", spec: "MobileNetV2" });
  const { document } = await helper.findHeads(modelId, { ...probe, inputs: { input_layer: [1, 160, 160, 3] } }, 9);
  expect(document.options.map(({ name, output, parameters }) => [name, output, parameters])).toEqual([
    ["average pooling", [1, 9], 11_529],
    ["max pooling", [1, 9], 11_529],
    ["flatten", [1, 9], 288_009],
    ["dense on positions", [1, 5, 5, 9], 11_529],
    ["none", [1, 5, 5, 1280], 0],
  ]);
  await expect(helper.findHeads(modelId, probe, -1)).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringContaining("-1 is no number"),
  });
});

test("finds the sizes that a model takes, and refuses what is none", async () => {
  const { modelId } = await helper.openModel(fixture("unet.3.json"));
  const { sizes, answers } = await helper.findSizes(modelId, { size: [30, 40] });
  expect(sizes).toMatchObject({ minimum: [4, 4], any_size: false, wished: { size: [30, 40], even: [[28, 40], [32, 40]] } }); // biome-ignore format: one size
  expect(answers.map(({ title }) => title)).toContain("What of 30×40?");
  await expect(helper.findSizes(modelId, { size: "30x40" as never })).rejects.toMatchObject({ name: "UserError" });
});

test("answers what is asked of a model, also beside another one", async () => {
  const { modelId } = await helper.openModel({ kind: "zoo", spec: "MobileNetV2" });
  const reply = await helper.runProbe(modelId, { ...probe, inputs: { input_layer: [1, 160, 160, 3] } });
  expect(reply.questions.map(({ id }) => id)).toEqual(expect.arrayContaining(["head", "sizes", "colour", "top", "other"]));
  const ask = (question: QuestionId, other: ModelSource | null = null) => helper.ask(modelId, reply.report.probe, question, {}, other);
  const [size, added] = await ask("top");
  expect(size?.text.join()).toContain("all 262 pretrained weights fit");
  expect(added?.text.join()).toContain("only MobileNetV2?include_top=true has it");
  const [parting] = await ask("other", { kind: "zoo", spec: "MobileNet" });
  expect(parting?.title).toBe("Where do they part?");
  await expect(ask("other", { kind: "zoo", spec: "MobileNetV9" })).rejects.toMatchObject({ name: "UserError" });
  await expect(ask("toString" as QuestionId)).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringMatching(/^There is no question "toString"; ask/),
  });
});

test.each(["findHeads", "findSizes", "ask"] as const)("%s ends where nobody waits for it any more", async (method) => {
  const { modelId } = await helper.openModel({ kind: "zoo", spec: "ResNetRS420" });
  const stop = new CancellationTokenSource();
  const ask = {
    ask: () => helper.ask(modelId, probe, "colour", {}, null, stop.token),
    findHeads: () => helper.findHeads(modelId, probe, 9, stop.token),
    findSizes: () => helper.findSizes(modelId, {}, stop.token),
  };
  const answer = ask[method]();
  stop.cancel();
  await expect(answer).rejects.toMatchObject({ name: "HelperFailure", kind: "cancelled" });
});
