// The command line as other programs rely on it: each test runs the program as a process of its own.
import { closeSync, copyFileSync, cpSync, existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { version } from "../../package.json";
import type { Report } from "../../src/model";
import { zipOf } from "../formats/zip-of";
import { Program } from "./program";

let program: Program;
beforeAll(async () => {
  program = await Program.build();
}, 90_000);
afterAll(() => program.remove());

const run = (line: string, env?: NodeJS.ProcessEnv) => program.run(line.split(" "), env);
const documents = (stdout: string) =>
  stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Report);
const FIXTURES = join(import.meta.dirname, "../fixtures");

describe("exit status and what is printed where", () => {
  test.each([
    ["inspect EfficientNetB5 --input 128x128x1", 0],
    ["inspect EfficientNetB5", 0],
    ["inspect MobileNetV2 --input 128x128x1", 1],
    ["inspect InceptionV3 --input 32x32x3", 1],
    ["inspect VGG16 --input 8x8x2", 1],
    ["inspect VGG16 --input 64x64x3 --input 64x64x1", 1],
    ["sizes VGG16?include_top=true", 0],
    ["models", 0],
    ["--help", 0],
    ["inspect --help", 0],
    ["--version", 0],
  ])("%s: %i, and nothing on standard error", async (line, status) => {
    const outcome = await run(line);
    expect(outcome).toMatchObject({ status, stderr: "" });
    expect(outcome.stdout).not.toBe("");
  });

  test.each([
    ["inspect VGG16 --input 0x5x3", "The shape 1×0×5×3 for input input_layer cannot be a tensor: 0 is not a whole number above 0."],
    ["inspect VGG16 --input -5x5x3", "The shape 1×-5×5×3 for input input_layer cannot be a tensor: -5 is not a whole number above 0."],
    ["inspect VGG16 --input 1.5x5x3", "The shape 1×1.5×5×3 for input input_layer cannot be a tensor: 1.5 is not a whole number above 0."],
    [
      "inspect VGG16 --input 1e9x5x3",
      "The shape 1×1000000000×5×3 for input input_layer cannot be a tensor: 1000000000 is more than the 16777216 that an axis may have.",
    ],
    [
      "inspect VGG16 --input 99999x99999x3",
      "The shape 1×99999×99999×3 for input input_layer cannot be a tensor: it has more than 2147483647 elements.",
    ],
    ["inspect VGG16 --batch 0", "The shape 0×224×224×3 for input input_layer cannot be a tensor: 0 is not a whole number above 0."],
    ["inspect VGG16 --input abc", '--input abc: "abc" is not a number; write the axes without batch, like 128x128x1.'],
    ["inspect VGG16 --input image=8x8x3", "The model has no input image; its inputs are input_layer."],
    ["inspect nowhere.h5", "There is no file nowhere.h5; give a path to a model, or a name that layerscope models lists."],
    [
      "inspect EfficentNetB5",
      'There is no model "EfficentNetB5" in the zoo: did you mean EfficientNetB5 or EfficientNetB0 or EfficientNetB1?',
    ],
    ["inspect VGG16 --svg nowhere/x.svg", "--svg nowhere/x.svg cannot be written (there is no such folder); name another file."],
    [
      "inspect VGG16 --markdown package.json/x.md",
      "--markdown package.json/x.md cannot be written (there is no such folder); name another file.",
    ],
    ["inspect VGG16 --svg x --markdown ./x", "--svg and --markdown both name x; name a file each."],
    ["inspect VGG16 --svg /", "--svg / is a folder; name a file in it."],
    ["inspect VGG16 --input 8x8x3 --input 9x9x3 --markdown x.md", "--svg and --markdown write one report; give one --input."],
    ["head VGG16 --classes 0", "0 is no number of classes; give a whole number from 1 to 10000000."],
    ["head VGG16?pooling=avg --option flatten", "VGG16?pooling=avg gives 512, which flatten does not fit; choose dense or none."],
    [
      "compare VGG16 --input 8x8x3",
      "compare needs two of something: two --input, a second model, or a --preset (grayscale, top, pooling).",
    ],
    ["sizes VGG16 --input 5", "5 is no size for VGG16: give its height and width, 1 to 4096, like 96x96."],
    ["sizes VGG16 --input a=5x5", "--input a=5x5: give a size without a name, like 208x104."],
    ["serve VGG16 --port 70000", "--port 70000 is no port; give a whole number up to 65535, or leave it out."],
    ["serve nowhere.h5", "There is no file nowhere.h5; give a path to a model, or a name that layerscope models lists."],
    ["serve VGG16 --input 0x5x3", "The shape 1×0×5×3 for input input_layer cannot be a tensor: 0 is not a whole number above 0."],
    ["frobnicate", "There is no command frobnicate; the commands are inspect, sizes, head, compare, ask, serve, models, native."],
  ])("%s: 2, and one line that says what and what to do", async (line, message) => {
    expect(await run(line)).toEqual({ status: 2, stdout: "", stderr: `layerscope: ${message}\n` });
  });

  test.each<[string, Buffer | string, string]>([
    ["empty.h5", "", "empty.h5 cannot be opened: it is empty."],
    ["cut.h5", readFileSync(join(FIXTURES, "nested.3.h5")).subarray(0, 3000), "cut.h5 cannot be opened: "],
    [
      "picture.keras",
      readFileSync(join(FIXTURES, "../../media/icon.png")),
      "picture.keras cannot be opened: it is a PNG image, not a model.",
    ],
    ["deep.json", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`, "deep.json cannot be opened: "],
    ["half.json", '{"class_name": "Functional", ', "half.json cannot be opened: "],
  ])("a broken file (%s): 2, and one line that names it and the reason", async (name, content, message) => {
    const path = program.scratch(name);
    writeFileSync(path, content);
    const outcome = await program.run(["inspect", path]);
    expect(outcome).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining(`layerscope: ${message}`) });
    expect(outcome.stderr).toMatch(/^[^\n]+\n$/);
  });
});

describe("--json", () => {
  test("is the report and nothing else; EfficientNetB5 of TensorFlow 2.9 tells its story", async () => {
    const { stdout, stderr, status } = await run("inspect EfficientNetB5?keras=2.9 --input 128x128x1 --json", { FORCE_COLOR: "1" });
    const [report, ...others] = documents(stdout);
    expect([status, stderr, others]).toEqual([0, "", []]);
    expect(report?.layers.slice(0, 5).map(({ id, output }) => [id, output?.[0]?.slice(1).join(", ")])).toEqual([
      ["input_1", "128, 128, 1"],
      ["rescaling", "128, 128, 1"],
      ["normalization", "128, 128, 3"],
      ["tf.math.truediv", "128, 128, 3"],
      ["stem_conv_pad", "129, 129, 3"],
    ]);
    const [broadcast] = report?.broadcasts.filter(({ kind }) => kind === "expands-activation") ?? [];
    expect(broadcast).toMatchObject({
      layer: "normalization",
      operation: "Sub",
      operands: [{ stretched: [3] }, { name: "mean", values: [0.485, 0.456, 0.406] }],
    });
  });

  test("is one document a line, in the order of --input, also where a probe fails", async () => {
    const { stdout, status } = await run("inspect MobileNetV2 --input 128x128x1 --input 96x96x3 --batch 2 --json");
    expect(status).toBe(1);
    expect(documents(stdout).map(({ schema, probe, failure }) => [schema, Object.values(probe.inputs)[0], failure?.layer])).toEqual([
      [1, [2, 128, 128, 1], "Conv1"],
      [1, [2, 96, 96, 3], undefined],
    ]);
  });

  test("tells sizes in one document", async () => {
    const { stdout, stderr, status } = await run("sizes Xception --input 208x104 --json");
    expect([status, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toMatchObject({
      minimum: [7, 7],
      documented: [71, 71],
      limit: "block1_conv2",
      any_size: true,
      channels: [
        { channels: 1, accepted: false, layer: "block1_conv1", message: expect.stringContaining("expected 3 channels") },
        { channels: 2, accepted: false, layer: "(input)", message: expect.any(String) },
        { channels: 3, accepted: true, layer: null, message: null },
        { channels: 4, accepted: false, layer: "(input)", message: expect.any(String) },
      ],
      wished: { size: [208, 104], obstacle: null, smallest: [7, 7] },
    });
  });

  test("lists the zoo a model a line", async () => {
    const entries = (await run("models --json")).stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(entries.find(({ name }) => name === "EfficientNetB5")).toMatchObject({
      generations: ["3", "2", "2.9"],
      takesGrayscale: true,
      parameters: 28_513_527,
    });
  });

  test("goes on where files are written too, with the remarks on standard error", async () => {
    const file = program.scratch("report.md");
    const { stdout, stderr } = await program.run(["inspect", "VGG16", "--input", "64x64x3", "--json", "--markdown", file]);
    expect(documents(stdout)).toHaveLength(1);
    expect(stderr).toBe(`Wrote ${file}.\n`);
    expect(readFileSync(file, "utf8")).toContain("| `block1_conv1` | Conv2D | ?×?×64 | 64×64×64 | 1,792 |");
  });
});

test("inputs by name", async () => {
  const { stdout, status } = await program.run(["inspect", join(FIXTURES, "two-inputs.2.h5"), "--json"]);
  const names = Object.keys(documents(stdout)[0]?.probe.inputs ?? {});
  expect([status, names.length]).toEqual([0, 2]);
  const unnamed = await program.run(["inspect", join(FIXTURES, "two-inputs.2.h5"), "--input", "8x8x3"]);
  const named = names.map((name) => `${name}=…`).join(",");
  expect(unnamed.stderr).toBe(`layerscope: The model has 2 inputs; name them: --input ${named}, or give a shape for each in this order.\n`);
  const inOrder = await program.run(["inspect", join(FIXTURES, "two-inputs.2.h5"), "--input", "16x16x3,12", "--json"]);
  expect(Object.values(documents(inOrder.stdout)[0]?.probe.inputs ?? {})).toEqual([
    [1, 16, 16, 3],
    [1, 12],
  ]);
});

test("what a person should know of a file is told beside the report", async () => {
  const path = program.scratch("bare.keras");
  writeFileSync(path, zipOf([{ name: "config.json", bytes: readFileSync(join(FIXTURES, "sequential.3.json")) }]));
  const note = "The archive has no model.weights.h5, so its weights are not listed.";
  expect(await program.run(["inspect", path])).toMatchObject({ status: 0, stderr: "", stdout: expect.stringContaining(note) });
  const { stdout, stderr } = await program.run(["inspect", path, "--json"]);
  expect([documents(stdout).length, stderr]).toEqual([1, `${note}\n`]);
});

test("a shape with its batch is understood, and told how to be written", async () => {
  const { status, stdout, stderr } = await run("inspect MobileNetV2 --input 1,128,128,3 --json");
  expect([status, documents(stdout)[0]?.failure?.layer]).toEqual([1, "(input)"]);
  expect(stderr).toBe("--input is written without the batch: --input 128x128x3 --batch 1.\n");
  expect((await run("inspect MobileNetV2 --input 128x128x3x5")).stderr).toBe("");
});

test("the model's own file is never written over", async () => {
  const path = program.scratch("mine.h5");
  copyFileSync(join(FIXTURES, "sequential.2.h5"), path);
  const before = readFileSync(path);
  for (const option of ["--svg", "--markdown"]) {
    const outcome = await program.run(["inspect", path, option, join(path, "..", "mine.h5")]);
    expect(outcome).toMatchObject({ status: 2, stderr: expect.stringContaining("is the model itself; name another file.") });
  }
  expect(readFileSync(path).equals(before)).toBe(true);
});

test("a folder is the model in it, also where its name could be a model's of the zoo", async () => {
  const folder = program.scratch("mymodel");
  cpSync(join(FIXTURES, "sequential.tfjs"), folder, { recursive: true });
  const outcome = await program.run(["inspect", "mymodel"], {}, dirname(folder));
  expect(outcome).toMatchObject({ status: 0, stderr: "", stdout: expect.stringContaining("tfjs-layers") });
});

test.runIf(existsSync("/dev/full"))("a full disk is told of in one line", async () => {
  const full = openSync("/dev/full", "w");
  const outcome = await program.run(["models"], {}, undefined, full);
  closeSync(full);
  expect(outcome).toMatchObject({ status: 2, stderr: "layerscope: Standard output cannot be written (ENOSPC).\n" });
});

test("a reader that stops early is no error", async () => {
  const child = program.start(["inspect", "EfficientNetB5"]);
  let stderr = "";
  child.stderr?.on("data", (text) => (stderr += text));
  child.stdout?.once("data", () => child.stdout?.destroy());
  await new Promise((resolve) => child.once("close", resolve));
  expect(stderr).toBe("");
});

test("colour only where it is wanted; the version is the package's", async () => {
  expect((await run("inspect VGG16")).stdout).not.toContain("\u001b[");
  expect((await run("inspect VGG16", { FORCE_COLOR: "1" })).stdout).toContain("\u001b[");
  expect((await run("--version")).stdout).toBe(`${version}\n`);
});
