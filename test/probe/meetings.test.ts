import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { emptyTensor, observeKernels, useShapesEngine } from "../../src/engines";
import { BINARY_ROWS } from "../../src/engines/shapes/kernels/binary";
import { broadcastTo, select } from "../../src/layers/stretching";
import type { BroadcastKind, OperandRole } from "../../src/model";
import { broadcastOf, type FoundBroadcast } from "../../src/probe/broadcasts";
import { isWatched } from "../../src/probe/operands";
import { Provenance } from "../../src/probe/provenance";

beforeAll(() => useShapesEngine());

type Given = [from: OperandRole | "computed", shape: number[]];

/** Every kind, as two operands that come to it; the second and third column say where they come from. */
const KINDS: [kind: BroadcastKind, a: Given, b: Given, output: number[]][] = [
  ["expands-batch", ["activation", [7, 1]], ["activation", [7]], [7, 7]],
  ["expands-batch", ["activation", [1, 4]], ["constant", [5, 4]], [5, 4]],
  ["expands-activation", ["activation", [1, 8, 8, 1]], ["weight", [1, 1, 1, 3]], [1, 8, 8, 3]],
  ["expands-activation", ["activation", [1, 8, 8, 1]], ["constant", [3]], [1, 8, 8, 3]],
  ["expands-activation", ["computed", [2, 8, 1]], ["weight", [3]], [2, 8, 3]],
  ["internal", ["activation", [2, 8, 6]], ["computed", [2, 8, 1]], [2, 8, 6]],
  ["mutual", ["activation", [2, 1, 4]], ["activation", [2, 3, 1]], [2, 3, 4]],
  ["between-activations", ["activation", [1, 8, 8, 6]], ["activation", [1, 1, 1, 6]], [1, 8, 8, 6]],
  ["scalar", ["activation", [1, 8, 8, 6]], ["constant", []], [1, 8, 8, 6]],
  ["scalar", ["activation", [2, 8]], ["weight", [1]], [2, 8]],
  ["parameter", ["activation", [2, 8, 6]], ["weight", [6]], [2, 8, 6]],
  ["parameter", ["computed", [2, 8, 6]], ["constant", [8, 6]], [2, 8, 6]],
];

type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

/** Every kernel with two operands that are stretched to one another, by the name that TensorFlow gives it. */
const BINARY: { [operation: string]: { run: Binary; dtype?: tf.DataType } } = {
  Add: { run: tf.add },
  Sub: { run: tf.sub },
  Mul: { run: tf.mul },
  RealDiv: { run: tf.div },
  FloorDiv: { run: tf.floorDiv },
  Mod: { run: tf.mod },
  Pow: { run: tf.pow },
  Maximum: { run: tf.maximum },
  Minimum: { run: tf.minimum },
  SquaredDifference: { run: tf.squaredDifference },
  Atan2: { run: tf.atan2 },
  Equal: { run: tf.equal },
  NotEqual: { run: tf.notEqual },
  Greater: { run: tf.greater },
  GreaterEqual: { run: tf.greaterEqual },
  Less: { run: tf.less },
  LessEqual: { run: tf.lessEqual },
  LogicalAnd: { run: tf.logicalAnd, dtype: "bool" },
  LogicalOr: { run: tf.logicalOr, dtype: "bool" },
  BitwiseAnd: { run: (a, b) => tf.engine().runKernel("BitwiseAnd", { a, b }), dtype: "int32" },
  LogicalXor: { run: (a, b) => tf.engine().runKernel("LogicalXor", { a, b }), dtype: "bool" },
};

/** Other kernels of this table stretch nothing, or not like this: what they refuse or do stands beside them. */
const NOT_BINARY = ["Complex", "AddN", "Select", "Prelu"];

describe.each(Object.entries(BINARY))("%s", (operation, { run, dtype = "float32" }) => {
  it.each(KINDS)("%s: %j with %j", (kind, a, b, output) => {
    for (const [left, right] of [
      [a, b],
      [b, a],
    ] as const) {
      const [found, ...more] = watched([left, right], dtype, ([x, y]) => run(x as tf.Tensor, y as tf.Tensor));
      expect(more).toEqual([]);
      expect(found).toMatchObject({ kind, operation, output });
      expect(found?.operands.map(({ shape }) => shape)).toEqual([left[1], right[1]]);
      expect(found?.operands.map(({ role }) => role)).toEqual([left, right].map(([from]) => (from === "computed" ? "activation" : from)));
      expect(found?.operands.map(({ stretched }) => stretched)).toEqual([left[1], right[1]].map((shape) => stretchedBy(shape, output)));
    }
  });
});

