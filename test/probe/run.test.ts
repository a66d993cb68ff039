import { memory } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { useShapesEngine } from "../../src/engines";
import { zooModel } from "../../src/formats";
import { type Json, type Report, UserError } from "../../src/model";
import { checkProbe, prepareModel, runProbe } from "../../src/probe";
import { functional, input, modelOf, send, sent } from "./models";

const GRAY = [1, 128, 128, 1];
const shapesOf = (report: Report, ids: string[]) => ids.map((id) => report.layers.find((row) => row.id === id)?.output?.[0]?.slice(1));

describe("EfficientNetB5 with a gray image", () => {
  it("gives the table of the first question, in the spelling of TensorFlow 2.11", async () => {
    const report = await sent(zooModel("EfficientNetB5?keras=2.9"), { input_1: GRAY });
    const ids = ["input_1", "rescaling", "normalization", "tf.math.truediv", "stem_conv_pad"];
    expect(report.layers.slice(0, 5).map(({ id }) => id)).toEqual(ids);
    expect(shapesOf(report, ids)).toEqual([
      [128, 128, 1],
      [128, 128, 1],
      [128, 128, 3],
      [128, 128, 3],
      [129, 129, 3],
    ]);
    expect(report.broadcasts.filter(({ kind }) => kind === "expands-activation")).toEqual([
      {
        layer: "normalization",
        operation: "Sub",
        kind: "expands-activation",
        output: [1, 128, 128, 3],
        operands: [
          { shape: GRAY, stretched: [3], role: "activation", name: null },
          { shape: [1, 1, 1, 3], stretched: [1, 2], role: "weight", name: "mean", values: [0.485, 0.456, 0.406] },
        ],
      },
    ]);
    expect(report.broadcasts.filter(({ layer }) => layer === "normalization").map(({ kind }) => kind)).toEqual([
      "expands-activation",
      "parameter",
    ]);
  });

  it("declares what Keras declares, though the kernels see another shape", async () => {
    const report = await sent(zooModel("EfficientNetB5"), { input_layer: GRAY });
    expect(report.layers.find(({ id }) => id === "normalization")).toMatchObject({
      declared: [[null, null, null, 3]],
      output: [[1, 128, 128, 3]],
    });
  });
});

describe("failures", () => {
  it.each([
    ["MobileNetV2", [1, 128, 128, 1], "Conv1", "expected 3 channels, got 1 from 1×128×128×1"],
    ["InceptionV3", [1, 32, 32, 3], "conv2d_29", "window 3×3 does not fit into input 1×1"],
  ])("%s at %j fails at %s", async (spec, shape, layer, message) => {
    const prepared = prepareModel(zooModel(spec));
    const report = await send(prepared, { [prepared.inputs[0]?.name ?? ""]: shape });
    prepared.dispose();
    expect(report.failure).toEqual({ layer, message, cause: null });
    const statuses = report.layers.map(({ status }) => status);
    const at = statuses.indexOf("failed");
    expect(report.layers[at]?.id).toBe(layer);
    expect(statuses.slice(0, at).every((status) => status === "ok")).toBe(true);
    expect(statuses.slice(at + 1).every((status) => status === "unreached")).toBe(true);
  });

  it("tells what happens behind a gate that is shut", async () => {
    const report = await sent(zooModel("VGG16?include_top=true"), { input_layer: [1, 256, 256, 3] });
    expect(report.failure?.layer).toBe("(input)");
    expect(report.gates.map(({ gate, open }) => `${gate} ${open}`)).toEqual(["constructor false", "input false", "layers false"]);
    expect(report.gates[2]?.message).toBe("fc1: expected 25088 values, got 32768 from 1×32768");
    expect(shapesOf(report, ["block5_pool"])).toEqual([[8, 8, 512]]);
  });

  it("names the Flatten that ties a Dense to one size", async () => {
    const layers = flattening();
    const report = await sent(modelOf({ class_name: "Sequential", config: { name: "s", layers } }, "3.15.1"), { x: [1, 10, 10, 1] });
    expect(report.failure).toEqual({ layer: "dense", message: "expected 64 values, got 100 from 1×100", cause: "flatten" });
  });
});

function flattening(): Json[] {
  return [
    { class_name: "InputLayer", config: { name: "x", batch_shape: [null, 8, 8, 1], dtype: "float32" } },
    { class_name: "Flatten", config: { name: "flatten", trainable: true } },
    { class_name: "Dropout", config: { name: "dropout", trainable: true, rate: 0.5 } },
    { class_name: "Dense", config: { name: "dense", trainable: true, units: 2 } },
  ];
}

