import { describe, expect, test } from "vitest";
import { assertStretches, broadcastShape } from "../../../src/engines/shapes/broadcast";

describe("broadcastShape", () => {
  test.each<{ operands: [number[], number[]]; output: number[] }>([
    { operands: [[6], [2, 6]], output: [2, 6] },
    { operands: [[2, 6], [6]], output: [2, 6] },
    { operands: [[1], [0]], output: [0] },
    {
      operands: [
        [1, 3],
        [0, 3],
      ],
      output: [0, 3],
    },
    { operands: [[], [2]], output: [2] },
    { operands: [[], []], output: [] },
    {
      operands: [
        [4, 1],
        [1, 5],
      ],
      output: [4, 5],
    },
    { operands: [[128, 1], [128]], output: [128, 128] },
    {
      operands: [
        [1, 128, 128, 1],
        [1, 1, 1, 3],
      ],
      output: [1, 128, 128, 3],
    },
  ])("$operands gives $output, whichever comes first", ({ operands: [a, b], output }) => {
    expect(broadcastShape(a, b)).toEqual(output);
    expect(broadcastShape(b, a)).toEqual(output);
  });

  test.each<{ operands: [number[], number[]]; message: string }>([
    { operands: [[2, 3], [2]], message: "2×3 and 2 do not broadcast" },
    { operands: [[0], [2]], message: "0 and 2 do not broadcast" },
    { operands: [[1, 8, 8, 4], [3]], message: "1×8×8×4 and 3 do not broadcast" },
  ])("$operands: $message", ({ operands: [a, b], message }) => {
    expect(() => broadcastShape(a, b)).toThrow(message);
  });
});

describe("assertStretches", () => {
  test.each<{ operand: number[]; target: number[]; fits: boolean }>([
    { operand: [3], target: [1, 4, 4, 3], fits: true },
    { operand: [1], target: [0], fits: true },
    { operand: [], target: [2], fits: true },
    { operand: [3], target: [1, 4, 4, 1], fits: false },
    { operand: [2, 3], target: [3], fits: false },
    { operand: [0], target: [2], fits: false },
  ])("$operand to $target: $fits", ({ operand, target, fits }) => {
    const run = () => assertStretches(operand, target, "bias");
    if (fits) expect(run).not.toThrow();
    else expect(run).toThrow(`bias of ${operand.join("×")} does not fit ${target.join("×")}`);
  });
});