it("is told of every kernel whose operands are stretched to one another", () => {
  const kernels = BINARY_ROWS.map(({ kernel }) => kernel).filter((kernel) => !NOT_BINARY.includes(kernel));
  expect(kernels.filter((kernel) => !isWatched(kernel))).toEqual([]);
  expect(kernels).toHaveLength(Object.keys(BINARY).length);
});

describe("a selection stretches its condition and its branches", () => {
  it.each<[BroadcastKind, Given, Given, Given, number[]]>([
    ["expands-activation", ["activation", [1, 8, 1]], ["activation", [1, 8, 1]], ["constant", [3]], [1, 8, 3]],
    ["expands-activation", ["constant", [8, 3]], ["activation", [1, 8, 1]], ["constant", []], [1, 8, 3]],
    ["expands-batch", ["activation", [7, 1]], ["activation", [7]], ["constant", []], [7, 7]],
    ["mutual", ["activation", [2, 1, 4]], ["activation", [2, 3, 1]], ["constant", []], [2, 3, 4]],
    ["between-activations", ["activation", [2, 8, 1]], ["activation", [2, 8, 6]], ["constant", []], [2, 8, 6]],
    ["internal", ["computed", [2, 8, 1]], ["activation", [2, 8, 6]], ["constant", [6]], [2, 8, 6]],
    ["scalar", ["activation", [2, 8]], ["activation", [2, 8]], ["constant", []], [2, 8]],
    ["parameter", ["activation", [2, 8]], ["activation", [2, 8]], ["weight", [8]], [2, 8]],
  ])("%s: %j, %j, %j", (kind, condition, yes, no, output) => {
    const found = watched([condition, yes, no], "float32", ([c, a, b]) =>
      select(tf.cast(c as tf.Tensor, "bool"), a as tf.Tensor, b as tf.Tensor),
    );
    expect(found.map((one) => [one.operation, one.kind, one.output])).toEqual([["SelectV2", kind, output]]);
  });
});

/** Kernels of several operands, and those that add a bias to what they computed. */
const FUSED: [what: string, BroadcastKind | null, operation: string, Given[], (tensors: tf.Tensor[]) => tf.Tensor][] = [
  [
    "a bias after a convolution",
    "parameter",
    "BiasAdd",
    [
      ["activation", [1, 8, 8, 3]],
      ["weight", [3, 3, 3, 6]],
      ["weight", [6]],
    ],
    ([x, filter, bias]) =>
      tf.fused.conv2d({ x: x as tf.Tensor4D, filter: filter as tf.Tensor4D, strides: 1, pad: "same", bias: bias as tf.Tensor }),
  ],
  [
    "a bias after a depthwise convolution",
    "parameter",
    "BiasAdd",
    [
      ["activation", [1, 8, 8, 3]],
      ["weight", [3, 3, 3, 1]],
      ["weight", [3]],
    ],
    ([x, filter, bias]) =>
      tf.fused.depthwiseConv2d({ x: x as tf.Tensor4D, filter: filter as tf.Tensor4D, strides: 1, pad: "same", bias: bias as tf.Tensor }),
  ],
  [
    "a bias after a product",
    "parameter",
    "BiasAdd",
    [
      ["activation", [2, 5]],
      ["weight", [5, 4]],
      ["weight", [4]],
    ],
    ([a, b, bias]) => tf.fused.matMul({ a: a as tf.Tensor, b: b as tf.Tensor, bias: bias as tf.Tensor }),
  ],
  [
    "a bias of one element",
    "scalar",
    "BiasAdd",
    [
      ["activation", [2, 5]],
      ["weight", [5, 4]],
      ["weight", [1]],
    ],
    ([a, b, bias]) => tf.fused.matMul({ a: a as tf.Tensor, b: b as tf.Tensor, bias: bias as tf.Tensor }),
  ],
  [
    "no bias",
    null,
    "",
    [
      ["activation", [2, 5]],
      ["weight", [5, 4]],
    ],
    ([a, b]) => tf.matMul(a as tf.Tensor, b as tf.Tensor),
  ],
  [
    "batch normalization",
    "parameter",
    "FusedBatchNorm",
    [
      ["activation", [2, 4, 4, 3]],
      ["weight", [3]],
      ["weight", [3]],
      ["weight", [3]],
      ["weight", [3]],
    ],
    ([x, mean, variance, offset, scale]) =>
      tf.batchNorm(x as tf.Tensor, mean as tf.Tensor1D, variance as tf.Tensor1D, offset as tf.Tensor1D, scale as tf.Tensor1D),
  ],
  [
    "slopes shared along axes",
    "parameter",
    "Prelu",
    [
      ["activation", [2, 4, 4, 3]],
      ["weight", [1, 1, 3]],
    ],
    ([x, alpha]) => tf.prelu(x as tf.Tensor, alpha as tf.Tensor),
  ],
  [
    "products of matrices, a weight's stretched along the batch",
    "parameter",
    "BatchMatMul",
    [
      ["activation", [2, 6, 5, 4]],
      ["weight", [1, 4, 3]],
    ],
    ([a, b]) => tf.matMul(a as tf.Tensor, b as tf.Tensor),
  ],
  [
    "products of matrices of two inputs",
    "between-activations",
    "BatchMatMul",
    [
      ["activation", [2, 6, 5, 4]],
      ["activation", [2, 1, 4, 3]],
    ],
    ([a, b]) => tf.matMul(a as tf.Tensor, b as tf.Tensor),
  ],
  [
    "stretching on request",
    "expands-activation",
    "BroadcastTo",
    [["activation", [1, 8, 8, 1]]],
    ([x]) => broadcastTo(x as tf.Tensor, [1, 8, 8, 3]),
  ],
  ["tiling, which is meant", null, "", [["activation", [1, 8, 8, 1]]], ([x]) => tf.tile(x as tf.Tensor, [1, 1, 1, 3])],
];

