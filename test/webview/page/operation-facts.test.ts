import { expect, test } from "vitest";
import type { OperationReport } from "../../../src/model";
import { operationFacts } from "../../../webview/page/operation-facts";
import { layer } from "../reports";

test.each<[string, OperationReport | undefined, [label: string, value: string][]]>([
  ["a layer of Keras", undefined, []],
  [
    "attributes, but for what TensorFlow does anyhow",
    { attributes: { strides: [1, 2, 2, 1], padding: "SAME", data_format: "NHWC", dilations: [1, 1, 1, 1], keep_dims: true } },
    [
      ["strides", "[1, 2, 2, 1]"],
      ["padding", "SAME"],
      ["keep_dims", "true"],
    ],
  ],
  ["another layout than the usual", { attributes: { data_format: "NCHW" } }, [["data_format", "NCHW"]]],
  [
    "constants, as far as their numbers are known",
    {
      constants: [
        { name: "axes", shape: [2], values: [1, 2] },
        { name: "scale", shape: [], values: [0.123456789] },
        { name: "long", shape: [20], values: [1, 2] },
        { name: "table", shape: [8, 4] },
        { name: "text", shape: [1], values: ["a"] },
        { name: "least", shape: [], values: ["-Infinity"] },
      ],
    },
    [
      ["axes", "[1, 2]"],
      ["scale", "0.1235"],
      ["long", "[1, 2, …]"],
      ["table", "constant 8×4"],
      ["text", '["a"]'],
      ["least", "-Infinity"],
    ],
  ],
  ["what it folds", { folded: ["a/read", "a/kernel"] }, [["folds", "2 nodes: a/read, a/kernel"]]],
  [
    "the first of many that it folds",
    { folded: Array.from({ length: 9 }, (_, at) => `n${at}`) },
    [["folds", "9 nodes: n0, n1, n2, n3, n4, n5 and 3 more"]],
  ],
])("the pane tells of an operation: %s", (_, operation, facts) => {
  const row = layer("a", ["x"], operation ? { operation } : {});
  expect(operationFacts(row).map(({ label, value }) => [label, value])).toEqual(facts);
});
