import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import type { GraphFunction, GraphNode } from "../../src/formats/graph/definition";
import { graphNetwork } from "../../src/formats/graph/network";
import type { Json, Model, Report } from "../../src/model";
import { prepareModel, runProbe } from "../../src/probe";

type Written = [name: string, op: string, inputs?: string[], attributes?: { [name: string]: Json }];

const node = ([name, op, inputs = [], attributes = {}]: Written): GraphNode => ({ name, op, inputs, attributes });
const whole = (name: string, values: number[], shape = values.length === 1 ? [] : [values.length]): GraphNode => ({
  ...node([name, "Const"]),
  stored: { shape, dtype: "int32", values, at: null, isVariable: false },
});
const calls = (name: string): Json => ({ func: { name } });
const given = (names: string[]) => names.map((name) => ({ node: name, shape: null, dtype: "float32" }));
const part = (inputs: string[], outputs: string[], nodes: (Written | GraphNode)[]): GraphFunction => ({
  nodes: [...inputs.map((name) => node([name, "Placeholder"])), ...nodes.map((each) => (Array.isArray(each) ? node(each) : each))],
  inputs: given(inputs),
  outputs,
});

const X = { node: "x", shape: [null, 4], dtype: "float32" };
const FLAG = { node: "flag", shape: null, dtype: "float32" };

function model(nodes: (Written | GraphNode)[], functions: { [name: string]: GraphFunction } = {}, outputs = ["y"]): Model {
  const { nodes: all } = part(["x", "flag"], [], nodes);
  const definition = { nodes: all, inputs: [X, FLAG], outputs, functions: new Map(Object.entries(functions)) };
  return { name: "graph", format: "tfjs-graph", producer: null, kerasMajor: 3, ...graphNetwork("graph", definition) };
}

async function probed(made: Model, engine: "shapes" | "wasm" = "shapes"): Promise<Report> {
  const prepared = prepareModel(made);
  try {
    return await runProbe(prepared, { inputs: { x: [2, 4], flag: [] }, mode: "feed", engine, fill: "ones" });
  } finally {
    prepared.dispose();
  }
}

/** Counts to three, adding to x each time. */
const COUNTING: { [name: string]: GraphFunction } = {
  cond: part(["i", "v"], ["less"], [whole("three", [3]), ["less", "Less", ["i", "three"]]]),
  body: part(["i", "v"], ["next", "sum"], [whole("one", [1]), ["next", "AddV2", ["i", "one"]], ["sum", "AddV2", ["v", "v"]]]),
};
const while_ = (inputs: string[]): Written => ["y", "While", inputs, { cond: calls("cond"), body: calls("body") }];

/** The same loop as TensorFlow 1 writes it. */
const FRAME = { frame_name: { s: Buffer.from("loop").toString("base64") } };
const FRAMED: (Written | GraphNode)[] = [
  whole("start", [0]),
  ["loop/i", "Enter", ["start"], FRAME],
  ["loop/v", "Enter", ["x"], FRAME],
  ["loop/step", "Enter", ["x"], { ...FRAME, is_constant: { b: true } }],
  ["loop/mi", "Merge", ["loop/i", "loop/ni"]],
  ["loop/mv", "Merge", ["loop/v", "loop/nv"]],
  whole("loop/three", [3]),
  ["loop/less", "Less", ["loop/mi", "loop/three"]],
  ["loop/test", "LoopCond", ["loop/less"]],
  ["loop/si", "Switch", ["loop/mi", "loop/test"]],
  ["loop/sv", "Switch", ["loop/mv", "loop/test"]],
  whole("loop/one", [1]),
  ["loop/more", "AddV2", ["loop/si:1", "loop/one"]],
  ["loop/sum", "AddV2", ["loop/sv:1", "loop/step"]],
  ["loop/ni", "NextIteration", ["loop/more"]],
  ["loop/nv", "NextIteration", ["loop/sum"]],
  ["loop/exit", "Exit", ["loop/sv"]],
  ["y", "Relu", ["loop/exit"]],
];

const idOf = ({ layers }: Report) => layers.map(({ id, status, output }) => [id, status, String(output?.[0] ?? "")].join(" "));

