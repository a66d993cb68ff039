import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type HeldModel, holdModel } from "../../src/helper/work";
import type { Probe } from "../../src/model";

const FIXTURES = join(import.meta.dirname, "../fixtures");
const probe = (inputs: Probe["inputs"] = {}): Probe => ({ inputs, mode: "feed", engine: "shapes", fill: "zeros" });
async function using<T>(held: Promise<HeldModel>, use: (held: HeldModel) => T | Promise<T>): Promise<T> {
  const model = await held;
  try {
    return await use(model);
  } finally {
    model.dispose();
  }
}

test("a zoo model tells its variant, and what a probe is filled with at first", () =>
  using(holdModel({ kind: "zoo", spec: "MobileNetV2?include_top=true&keras=2" }), ({ opened }) => {
    expect(opened).toMatchObject({ format: "zoo", parameters: 3_538_984, facts: ["with top", "ImageNet topology"] });
    expect(opened.inputs).toEqual([
      { name: expect.any(String), declared: [null, 224, 224, 3], dtype: "float32", suggested: [1, 224, 224, 3] },
    ]);
  }));

test("a reply has the report, its headline, its answers and the time it took", () =>
  using(holdModel({ kind: "zoo", spec: "EfficientNetB5?keras=2.9" }), async (held) => {
    const reply = await held.probe(probe({ input_1: [1, 128, 128, 1] }));
    expect(reply.report.outputs).toEqual([{ layer: "top_activation", shape: [1, 4, 4, 2048] }]);
    expect(reply.headline).toMatchObject({ tone: "broadcast", text: expect.stringContaining("1 → 3 channels at normalization") });
    expect(reply.answers.length).toBeGreaterThan(0);
    expect(reply.elapsedMs).toBeGreaterThan(0);
    const [broadcast] = reply.report.broadcasts.filter(({ kind }) => kind === "expands-activation");
    expect(broadcast?.operands.map(({ name, values }) => [name, values])).toContainEqual(["mean", [0.485, 0.456, 0.406]]);
  }));

test("bytes that were handed over are opened like the file they come from", async () => {
  const path = join(FIXTURES, "sequential.2.h5");
  const handed = {
    kind: "bytes",
    name: "sequential.2.h5",
    files: [{ path: "sequential.2.h5", bytes: readFileSync(path) }],
  } as const;
  const [fromDisk, fromBytes] = [
    await using(holdModel({ kind: "path", path }), ({ opened }) => opened),
    await using(holdModel({ ...handed, files: [...handed.files] }), ({ opened }) => opened),
  ];
  expect(fromBytes).toEqual(fromDisk);
});

describe("what cannot be used", () => {
  test.each<[string, Parameters<typeof holdModel>[0], string]>([
    ["a file that is not there", { kind: "path", path: "/nowhere/model.h5" }, "model.h5"],
    [
      "an empty file",
      { kind: "bytes", name: "empty.h5", files: [{ path: "empty.h5", bytes: new Uint8Array() }] },
      "empty.h5 cannot be opened: it is empty",
    ],
    ["bytes without files", { kind: "bytes", name: "gone.h5", files: [] }, "gone.h5"],
    ["a name that is not in the zoo", { kind: "zoo", spec: "VGG17" }, "VGG16"],
  ])("%s is a sentence for the user", async (_, source, words) => {
    await expect(holdModel(source)).rejects.toMatchObject({ name: "UserError", message: expect.stringContaining(words) });
  });

  test.each<[string, unknown, string]>([
    ["no probe at all", undefined, "A probe needs inputs"],
    ["inputs that are a list", { inputs: [1, 2] }, "A probe needs inputs"],
    ["a shape that is a text", { ...probe(), inputs: { input_1: "128x128x1" } }, "cannot be a tensor"],
    ["a size that is a text", { ...probe(), inputs: { input_1: [1, "128", 128, 1] } }, "is not a whole number above 0"],
    ["an infinite size", { ...probe(), inputs: { input_1: [1, Number.POSITIVE_INFINITY, 128, 1] } }, "is not a whole number above 0"],
    ["an input that is not there", { ...probe(), inputs: { image: [1, 128, 128, 1] } }, 'has no input "image"'],
    ["an engine that is not there", { ...probe(), engine: "gpu" }, 'There is no engine "gpu"'],
    ["a mode that is not there", { ...probe(), mode: "train" }, 'There is no mode "train"; use feed or rebuild.'],
  ])("%s is a sentence for the user", (_, asked, words) =>
    using(holdModel({ kind: "zoo", spec: "EfficientNetB5?keras=2.9" }), async (held) => {
      await expect(held.probe(asked as Probe)).rejects.toMatchObject({ name: "UserError", message: expect.stringContaining(words) });
    }),
  );
});

test("a model that is disposed of, or cannot be opened, keeps no file open", async () => {
  const isOpen = () => readdirSync("/dev/fd").length;
  await using(holdModel({ kind: "path", path: join(FIXTURES, "nested.2.h5") }), (held) => held.probe(probe()));
  const before = isOpen();
  for (let round = 0; round < 5; round++) {
    await using(holdModel({ kind: "path", path: join(FIXTURES, "nested.2.h5") }), (held) => held.probe(probe()));
    await holdModel({ kind: "path", path: join(FIXTURES, "README.md") }).catch(() => {});
  }
  expect(isOpen()).toBeLessThanOrEqual(before);
});

test("a model that nothing can be sent through is named", async () => {
  const config = { class_name: "Sequential", config: { name: "s", layers: [{ class_name: "Dense", config: { name: "d", units: 3 } }] } };
  const bytes = Buffer.from(JSON.stringify(config));
  await expect(holdModel({ kind: "bytes", name: "open.json", files: [{ path: "open.json", bytes }] })).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringMatching(/^open\.json cannot be probed: the input \S+ does not say its shape/),
  });
});
