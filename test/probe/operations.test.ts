import { describe, expect, test } from "vitest";
import type { GraphNode } from "../../src/formats/graph/definition";
import { graphNetwork } from "../../src/formats/graph/network";
import { type Json, type LayerReport, type Model, type Report, ROUTINE_KINDS } from "../../src/model";
import { prepareModel, runProbe } from "../../src/probe";

const base64 = (text: string): string => Buffer.from(text).toString("base64");

function node(name: string, op: string, inputs: string[] = [], attributes: { [name: string]: Json } = {}): GraphNode {
  return { name, op, inputs, attributes };
}

function constant(name: string, shape: number[], values: number[] | null, dtype: "float32" | "int32" = "int32"): GraphNode {
  return { ...node(name, "Const"), stored: { shape, dtype, values, at: null, isVariable: false } };
}

const FUSED = {
  fused_ops: { list: { s: ["BiasAdd", "Relu6"].map(base64) } },
  strides: { list: { i: ["1", "2", "2", "1"] } },
  padding: { s: base64("SAME") },
  data_format: { s: base64("NHWC") },
  dilations: { list: { i: ["1", "1", "1", "1"] } },
  epsilon: { f: 0.0001 },
  num_args: { i: "1" },
  T: { type: "DT_FLOAT" },
  _output_shapes: { list: { shape: [] } },
};

/** A convolution, a mean over its positions, and a grid as wide as they are, made from their shape. */
const NODES: GraphNode[] = [
  node("x", "Placeholder"),
  constant("conv/kernel", [3, 3, 3, 8], null, "float32"),
  constant("conv/bias", [8], null, "float32"),
  node("conv/read", "Identity", ["conv/kernel"]),
  node("conv/Relu6", "_FusedConv2D", ["x", "conv/read", "conv/bias"], FUSED),
  constant("pool/axes", [2], [1, 2]),
  node("pool/Mean", "Mean", ["conv/Relu6", "pool/axes"], { keep_dims: { b: true } }),
  node("shape", "Shape", ["conv/Relu6"], { out_type: { type: "DT_INT32" } }),
  constant("one", [], [1]),
  constant("begin", [1], [1]),
  constant("end", [1], [2]),
  constant("step", [1], [1]),
  node("height", "StridedSlice", ["shape", "begin", "end", "step"], { shrink_axis_mask: { i: "1" } }),
  constant("zero", [], [0]),
  node("grid", "Range", ["zero", "height", "one"]),
  node("moved", "AddV2", ["grid", "height"]),
  node("Cast", "Cast", ["moved"], { SrcT: { type: "DT_INT32" }, DstT: { type: "DT_FLOAT" } }),
  constant("column", [3], [1, -1, 1]),
  node("rows", "Reshape", ["Cast", "column"]),
  node("y", "Mul", ["pool/Mean", "rows"]),
  node("z", "Identity", ["y"]),
];

async function probed(fold: boolean, outputs: string[]): Promise<Report> {
  const inputs = [{ node: "x", shape: [null, null, null, 3], dtype: "float32" }];
  const definition = { nodes: NODES, inputs, outputs, functions: new Map() };
  const model: Model = {
    name: "graph",
    format: "tfjs-graph",
    producer: null,
    kerasMajor: 3,
    ...graphNetwork("graph", definition, { fold }),
  };
  const prepared = prepareModel(model);
  try {
    return await runProbe(prepared, { inputs: { x: [1, 16, 16, 3] }, mode: "feed", engine: "shapes", fill: "zeros" });
  } finally {
    prepared.dispose();
  }
}

const rowOf = (report: Report, id: string): LayerReport | undefined => report.layers.find((row) => row.id === id);
const marked = ({ broadcasts }: Report): string[] => broadcasts.filter(({ kind }) => !ROUTINE_KINDS.has(kind)).map(({ layer }) => layer);

describe("what a report tells of an operation", () => {
  test.each([
    [
      "conv/Relu6",
      {
        attributes: { strides: [1, 2, 2, 1], padding: "SAME", data_format: "NHWC", dilations: [1, 1, 1, 1], epsilon: 0.0001, num_args: 1 },
        fused: ["BiasAdd", "Relu6"],
        folded: ["conv/read", "conv/kernel", "conv/bias"],
      },
    ],
    ["pool/Mean", { attributes: { keep_dims: true }, constants: [{ name: "axes", shape: [2], values: [1, 2] }], folded: ["pool/axes"] }],
    ["y", {}],
  ])("%s", async (id, operation) => {
    const report = await probed(true, ["z"]);
    expect(report.failure).toBeNull();
    expect(rowOf(report, id)?.operation).toEqual(operation);
  });

  test("nothing of a layer of Keras or an input", async () => {
    expect(rowOf(await probed(true, ["z"]), "x")).not.toHaveProperty("operation");
  });
});

describe("a graph that is unfolded", () => {
  test("has its constants and identities as layers, and the same shapes and parameters", async () => {
    const [folded, unfolded] = [await probed(true, ["z"]), await probed(false, ["z"])];
    const names = (report: Report) => report.layers.map(({ id }) => id).toSorted();
    expect(names(unfolded)).toEqual(NODES.map(({ name }) => name).toSorted());
    const hidden = new Set([...folded.layers.flatMap(({ operation }) => operation?.folded ?? []), "z"]);
    expect(names(folded)).toEqual(NODES.map(({ name }) => name).filter((name) => !hidden.has(name)).toSorted()); // biome-ignore format: one line
    for (const row of folded.layers) expect(rowOf(unfolded, row.id)?.output).toEqual(row.output);
    expect(unfolded.model.parameters).toBe(folded.model.parameters);
    expect(unfolded.layers.some(({ operation }) => operation?.folded)).toBe(false);
  });
});

describe("broadcasts in a graph", () => {
  test.each([true, false])("what is computed from a shape or from constants is no activation (folded: %s)", async (fold) => {
    const report = await probed(fold, ["z"]);
    // The pooled vector meets a grid; that the height is stretched to the grid says nothing.
    expect(marked(report)).toEqual(["y"]);
    expect(report.broadcasts.find(({ layer }) => layer === "y")?.operands.map(({ role }) => role)).toEqual(["activation", "constant"]);
  });
});