describe("loops", () => {
  test("that count know when they end, and their operations have rows", async () => {
    const report = await probed(model([whole("start", [0]), while_(["start", "x"])], COUNTING, ["y:1"]));
    expect(report.outputs).toEqual([{ layer: "y", shape: [2, 4] }]);
    expect(idOf(report)).toEqual(expect.arrayContaining(["y ok ", "y/cond ok ", "y/body ok ", "y/cond/less ok ", "y/body/sum ok 2,4"]));
  });

  test.each(["shapes", "wasm"] as const)("in frames are the same, on %s", async (engine) => {
    const report = await probed(model(FRAMED), engine);
    expect(report.failure).toBeNull();
    expect(idOf(report)).toEqual(expect.arrayContaining(["loop/body/sum ok 2,4", "loop/cond/less ok ", "y ok 2,4"]));
    // x, and x three times more.
    if (engine === "wasm") expect(report.outputs[0]?.values).toEqual(new Array(8).fill(4));
  });

  test("that end by a number which nobody knows run once", async () => {
    const unknown = {
      ...COUNTING,
      cond: part(["i", "v"], ["less"], [["sum", "Sum", ["v", "i"]], whole("three", [3]), ["less", "Less", ["sum", "three"]]]),
    };
    const report = await probed(model([whole("start", [0, 1]), while_(["start", "x"])], unknown, ["y:1"]));
    expect(report.outputs).toEqual([{ layer: "y", shape: [2, 4] }]);
  });

  test("whose shapes depend on such a number are unknown", async () => {
    const growing = {
      cond: part(["v", "flag"], ["less"], [["less", "Less", ["flag", "flag"]]]),
      body: part(["v", "flag"], ["more", "flag"], [whole("axis", [0]), ["more", "ConcatV2", ["v", "v", "axis"]]]),
    };
    const report = await probed(model([while_(["x", "flag"])], growing));
    const row = report.layers.find(({ id }) => id === "y");
    expect(row).toMatchObject({ status: "unknown", message: expect.stringContaining("how often it goes round") });
    expect(report.failure).toBeNull();
  });

  test("that never end are left", { timeout: 60_000 }, async () => {
    const endless = { ...COUNTING, body: part(["i", "v"], ["i", "v"], []) };
    const report = await probed(model([whole("start", [0]), while_(["start", "x"])], endless, ["y:1"]));
    expect(report.layers.find(({ id }) => id === "y")?.message).toMatch(/goes round so often/);
  });

  test("that fail inside name the operation", async () => {
    const wrong = {
      ...COUNTING,
      body: part(["i", "v"], ["i", "bad"], [whole("axes", [0, 2, 1], [3]), ["bad", "Transpose", ["v", "axes"]]]),
    };
    const report = await probed(model([whole("start", [0]), while_(["start", "x"])], wrong, ["y:1"]));
    expect(report.failure?.layer).toBe("y/body/bad");
    expect(report.layers.find(({ id }) => id === "y")).toMatchObject({ status: "failed", message: "fails inside, at y/body/bad" });
  });

  test("can be cancelled while they run", async () => {
    const endless = { ...COUNTING, body: part(["i", "v"], ["i", "sum"], [["sum", "AddV2", ["v", "v"]]]) };
    const prepared = prepareModel(model([whole("start", [0]), while_(["start", "x"])], endless, ["y:1"]));
    const run = runProbe(
      prepared,
      { inputs: { x: [2, 4], flag: [] }, mode: "feed", engine: "shapes", fill: "ones" },
      { signal: AbortSignal.timeout(80) },
    );
    await expect(run).rejects.toThrow(/timeout/);
  });
});

