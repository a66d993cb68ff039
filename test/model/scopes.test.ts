import { describe, expect, test } from "vitest";
import {
  countScopes,
  isOperationName,
  type LayerReport,
  layerTitles,
  type OperationReport,
  operationTitle,
  operationWords,
  scopeAround,
} from "../../src/model";

const inside = (scope: string, count: number): string[] => Array.from({ length: count }, (_, at) => `${scope}layer_${at}/Conv2D`);

describe("scopeAround", () => {
  test.each<[string, string[], string]>([
    ["the scopes around all", ["x", ...inside("StatefulPartitionedCall/model_1/", 20)], "StatefulPartitionedCall/model_1/"],
    ["nothing where two share the operations", [...inside("encoder/", 10), ...inside("decoder/", 10)], ""],
    ["nothing of names without scopes", ["x", "Conv2D", "Relu"], ""],
    ["no scope of single operations only", ["x", "model/Conv2D", "model/Relu", "model/Add"], ""],
    ["nothing of no names", [], ""],
  ])("finds %s", (_, names, scope) => expect(scopeAround(names)).toBe(scope));
});

test("countScopes counts an operation in every scope around it", () => {
  expect([...countScopes(["a/b/c", "a/d", "e"])]).toEqual([
    ["a/", 2],
    ["a/b/", 1],
  ]);
});

const FUSED: OperationReport = { fused: ["BiasAdd", "Relu6"] };

test.each<[string, OperationReport | undefined, string]>([
  ["_FusedConv2D", FUSED, "Conv2D + BiasAdd + Relu6"],
  ["FusedDepthwiseConv2dNative", FUSED, "DepthwiseConv2dNative + BiasAdd + Relu6"],
  ["FusedBatchNormV3", {}, "FusedBatchNormV3"],
  ["Conv2D", undefined, "Conv2D"],
])("the %s with %j does: %s", (className, operation, words) => expect(operationWords(className, operation)).toBe(words));

test.each([
  ["add_12", "AddV2", true],
  ["Relu6", "Relu6", true],
  ["strided_slice_3", "StridedSlice", true],
  ["depthwise", "DepthwiseConv2dNative", true],
  ["truediv", "RealDiv", true],
  ["stack_1", "Pack", true],
  ["convolution", "Conv2D", true],
  ["logits", "AddV2", false],
  ["x", "Mul", false],
  ["", "Mul", false],
])("%j may be what TensorFlow calls a %s: %s", (name, className, isMade) => expect(isOperationName(name, className)).toBe(isMade));

test.each<[string, string, OperationReport, string]>([
  ["Conv1/Conv2D", "Conv2D", {}, "Conv1"],
  ["Conv1_relu/Relu6", "_FusedConv2D", FUSED, "Conv1_relu"],
  ["bn/FusedBatchNormV3", "_FusedConv2D", FUSED, "bn"],
  ["head/logits", "AddV2", {}, "head/logits"],
  ["add_3", "AddV2", {}, "add_3"],
])("%s (%s) is called as its scope where the rest only repeats the class", (name, className, operation, title) => {
  expect(operationTitle(name, className, operation)).toBe(title);
});

describe("layerTitles", () => {
  const row = (id: string, operation?: OperationReport): LayerReport => ({
    id,
    className: operation ? "Conv2D" : "Dense",
    status: "ok",
    declared: null,
    output: null,
    parameters: 0,
    inputs: [],
    weights: [],
    ...(operation ? { operation } : {}),
  });

  test("layers of Keras are called by their ids", () => {
    expect(layerTitles({ layers: [row("outer/dense")] })("outer/dense")).toBe("outer/dense");
  });

  test("operations without what is around all, and without their class where they are alone in a scope", () => {
    const names = [...inside("net/model/", 12), "net/model/two/Conv2D", "net/model/two/Conv2D_1"];
    const titleOf = layerTitles({ layers: names.map((name) => row(name, {})) });
    expect(["net/model/layer_3/Conv2D", "net/model/two/Conv2D_1", "elsewhere"].map(titleOf)).toEqual([
      "layer_3",
      "two/Conv2D_1",
      "elsewhere",
    ]);
  });
});