describe("other kernels", () => {
  it.each(FUSED)("%s: %s", (_, kind, operation, given, run) => {
    const found = watched(given, "float32", run);
    expect(found.map((one) => [one.operation, one.kind])).toEqual(kind ? [[operation, kind]] : []);
  });
});

it("says nothing of what weights and constants do among themselves", () => {
  expect(
    watched(
      [
        ["weight", [3, 1]],
        ["constant", [4]],
      ],
      "float32",
      ([a, b]) => tf.add(a as tf.Tensor, b as tf.Tensor),
    ),
  ).toEqual([]);
});

/** Runs a layer's work on operands of these origins, as a probe does, and returns the broadcasts that it found; `computed`: made from an input by mixing its positions. */
function watched(given: readonly Given[], dtype: tf.DataType, run: (tensors: tf.Tensor[]) => tf.Tensor): FoundBroadcast[] {
  const weights = new WeakMap<object, { layerId: string; name: string }>();
  const provenance = new Provenance(weights);
  const found: FoundBroadcast[] = [];
  tf.tidy(() => {
    const tensors = given.map(([, shape]) => emptyTensor(shape, dtype));
    given.forEach(([from], index) => {
      const { dataId } = tensors[index] as tf.Tensor;
      if (from === "weight") weights.set(dataId, { layerId: "layer", name: `weight${index}` });
    });
    const from = (index: number) => given[index]?.[0];
    const mixed = tensors.map((tensor) => emptyTensor([2, ...tensor.shape], dtype));
    provenance.enterLayer([...tensors.filter((_, index) => from(index) === "activation"), ...mixed], false);
    for (const [index, tensor] of tensors.entries())
      if (from(index) === "computed")
        provenance.note({ kernel: "Max", inputs: { x: mixed[index] as tf.Tensor }, outputs: [tensor], attrs: {} });
    const stop = observeKernels((call) => {
      const broadcast = broadcastOf("layer", call, provenance);
      if (broadcast) found.push(broadcast);
      provenance.note(call);
    });
    run(tensors);
    stop();
  });
  return found;
}

/** Said by the test itself: axes along which `shape` has 1 or nothing where the output has more. */
function stretchedBy(shape: number[], output: number[]): number[] {
  const padded = [...new Array(output.length - shape.length).fill(1), ...shape];
  return output.map((_, axis) => axis).filter((axis) => padded[axis] === 1 && output[axis] !== 1);
}