describe("branches", () => {
  const BRANCHES = {
    same: part(["v"], ["r"], [["r", "Relu", ["v"]]]),
    half: part(["v"], ["m"], [whole("axis", [1]), ["m", "Sum", ["v", "axis"]]]),
  };
  const choose = (pred: string, then: string, other: string): Written => [
    "y",
    "If",
    [pred, "x"],
    { then_branch: calls(then), else_branch: calls(other) },
  ];
  const chosen = async (pred: string, then: string, other: string) => {
    const { layers, outputs } = await probed(model([whole("yes", [1]), choose(pred, then, other)], BRANCHES));
    const statusOf = (id: string) => layers.find((row) => row.id === id)?.status;
    return [outputs[0]?.shape ?? null, statusOf("y/then"), statusOf("y/else")];
  };

  test("one is taken where the number is known", async () =>
    expect(await chosen("yes", "same", "half")).toEqual([[2, 4], "ok", "unreached"]));
  test("both where it is not", async () => expect(await chosen("flag", "same", "same")).toEqual([[2, 4], "ok", "ok"]));
  test("unknown where they then differ", async () => expect(await chosen("flag", "same", "half")).toEqual([null, "ok", "ok"]));

  test.each([
    ["yes", [1], ["ok", "unreached"]],
    ["no", [0], ["unreached", "ok"]],
  ])("a Switch hands on at one side: %s", async (_, value, expected) => {
    const nodes: (Written | GraphNode)[] = [
      whole("pred", value),
      ["s", "Switch", ["x", "pred"]],
      ["on", "Relu", ["s:1"]],
      ["off", "Neg", ["s"]],
      ["y", "Merge", ["off", "on"]],
    ];
    const { layers, outputs } = await probed(model(nodes));
    expect(["on", "off"].map((id) => layers.find((row) => row.id === id)?.status)).toEqual(expected);
    expect(outputs[0]?.shape).toEqual([2, 4]);
  });
});

describe("lists of tensors", () => {
  const list = (...nodes: (Written | GraphNode)[]) =>
    probed(model([whole("any", [-1]), whole("zero", [0]), whole("two", [2]), ...nodes]), "wasm");

  test.each<[string, Written[], number[]]>([
    [
      "taken apart and stacked",
      [
        ["l", "TensorListFromTensor", ["x", "any"]],
        ["y", "TensorListStack", ["l", "any"]],
      ],
      [2, 4],
    ],
    [
      "one item",
      [
        ["l", "TensorListFromTensor", ["x", "any"]],
        ["y", "TensorListGetItem", ["l", "zero", "any"]],
      ],
      [4],
    ],
    [
      "set and never written items",
      [
        ["l", "TensorListReserve", ["any", "two"]],
        ["m", "TensorListSetItem", ["l", "zero", "x"]],
        ["y", "TensorListStack", ["m", "any"]],
      ],
      [2, 2, 4],
    ],
    [
      "pushed twice and joined",
      [
        ["l", "EmptyTensorList", ["any", "two"]],
        ["m", "TensorListPushBack", ["l", "x"]],
        ["n", "TensorListPushBack", ["m", "x"]],
        ["y", "TensorListConcatV2", ["n", "any", "zero"]],
      ],
      [4, 4],
    ],
    [
      "an array",
      [
        ["a", "TensorArrayV3", ["two"]],
        ["s", "TensorArrayScatterV3", ["a", "order", "x", "a:1"]],
        ["y", "TensorArrayReadV3", ["a", "zero", "s"]],
      ],
      [4],
    ],
  ])("%s", async (_, nodes, shape) => {
    const before = tf.memory().numTensors;
    const report = await list(whole("order", [1, 0]), ...nodes);
    expect(report.failure).toBeNull();
    expect(report.outputs[0]).toEqual({ layer: "y", shape, values: expect.any(Array) });
    expect(report.numbers?.differing).toEqual([]);
    expect(tf.memory().numTensors, "tensors left behind").toBe(before);
  });

  test("an item that is not there names its number", async () => {
    const report = await list(["l", "TensorListFromTensor", ["x", "any"]], ["y", "TensorListGetItem", ["l", "two", "any"]]);
    expect(report.failure).toMatchObject({ layer: "y", message: "it reads item 2 of a list of 2" });
  });
});

test.each<[string, (Written | GraphNode)[], RegExp]>([
  ["a loop without a condition", [["y", "While", ["x"], { body: calls("b") }]], /its operation "y" does not name its cond/],
  ["a node that is not there", [["y", "Relu", ["gone"]]], /y reads "gone", which is not in the graph/],
  [
    "a function that is not there",
    [["y", "If", ["flag", "x"], { then_branch: calls("a"), else_branch: calls("a") }]],
    /calls "a", which is not in its library/,
  ],
])("%s is told in one sentence", (_, nodes, message) => {
  expect(() => model(nodes)).toThrow(message);
});

test("a function that calls itself is told in one sentence", () => {
  const itself: Written = ["y", "If", ["v", "v"], { then_branch: calls("f"), else_branch: calls("f") }];
  const f = part(["v"], ["y"], [itself]);
  expect(() => model([["y", "If", ["flag", "x"], { then_branch: calls("f"), else_branch: calls("f") }]], { f })).toThrow(/calls itself/);
});
