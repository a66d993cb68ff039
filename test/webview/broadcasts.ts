import type { Broadcast, BroadcastKind } from "../../src/model";

/** The grayscale story: a gray image meets three means. */
export const grayscale: Broadcast = {
  layer: "normalization",
  operation: "Sub",
  operands: [
    { shape: [1, 128, 128, 1], stretched: [3], role: "activation", name: null },
    { shape: [1, 1, 1, 3], stretched: [1, 2], role: "weight", name: "mean", values: [0.485, 0.456, 0.406] },
  ],
  output: [1, 128, 128, 3],
  kind: "expands-activation",
};

/** A broadcast of one activation of `shape`, repeated along `stretched`. */
export function broadcastOf(kind: BroadcastKind, shape: number[], stretched: number[], output: number[]): Broadcast {
  const operands = [
    { shape, stretched, role: "activation" as const, name: null },
    { shape: output, stretched: [], role: "activation" as const, name: null },
  ];
  return { layer: "a", operation: "AddV2", operands, output, kind };
}
