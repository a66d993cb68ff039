import { describe, expect, test } from "vitest";
import { parseCalls } from "../../../src/formats/keras/calls";
import type { Json } from "../../../src/model";

const names = new Set(["a", "b", "relu"]);
const tensor = (layer: string, call = 0, output = 0) => ({ tensor: { layer, call, output } });
const keras3 = (layer: string, call = 0, output = 0): Json => ({
  class_name: "__keras_tensor__",
  config: { shape: [null, 4], dtype: "float32", keras_history: [layer, call, output] },
});
const parse = (nodes: Json, className = "Dense") => parseCalls(nodes, { className, layerName: "x", names });

describe("calls as Keras 2 writes them", () => {
  test.each<[string, Json, string, unknown]>([
    ["one tensor", [[["a", 0, 0, {}]]], "Dense", [{ args: [tensor("a")], kwargs: {} }]],
    ["one tensor, without keyword arguments", [[["a", 0, 0]]], "Dense", [{ args: [tensor("a")], kwargs: {} }]],
    ["one tensor, not in a list", [["a", 0, 0, {}]], "TFOpLambda", [{ args: [tensor("a")], kwargs: {} }]],
    [
      "a list",
      [
        [
          ["a", 0, 0, {}],
          ["b", 1, 2, {}],
        ],
      ],
      "Add",
      [{ args: [[tensor("a"), tensor("b", 1, 2)]], kwargs: {} }],
    ],
    ["a list of one, kept for an operation", [[["a", 0, 0, {}]]], "TFOpLambda", [{ args: [[tensor("a")]], kwargs: {} }]],
    ["a dict", [{ p: ["a", 0, 0, {}], q: ["b", 0, 0, {}] }], "Model", [{ args: [{ p: tensor("a"), q: tensor("b") }], kwargs: {} }]],
    [
      "two calls",
      [[["a", 0, 0, {}]], [["b", 0, 0, {}]]],
      "Dense",
      [
        { args: [tensor("a")], kwargs: {} },
        { args: [tensor("b")], kwargs: {} },
      ],
    ],
    ["a number beside", [["a", 0, 0, { y: 0.5, name: null }]], "TFOpLambda", [{ args: [tensor("a")], kwargs: { y: 0.5, name: null } }]],
    ["a tensor beside", [["a", 0, 0, { y: ["b", 0, 0] }]], "TFOpLambda", [{ args: [tensor("a")], kwargs: { y: tensor("b") } }]],
    [
      "three numbers beside",
      [["a", 0, 0, { y: [0.229, 0.224, 0.225] }]],
      "TFOpLambda",
      [{ args: [tensor("a")], kwargs: { y: [0.229, 0.224, 0.225] } }],
    ],
    [
      "a list that only looks like a tensor",
      [["a", 0, 0, { modes: ["same", 0, 0] }]],
      "TFOpLambda",
      [{ args: [tensor("a")], kwargs: { modes: ["same", 0, 0] } }],
    ],
    [
      "tensors deep in keyword arguments",
      [["a", 0, 0, { k: [{ v: ["b", 0, 1] }] }]],
      "Custom",
      [{ args: [tensor("a")], kwargs: { k: [{ v: tensor("b", 0, 1) }] } }],
    ],
    [
      "slices",
      [["a", 0, 0, { slice_spec: [{ start: null, stop: 2, step: null }] }]],
      "SlicingOpLambda",
      [{ args: [tensor("a")], kwargs: { slice_spec: [{ start: null, stop: 2, step: null }] } }],
    ],
    ["a constant first", [["_CONSTANT_VALUE", -1, 2.5, { y: ["a", 0, 0] }]], "TFOpLambda", [{ args: [2.5], kwargs: { y: tensor("a") } }]],
    [
      "a list of constant and tensor",
      [
        [
          ["_CONSTANT_VALUE", -1, [1, 2], {}],
          ["a", 0, 0, {}],
        ],
      ],
      "Add",
      [{ args: [[[1, 2], tensor("a")]], kwargs: {} }],
    ],
    ["no calls", [], "InputLayer", []],
  ])("%s", (_what, nodes, className, calls) => {
    expect(parse(nodes, className)).toEqual(calls);
  });
});

describe("calls as Keras 3 writes them", () => {
  test.each<[string, Json, unknown]>([
    ["one tensor", [{ args: [keras3("a")], kwargs: {} }], [{ args: [tensor("a")], kwargs: {} }]],
    ["two arguments", [{ args: [keras3("a"), keras3("b", 1)], kwargs: {} }], [{ args: [tensor("a"), tensor("b", 1)], kwargs: {} }]],
    ["a list", [{ args: [[keras3("a"), keras3("b")]], kwargs: {} }], [{ args: [[tensor("a"), tensor("b")]], kwargs: {} }]],
    [
      "keyword arguments",
      [{ args: [], kwargs: { query: keras3("a"), mask: null } }],
      [{ args: [], kwargs: { query: tensor("a"), mask: null } }],
    ],
    [
      "a tuple of slices, kept as it is",
      [{ args: [keras3("a"), { class_name: "__tuple__", items: [{ class_name: "slice", config: [0, null, 2] }] }], kwargs: {} }],
      [{ args: [tensor("a"), { class_name: "__tuple__", items: [{ class_name: "slice", config: [0, null, 2] }] }], kwargs: {} }],
    ],
    [
      "a tensor in a tuple",
      [{ args: [{ class_name: "__tuple__", items: [keras3("b")] }], kwargs: {} }],
      [{ args: [{ class_name: "__tuple__", items: [tensor("b")] }], kwargs: {} }],
    ],
  ])("%s", (_what, nodes, calls) => {
    expect(parse(nodes)).toEqual(calls);
  });
});

test.each<[string, Json]>([
  ["a number", 7],
  ["a node that is text", ["a"]],
  ["a tensor without history", [{ args: [{ class_name: "__keras_tensor__", config: {} }], kwargs: {} }]],
  ["a negative call", [[["a", -1, 0, {}]]]],
])("%s is refused", (_what, nodes) => {
  expect(() => parse(nodes)).toThrow(/inbound_nodes of layer "x"/);
});
