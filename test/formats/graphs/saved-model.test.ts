import { describe, expect, test } from "vitest";
import { memorySource, openModel } from "../../../src/formats";
import type { Model } from "../../../src/model";
import { type Changes, filesOf, NODES, PRODUCT, SERVED } from "./models";
import type { WrittenFunction, WrittenNode, WrittenSignature } from "./written";

const open = (changes: Changes = {}, signature?: string): Promise<Model> =>
  openModel(memorySource("folder", filesOf(changes)), signature === undefined ? {} : { signature });
const idsOf = ({ network }: Model): string[] => network.layers.map(({ id }) => id);

describe("a SavedModel's graph", () => {
  test("functions are written out, identities and readers of variables folded", async () => {
    const model = await open();
    expect(idsOf(model)).toEqual(["x", "dense/MatMul"]);
    expect(model.network.layers[1]?.operation?.inputs).toMatchObject([
      { tensor: { layer: "x" } },
      { constant: { name: "w", shape: [3, 4], isWeight: true } },
    ]);
    expect(model.weights).toMatchObject([{ layer: "dense/MatMul", name: "w", at: { offset: 0, sizeBytes: 48 } }]);
    expect(model.notes).toEqual([]);
  });

  test("attributes that the file leaves out are TensorFlow's own", async () => {
    const model = await open();
    expect(model.network.layers[1]?.operation?.attributes).toMatchObject({ transpose_a: { b: false } });
  });

  test("the entry is the one that is asked for", async () => {
    const other = { inputs: { x: { tensor: "serving_default_x:0", shape: [2, 3] } }, outputs: { same: "serving_default_x:0" } };
    const signatures = { __saved_model_init_op: { inputs: {}, outputs: {} }, other, ...SERVED };
    expect((await open({ signatures })).signatures).toEqual({
      shown: "serving_default",
      all: [
        { name: "other", inputs: ["x"], outputs: ["same"] },
        { name: "serving_default", inputs: ["x"], outputs: ["y"] },
      ],
    });
    expect(idsOf(await open({ signatures }, "other"))).toEqual(["x"]);
  });

  const call = (name: string): WrittenNode => ({
    name,
    op: "PartitionedCall",
    inputs: ["serving_default_x", "w"],
    attributes: { f: { func: "product" } },
  });
  const sum = (...inputs: string[]): WrittenNode => ({ name: "sum", op: "AddV2", inputs });
  const served = { serving_default: { inputs: { x: { tensor: "serving_default_x:0", shape: [2, 3] } }, outputs: { y: "sum:0" } } };
  test.each([
    ["one call is no scope", [call("PartitionedCall"), sum("PartitionedCall", "PartitionedCall")], ["x", "dense/MatMul", "sum"]],
    [
      "two calls are scopes",
      [call("PartitionedCall"), call("PartitionedCall_1"), sum("PartitionedCall", "PartitionedCall_1")],
      ["x", "PartitionedCall/dense/MatMul", "PartitionedCall_1/dense/MatMul", "sum"],
    ],
    [
      "a call in a scope is that scope",
      [call("a/PartitionedCall"), call("b/PartitionedCall"), sum("a/PartitionedCall", "b/PartitionedCall")],
      ["x", "a/dense/MatMul", "b/dense/MatMul", "sum"],
    ],
  ])("%s", async (_what, calls, ids) => {
    expect(idsOf(await open({ nodes: [...NODES.slice(0, 2), ...calls], signatures: served }))).toEqual(ids);
  });

  test("outputs of operations are told apart by their names", async () => {
    const split: WrittenFunction = {
      name: "product",
      inputs: ["x", "resource"],
      outputs: { identity: "parts:output:2" },
      nodes: [
        { name: "axis", op: "Const", attributes: { value: { tensor: { type: 3, shape: [], content: Uint8Array.of(1, 0, 0, 0) } } } },
        { name: "parts", op: "Split", inputs: ["axis:output:0", "x"], attributes: { num_split: { int: 3 } } },
        { name: "moments", op: "FusedBatchNormV3", inputs: ["x", "x", "x", "x", "x"] },
      ],
    };
    expect((await open({ functions: [split] })).network.outputs).toEqual([{ layer: "parts", call: 0, output: 2 }]);
    const variance = { ...split, outputs: { identity: "moments:batch_variance:0" } };
    expect((await open({ functions: [variance] })).network.outputs).toEqual([{ layer: "moments", call: 0, output: 2 }]);
  });

  test("a placeholder that the signature does not name is an input too", async () => {
    const nodes: WrittenNode[] = [
      ...NODES.slice(0, 1),
      { name: "rate", op: "Placeholder", attributes: { dtype: { type: 1 }, shape: { shape: [] } } },
      { name: "mul", op: "Mul", inputs: ["serving_default_x", "rate"] },
    ];
    const signatures = { predict: { ...(SERVED["serving_default"] as WrittenSignature), outputs: { y: "mul:0" } } };
    const { network } = await open({ nodes, signatures });
    expect(network.inputs.map(({ layer }) => layer)).toEqual(["x", "rate"]);
  });

  test("without its variables a model has the shapes that the graph tells, and a note", async () => {
    const files = filesOf();
    files.delete("variables/variables.index");
    const model = await openModel(memorySource("folder", files));
    expect(model.network.layers[1]?.operation?.inputs[1]).toMatchObject({ constant: { shape: [3, 4] } });
    expect(model.notes).toEqual([
      "There is no variables/variables.index beside it: the variable w has only the shape that the graph tells.",
    ]);
  });

  test("the file itself opens as its folder does", async () => {
    const model = await openModel(memorySource("saved_model.pb", filesOf()));
    expect(idsOf(model)).toEqual(["x", PRODUCT.nodes[1]?.name]);
  });
});