describe("a class that nobody knows", () => {
  const model = functional(
    [
      input("x", [null, 4]),
      ["Dense", "before", { units: 3 }, "x"],
      ["Mystery", "unknown", {}, "before"],
      ["Dense", "after", { units: 2 }, "unknown"],
    ],
    ["x"],
    ["after"],
  );

  it("is no failure: it and all below it are unknown", async () => {
    const report = await sent(model, { x: [1, 4] });
    expect(report.layers.map(({ id, status }) => [id, status])).toEqual([
      ["x", "ok"],
      ["before", "ok"],
      ["unknown", "unknown"],
      ["after", "unknown"],
    ]);
    expect(report).toMatchObject({ failure: null, outputs: [] });
  });

  it("gives what those that read it were built for, where the file tells and the tensor is as declared", async () => {
    const told = structuredClone(model);
    const after = told.network.layers.find(({ name }) => name === "after");
    if (after) after.buildConfig = { input_shape: [null, 6] };
    const report = await sent(told, { x: [2, 4] });
    expect(report.layers.map(({ id, status, output }) => [id, status, output?.[0]])).toEqual([
      ["x", "ok", [2, 4]],
      ["before", "ok", [2, 3]],
      ["unknown", "unknown", [2, 6]],
      ["after", "ok", [2, 2]],
    ]);
    expect(report.model.parameters).toBe(15 + 14);
  });

  it("keeps the weights that the file tells of it", async () => {
    const weights = [{ layer: "unknown", name: "w", shape: [3, 5], dtype: "float32", at: { file: "f" } }];
    const report = await sent({ ...model, weights }, { x: [1, 4] });
    expect(report.layers[2]).toMatchObject({ parameters: 15, weights: [{ name: "w", shape: [3, 5] }] });
  });
});

describe("broadcasts by what the kernels saw", () => {
  it("finds a batch stretched by a difference of (N,1) and (N,)", async () => {
    const model = functional([input("a", [null, 1]), input("b", [null]), ["Subtract", "loss", {}, ["a", "b"]]], ["a", "b"], ["loss"]);
    // Keras's Subtract gives the vector an axis behind the batch, so nothing stretches …
    expect((await sent(model, { a: [7, 1], b: [7] })).broadcasts).toEqual([]);
    // … where the plain operation stretches the batch.
    const plain = functional(
      [input("a", [null, 1]), input("b", [null]), ["TFOpLambda", "loss", { function: "math.subtract" }, ["a"]]],
      ["a", "b"],
      ["loss"],
    );
    const [call] = plain.network.layers.at(-1)?.calls ?? [];
    const tensor = (layer: string) => ({ tensor: { layer, call: 0, output: 0 } });
    Object.assign(call ?? {}, { args: [tensor("a")], kwargs: { y: tensor("b") } });
    const [found] = (await sent(plain, { a: [7, 1], b: [7] })).broadcasts;
    expect(found).toMatchObject({ kind: "expands-batch", operation: "Sub", output: [7, 7] });
  });

  it("calls the mean inside LayerNormalization internal, and its scale a parameter", async () => {
    const model = functional([input("x", [null, 5, 6]), ["LayerNormalization", "norm", { axis: [2] }, "x"]], ["x"], ["norm"]);
    const { broadcasts } = await sent(model, { x: [2, 5, 6] });
    expect(broadcasts.map(({ operation, kind }) => [operation, kind])).toEqual([
      ["Sub", "internal"],
      ["Add", "scalar"],
      ["Mul", "internal"],
      ["Mul", "parameter"],
      ["Add", "parameter"],
    ]);
  });

  it("reports the bias that a fused convolution adds", async () => {
    const model = functional([input("x", [null, 8, 8, 3]), ["Conv2D", "conv", { filters: 4, kernel_size: [3, 3] }, "x"]], ["x"], ["conv"]);
    const { broadcasts } = await sent(model, { x: [1, 8, 8, 3] });
    expect(broadcasts).toMatchObject([
      { operation: "BiasAdd", kind: "parameter", operands: [{ role: "activation" }, { role: "weight", name: "bias", shape: [4] }] },
    ]);
  });

  it("asks the file for the numbers of small weights where a broadcast is worth a look", async () => {
    const model = functional(
      [input("x", [null, null, null, 3]), ["Normalization", "norm", { axis: [3], mean: null, variance: null }, "x"]],
      ["x"],
      ["norm"],
    );
    const asked: string[] = [];
    const weightValues = (layer: string, weight: string) => {
      asked.push(`${layer}/${weight}`);
      return [1, 2, 3];
    };
    const { broadcasts } = await sent(model, { x: [1, 4, 4, 1] }, { weightValues });
    expect(broadcasts[0]?.operands[1]).toMatchObject({ name: "mean", values: [1, 2, 3] });
    expect(asked).toEqual(["norm/mean"]);
    asked.length = 0;
    await sent(model, { x: [1, 4, 4, 3] }, { weightValues });
    expect(asked).toEqual([]);
  });
});

