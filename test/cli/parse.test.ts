import { homedir } from "node:os";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/commands";
import { parseCommandLine } from "../../src/cli/parse";
import { probesOf } from "../../src/cli/probes";

const words = (line: string) => line.split(" ").filter((word) => word !== "");
const call = (line: string) => {
  const request = parseCommandLine(words(line));
  if (request.kind !== "run") throw new Error(`${line} is no call`);
  return request.call;
};
const inputs = [{ name: "image", declared: [null, 224, 224, 3], dtype: "float32", suggested: [1, 224, 224, 3] }];
const two = [...inputs, { name: "mask", declared: [null, 8], dtype: "float32", suggested: [1, 8] }];

describe("a command line", () => {
  test.each([
    ["--help", { kind: "help" }],
    ["-h", { kind: "help" }],
    ["help", { kind: "help" }],
    ["--version", { kind: "version" }],
    ["inspect --help", { kind: "command-help", name: "inspect" }],
    ["inspect VGG16 --input 8x8x3 -h", { kind: "command-help", name: "inspect" }],
    ["help serve", { kind: "command-help", name: "serve" }],
    ["models --json", { kind: "run", name: "models", call: { model: "", values: { json: true } } }],
    [
      "inspect VGG16 --input 8x8x3 --input 9x9x3",
      { kind: "run", name: "inspect", call: { model: "VGG16", values: { input: ["8x8x3", "9x9x3"] } } },
    ],
    ["inspect --input -5x5x3 VGG16", { kind: "run", name: "inspect", call: { model: "VGG16", values: { input: ["-5x5x3"] } } }],
    [
      "serve VGG16 --port 8080 --no-open",
      { kind: "run", name: "serve", call: { model: "VGG16", values: { port: "8080", "no-open": true } } },
    ],
  ])("%j", (line, request) => expect(parseCommandLine(words(line))).toMatchObject(request));

  test.each([
    ["", "Nothing to do; try layerscope inspect EfficientNetB5 --input 128x128x1, or layerscope --help."],
    ["inspct VGG16", "There is no command inspct; did you mean inspect?"],
    ["constructor", "There is no command constructor; the commands are inspect, sizes, head, compare, ask, serve, models, native."],
    ["inspect", "inspect needs a model: a file, or a name like EfficientNetB5 (layerscope models lists them)."],
    ["inspect a.h5 b.h5", "inspect takes one model; b.h5 is too much."],
    ["compare a.h5 b.h5 c.h5", "compare takes two models; c.h5 is too much."],
    ["models x", "models takes no model; x is too much."],
    ["inspect VGG16 --inptu 8", "inspect has no option --inptu; did you mean --input?"],
    ["inspect VGG16 --zzz", "inspect has no option --zzz; see layerscope inspect --help."],
    ["inspect VGG16 -z", "inspect has no option -z; see layerscope inspect --help."],
    ["inspect VGG16 --input", "--input needs a value; see layerscope inspect --help."],
    ["inspect VGG16 --batch 2 --batch 3", "--batch is given twice; inspect takes it once."],
    ["serve VGG16 --input 8x8x3 --input 9x9x3", "--input is given twice; serve takes it once."],
    ["inspect VGG16 --json=yes", "--json takes no value; see layerscope inspect --help."],
  ])("%j is refused", (line, message) => {
    expect(() => parseCommandLine(words(line))).toThrow(expect.objectContaining({ name: "UserError", message }));
  });

  test("a command is there or says that it is not", () => {
    const missing = Object.keys(COMMANDS).filter((name) => !COMMANDS[name]?.run);
    expect(missing).toEqual([]);
  });
});

describe("the probes it asks for", () => {
  const settings = { mode: "feed", engine: "shapes", fill: "zeros" };
  test.each([
    ["inspect m", inputs, [{ inputs: { image: [1, 224, 224, 3] }, ...settings }]],
    ["inspect m --batch 4", inputs, [{ inputs: { image: [4, 224, 224, 3] }, ...settings }]],
    [
      "inspect m --input 8x8x1 --input 9x9x3 --fill random:7",
      inputs,
      [8, 9].map((side) => ({ inputs: { image: [1, side, side, side === 8 ? 1 : 3] }, ...settings, fill: "random:7" })),
    ],
    ["inspect m --input mask=5 --batch 2", two, [{ inputs: { image: [2, 224, 224, 3], mask: [2, 5] }, ...settings }]],
    ["inspect m --input -5x0x1.5", inputs, [{ inputs: { image: [1, -5, 0, 1.5] }, ...settings }]],
    ["serve m --input 8x8x3", inputs, [{ inputs: { image: [1, 8, 8, 3] }, ...settings }]],
    [
      // An image is nothing without numbers.
      "inspect m --fill image:package.json --preprocess tf",
      inputs,
      [{ inputs: { image: [1, 224, 224, 3] }, ...settings, engine: "auto", fill: `image:${resolve("package.json")}`, preprocess: "tf" }],
    ],
    [
      "inspect m --fill image:~ --engine shapes",
      inputs,
      [{ inputs: { image: [1, 224, 224, 3] }, ...settings, fill: `image:${homedir()}` }],
    ],
  ])("%j", (line, model, probes) => expect(probesOf(call(line), model)).toEqual(probes));

  test.each([
    ["inspect m --batch two", "--batch two is not a number."],
    ["inspect m --mode fed", "--mode fed is unknown; it can be feed, rebuild."],
    ["inspect m --engine gpu", "--engine gpu is unknown; it can be shapes, auto, native, wasm."],
    ["inspect m --fill noise", "--fill noise is unknown; it can be zeros, ones, ramp, random:SEED or image:PATH."],
    ["inspect m --fill image:", "--fill image: is unknown; it can be zeros, ones, ramp, random:SEED or image:PATH."],
    ["inspect m --fill image:nowhere/cat.png", "--fill image:nowhere/cat.png: there is no such file."],
    ["inspect m --preprocess keras", "--preprocess keras is unknown; it can be auto, none, unit, tf, torch, caffe."],
    ["inspect m --fill random:", "--fill random: is unknown; it can be zeros, ones, ramp, random:SEED or image:PATH."],
  ])("%j is refused", (line, message) => expect(() => probesOf(call(line), inputs)).toThrow(message));
});