describe("names", () => {
  const reading = (scope: string, from: string, variable: string): WrittenNode[] => [
    { name: `${scope}/Read`, op: "ReadVariableOp", inputs: [variable] },
    { name: `${scope}/MatMul`, op: "MatMul", inputs: [from, `${scope}/Read`] },
  ];
  const variable = (name: string): WrittenNode => ({ ...(NODES[1] as WrittenNode), name });
  const served = (tensor: string) => ({
    serving_default: { inputs: { x: { tensor: "serving_default_x:0", shape: [2, 3] } }, outputs: { y: tensor } },
  });
  const relu = (name: string, from: string): WrittenNode => ({ name, op: "Relu", inputs: [from] });

  test.each<[string, WrittenNode[], string[]]>([
    [
      "scopes that Keras 3 entered twice are called as the layers whose variables they read, and their siblings alike",
      [
        variable("m/dense_1/kernel_1"),
        ...reading("m_1/dense_1_1", "serving_default_x", "m/dense_1/kernel_1"),
        relu("m_1/re_lu_3/Relu", "m_1/dense_1_1/MatMul"),
        relu("m_1/re_lu_1_1/Relu_1", "m_1/re_lu_3/Relu"),
      ],
      ["x", "m/dense_1/MatMul", "m/re_lu/Relu", "m/re_lu_1/Relu_1"],
    ],
    [
      "a scope may have the name that another layer has",
      [
        variable("m/dense/kernel"),
        ...reading("m_1/dense_1", "serving_default_x", "m/dense/kernel"),
        relu("m_1/re_lu_1/Relu", "m_1/dense_1/MatMul"),
        relu("m_1/re_lu_1_2/Relu", "m_1/re_lu_1/Relu"),
      ],
      ["x", "m/dense/MatMul", "m/re_lu/Relu", "m/re_lu_1/Relu"],
    ],
    [
      "siblings that would be called alike keep their numbers",
      [
        variable("m/dense/kernel"),
        ...reading("m_1/dense_1", "serving_default_x", "m/dense/kernel"),
        relu("m_1/einsum/Relu", "m_1/dense_1/MatMul"),
        relu("m_1/einsum_1/Relu", "m_1/einsum/Relu"),
      ],
      ["x", "m/dense/MatMul", "m/einsum/Relu", "m/einsum_1/Relu"],
    ],
    [
      "layers whose own names end in numbers keep them",
      [
        variable("m/dense_1/kernel"),
        ...reading("m/dense_1", "serving_default_x", "m/dense_1/kernel"),
        relu("m/re_lu_1/Relu", "m/dense_1/MatMul"),
      ],
      ["x", "m/dense_1/MatMul", "m/re_lu_1/Relu"],
    ],
  ])("%s", async (_what, nodes, ids) => {
    const last = nodes.at(-1)?.name as string;
    const model = await open({ nodes: [NODES[0] as WrittenNode, ...nodes], signatures: served(`${last}:0`), variables: [] });
    expect(idsOf(model)).toEqual(ids);
  });

  test.each([
    ["m/while/", ["m/while/body/placeholder", "m/while/body/Inner"]],
    ["", ["m/while/body/m_while_placeholder", "m/while/body/Inner"]],
  ])("what a loop runs is called without the loop's own scope: %j", async (scope, ids) => {
    const part = (name: string, op: string): WrittenFunction => ({
      name,
      inputs: ["m_while_placeholder"],
      outputs: { identity: `${scope}Inner:output:0` },
      nodes: [{ name: `${scope}Inner`, op, inputs: ["m_while_placeholder"] }],
    });
    const loop: WrittenNode = {
      name: "m/while",
      op: "StatelessWhile",
      inputs: ["serving_default_x"],
      attributes: { cond: { func: "cond" }, body: { func: "body" } },
    };
    const functions = [part("cond", "All"), part("body", "Relu")];
    const { network } = await open({ nodes: [NODES[0] as WrittenNode, loop], functions, signatures: served("m/while:0"), variables: [] });
    const body = network.layers[1]?.network?.layers[1]?.network;
    expect(body?.layers.map(({ id }) => id)).toEqual(ids);
  });
});
