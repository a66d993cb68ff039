import { describe, expect, it } from "vitest";
import { toldByTensors } from "../../../src/formats/keras/calls";
import type { Json } from "../../../src/model";

const tensor = (shape: (number | null)[]): Json => ({ class_name: "__keras_tensor__", config: { shape, keras_history: ["x", 0, 0] } });

describe("shapes that a call of Keras 3 notes of its tensors", () => {
  it.each<[string, Json, Json]>([
    ["one tensor", [{ args: [tensor([null, 4])], kwargs: {} }], { input_shape: [[null, 4]] }],
    [
      "a list",
      [{ args: [[tensor([null, 4]), tensor([null, 2])]], kwargs: {} }],
      {
        input_shape: [
          [null, 4],
          [null, 2],
        ],
      },
    ],
    ["a mask is no data", [{ args: [tensor([null, 4])], kwargs: { mask: tensor([null]) } }], { input_shape: [[null, 4]] }],
    ["tensors by name", [{ args: [tensor([null, 4])], kwargs: { value: tensor([null, 2]) } }], null],
    ["the spelling of Keras 2", [[["x", 0, 0, {}]]], null],
    ["no call", [], null],
  ])("%s", (_, nodes, told) => {
    expect(toldByTensors(nodes)).toEqual(told);
  });
});
