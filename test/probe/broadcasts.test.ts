import { describe, expect, it } from "vitest";
import type { BroadcastKind } from "../../src/model";
import { kindOf, type Placed, shortest, stretchedAxes } from "../../src/probe/broadcasts";

describe("axes along which an operand was repeated", () => {
  it.each([
    { operands: [[6], [2, 6]], stretched: [[0], []], output: [2, 6] },
    { operands: [[1], [0]], stretched: [[0], []], output: [0] },
    {
      operands: [
        [1, 128, 128, 1],
        [1, 1, 1, 3],
      ],
      stretched: [[3], [1, 2]],
      output: [1, 128, 128, 3],
    },
    { operands: [[7, 1], [7]], stretched: [[1], [0]], output: [7, 7] },
    { operands: [[], [2, 3]], stretched: [[0, 1], []], output: [2, 3] },
    {
      operands: [
        [1, 1],
        [1, 1],
      ],
      stretched: [[], []],
      output: [1, 1],
    },
    {
      operands: [
        [2, 1, 4],
        [3, 1],
      ],
      stretched: [[1], [0, 2]],
      output: [2, 3, 4],
    },
  ])("$operands to $output", ({ operands, stretched, output }) => {
    expect(operands.map((shape) => stretchedAxes(shape, output))).toEqual(stretched);
  });
});

type Operand = [role: "activation" | "weight" | "constant", shape: number[], input?: number | null];

/** [what it is, operands, output, kind]; `input`: which of the layer's inputs it is, null for what the layer computed. */
const KINDS: [string, Operand[], number[], BroadcastKind][] = [
  [
    "a loss of (N,1) and (N,)",
    [
      ["activation", [7, 1], 0],
      ["activation", [7], 1],
    ],
    [7, 7],
    "expands-batch",
  ],
  [
    "a batch of one stretched by a constant",
    [
      ["activation", [1, 4], 0],
      ["constant", [5, 4]],
    ],
    [5, 4],
    "expands-batch",
  ],
  [
    "gray minus three means",
    [
      ["activation", [1, 8, 8, 1], 0],
      ["weight", [1, 1, 1, 3]],
    ],
    [1, 8, 8, 3],
    "expands-activation",
  ],
  [
    "what the layer computed, stretched by a weight",
    [
      ["activation", [2, 8, 1], null],
      ["weight", [3]],
    ],
    [2, 8, 3],
    "expands-activation",
  ],
  [
    "the mean inside LayerNormalization",
    [
      ["activation", [2, 8, 6], 0],
      ["activation", [2, 8, 1], null],
    ],
    [2, 8, 6],
    "internal",
  ],
  [
    "two inputs, each to the other",
    [
      ["activation", [2, 1, 4], 0],
      ["activation", [2, 3, 1], 1],
    ],
    [2, 3, 4],
    "mutual",
  ],
  [
    "a gate of squeeze and excite",
    [
      ["activation", [1, 8, 8, 6], 0],
      ["activation", [1, 1, 1, 6], 1],
    ],
    [1, 8, 8, 6],
    "between-activations",
  ],
  [
    "a scalar",
    [
      ["activation", [1, 8, 8, 6], 0],
      ["constant", []],
    ],
    [1, 8, 8, 6],
    "scalar",
  ],
  [
    "a weight of one element",
    [
      ["activation", [1, 8], 0],
      ["weight", [1]],
    ],
    [1, 8],
    "scalar",
  ],
  [
    "a bias",
    [
      ["activation", [1, 8, 6], null],
      ["weight", [6]],
    ],
    [1, 8, 6],
    "parameter",
  ],
  [
    "batch normalization",
    [
      ["activation", [1, 8, 6], 0],
      ["weight", [6]],
      ["weight", [6]],
    ],
    [1, 8, 6],
    "parameter",
  ],
];

describe("the kind of a broadcast is the first that fits", () => {
  it.each(KINDS)("%s", (_, operands, output, kind) => {
    const placed = operands.map(
      ([role, shape, input = null]): Placed => ({ shape, stretched: stretchedAxes(shape, output), origin: { role, input } }),
    );
    expect(kindOf(placed, output)).toBe(kind);
  });
});

it("shows numbers with the digits that a float32 has", () => {
  expect([Math.fround(0.485), 1 / 3, 0, -255].map(shortest)).toEqual([0.485, 0.3333333, 0, -255]);
});