describe("a layer behind an unknown one, in a file that tells no shapes", () => {
  it("has the weights that the file holds", () => {
    const model = functional(
      [input("x", [null, 4]), ["Mystery", "unknown", {}, "x"], ["Dense", "after", { units: 2 }, "unknown"]],
      ["x"],
      ["after"],
    );
    const at = { file: "m.h5" };
    model.weights = [{ layer: "after", name: "kernel", shape: [6, 2], dtype: "float32", at }];
    expect(prepareModel(model)).toMatchObject({ parameters: 12 });
  });
});

describe("what Keras counts as layers", () => {
  it("are also those that no output needs, as a file of tf_keras loses tensors in places", () => {
    const model = functional([input("x", [null, 4]), ["ReLU", "lost", {}, "x"], ["ReLU", "kept", {}, "x"]], ["x"], ["kept"]);
    expect(prepareModel(model).layers).toBe(3);
  });
});

describe("housekeeping", () => {
  it.each([[[1, 128, 128, 3]], [GRAY], [[1, 128, 128, 4]]])("a probe of %j leaves no tensor behind", async (shape) => {
    useShapesEngine();
    const start = memory().numTensors;
    for (const spec of ["MobileNetV2", "ConvNeXtTiny"]) {
      const prepared = prepareModel(zooModel(spec));
      const before = memory();
      await send(prepared, { [prepared.inputs[0]?.name ?? ""]: shape });
      expect({ tensors: memory().numTensors, buffers: memory().numDataBuffers }).toEqual({
        tensors: before.numTensors,
        buffers: before.numDataBuffers,
      });
      prepared.dispose();
    }
    expect(memory().numTensors).toBe(start);
  });

  it("gives the same report twice", async () => {
    const prepared = prepareModel(zooModel("MobileNetV2"));
    const probe = { [prepared.inputs[0]?.name ?? ""]: [1, 96, 160, 3] };
    expect(await send(prepared, probe)).toEqual(await send(prepared, probe));
    prepared.dispose();
  });

  it("stops with the signal's reason, and leaves nothing", async () => {
    const prepared = prepareModel(zooModel("MobileNetV2"));
    const before = memory().numTensors;
    await expect(send(prepared, {}, { signal: AbortSignal.abort(new Error("newer probe")) })).rejects.toThrow("newer probe");
    expect(memory().numTensors).toBe(before);
    prepared.dispose();
  });
});

describe("probes that no tensor can be", () => {
  const prepared = prepareModel(functional([input("x", [null, null, null, 3]), ["ReLU", "relu", {}, "x"]], ["x"], ["relu"]));
  const probe = (inputs: { [name: string]: number[] }) => ({ inputs, mode: "feed" as const, engine: "shapes" as const, fill: "zeros" });

  it.each([
    [[1, 0, 4, 3], /0 is not a whole number above 0/],
    [[1, -2, 4, 3], /-2 is not/],
    [[1, 1.5, 4, 3], /1.5 is not/],
    [[1, Number.NaN, 4, 3], /NaN is not/],
    [[1, 2 ** 25, 4, 3], /more than the 16777216/],
    [[2 ** 20, 2 ** 20, 4, 3], /more than 2147483647 elements/],
    [[], /at least a batch size/],
  ])("%j", (shape, message) => {
    expect(() => checkProbe(prepared, probe({ x: shape }))).toThrow(UserError);
    expect(() => checkProbe(prepared, probe({ x: shape }))).toThrow(message);
  });

  it("names the inputs that there are", () => {
    expect(() => checkProbe(prepared, probe({ y: [1, 2] }))).toThrow('small has no input "y"; its inputs are x.');
  });

  it("fills in what is left out", () => {
    expect(checkProbe(prepared, probe({})).inputs).toEqual({ x: [1, 224, 224, 3] });
  });

  it("refuses modes and engines that are not there", async () => {
    await expect(runProbe(prepared, { ...probe({}), mode: "train" as "feed" })).rejects.toThrow(UserError);
    await expect(runProbe(prepared, { ...probe({}), engine: "gpu" as never })).rejects.toThrow(UserError);
  });
});
