import { backend_util } from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layoutOf, type Padding, slide } from "../../../src/engines/shapes/window";

const SEED = { seed: 20240608, numRuns: 500 };
const side = fc.integer({ min: 1, max: 6 });
const windows = fc.record({
  size: fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 })),
  sides: fc.tuple(side, side),
  strides: fc.tuple(side, side),
  dilations: fc.tuple(side, side),
  pad: fc.constantFrom<Padding>("same", "valid", [
    [0, 0],
    [1, 2],
    [3, 0],
    [0, 0],
  ]),
});

describe("slide", () => {
  test("agrees with tfjs wherever the window fits, and refuses elsewhere", () => {
    fc.assert(
      fc.property(windows, ({ size, sides, strides, dilations, pad }) => {
        const shape: [number, number, number, number] = [1, ...size, 3];
        const info = backend_util.computeConv2DInfo(shape, [...sides, 3, 3], strides, dilations, pad as never);
        const run = () => slide(shape, layoutOf("NHWC", 4), sides, { strides, dilations, pad });
        const rims = Array.isArray(pad) ? [3, 3] : [0, 0];
        const fits = size.every((n, i) => pad === "same" || ((sides[i] ?? 0) - 1) * (dilations[i] ?? 0) + 1 <= n + (rims[i] ?? 0));
        if (fits) expect(run()).toEqual([info.outHeight, info.outWidth]);
        else expect(run).toThrow("does not fit into input");
      }),
      SEED,
    );
  });

  // As TensorFlow's shape inference; tfjs would go on with 0 or less.
  test.each<{ size: number[]; sides: number[]; strides?: number; pad: Padding; output: number[] | null }>([
    { size: [1, 1], sides: [3, 3], pad: "valid", output: null },
    { size: [2, 9], sides: [3, 3], pad: "valid", output: null },
    { size: [1, 1], sides: [3, 3], strides: 2, pad: "valid", output: null },
    { size: [0, 0], sides: [1, 1], pad: "valid", output: null },
    { size: [0, 0], sides: [3, 3], pad: "same", output: [0, 0] },
    { size: [3, 3], sides: [3, 3], strides: 5, pad: "valid", output: [1, 1] },
    { size: [5], sides: [2], strides: 2, pad: "valid", output: [2] },
    { size: [4, 4, 4], sides: [2, 3, 4], pad: "valid", output: [3, 2, 1] },
  ])("$size by $sides, $pad: $output", ({ size, sides, strides, pad, output }) => {
    const run = () => slide([1, ...size, 3], layoutOf(undefined, size.length + 2), sides, { pad, ...(strides ? { strides } : {}) });
    if (output) expect(run()).toEqual(output);
    else expect(run).toThrow("does not fit");
  });
});
