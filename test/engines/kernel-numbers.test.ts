import * as tf from "@tensorflow/tfjs-core";
import { type DataType, type NamedAttrMap, type NamedTensorMap, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { elementCount } from "../../src/model";
import { seeded } from "../../src/probe/numbers/chance";
import { useCpu } from "./cpu";
import { KERNEL_CASES } from "./shapes/cases";
import { f, i, ints, type KernelCase, type Operand, title } from "./shapes/kernel-case";
import { startTested, TESTED, useTested } from "./tested";

const missing = await startTested();
if (missing) console.warn(`The native engine is not tested: ${missing}`);

/** Calls that prove nothing: the cpu engine is at fault, chance decides, or engines have no meaning of them in common. */
const SILENT: { readonly [kernel: string]: RegExp } = {
  AvgPool: /\[\[0,0],\[1,0],\[2,1]/, // windows that see nothing but padding
  BatchMatMul: /\[7,1,2,3]|\[0,2,3]/, // the cpu engine counts batches wrong; see below
  Conv2D: /NCHW|\[1,8,8,6]|Rounding/, // channels first, groups and sizes rounded up are TensorFlow's alone, or nobody's
  Einsum: /->(k|")/, // the cpu engine forgets to sum
  FloorDiv: /float32/, // the cpu engine makes whole numbers of floats
  MaxPool3DGrad: /./,
  Mean: /\[0,3]/,
  Multinomial: /./,
  Select: / bool\[2] /,
  // Calls that TensorFlow refuses, and that no layer makes.
  ...(TESTED === "native"
    ? {
        AvgPool: /"pad":(\d|\[)/,
        Conv2D: /NCHW|Rounding|"pad":\d|\[0,8,8,3]/, // of an empty batch it gives the input's shape
        UnsortedSegmentSum: /^UnsortedSegmentSum int32/,
        MaxPool: /"pad":(\d|\[)/,
        NonMaxSuppressionV4: /./,
        SparseToDense: /./,
        StaticRegexReplace: /./,
      }
    : {}),
};

/** What the shapes' cases leave out, since shapes do not depend on it. */
const FURTHER_CASES: KernelCase[] = [
  ...[0, 1].map((axis) => ({ kernel: "GatherV2", inputs: { x: f(4, 5), indices: ints(3, 1, 0, 2) }, attrs: { axis, batchDims: 0 } })),
  ...[1, 2].map((axis) => ({
    kernel: "GatherV2",
    inputs: { x: f(3, 4, 5), indices: { ...i(3, 2), values: [3, 1, 0, 2, 1, 3] } },
    attrs: { axis, batchDims: 1 },
  })),
  ...pairsOf([8, 7, 10, 3], [9, 6, 3]).flatMap((image) =>
    pairsOf([1, 2, 3], [1, 2, 3]).flatMap((window) =>
      pairsOf([1, 2, 4], [1, 3, 4]).flatMap((strides) =>
        ["Conv2D", "DepthwiseConv2dNative"].map((kernel) => ({
          kernel,
          inputs: { x: f(1, ...image, 2), filter: f(...window, 2, 2) },
          attrs: { strides, pad: "same", dataFormat: "NHWC", dilations: [1, 1] },
        })),
      ),
    ),
  ),
  ...(["bool", "int32", "float32"] as const).map((dtype) => ({ kernel: "Cast", inputs: { x: f(2, 3) }, attrs: { dtype } })),
];

function pairsOf(first: number[], second: number[]): [number, number][] {
  return first.flatMap((a) => second.map((b): [number, number] => [a, b]));
}

/** TensorFlow has its own opinion of which operations whole numbers have. */
const TYPES: DataType[] = TESTED === "native" ? ["float32"] : ["float32", "int32", "bool"];
const CASES = [...KERNEL_CASES, ...FURTHER_CASES]
  .filter((one) => one.expected === undefined)
  .flatMap((one) => TYPES.map((dtype) => retyped(one, dtype)))
  .filter((one) => !SILENT[one.kernel]?.test(title(one)));

describe.skipIf(missing)(`what kernels compute on the engine ${TESTED}`, () => {
  it.each([...new Set(CASES.map(({ kernel }) => kernel))])("is what they do on the cpu: %s", (kernel) => {
    expect(CASES.filter((one) => one.kernel === kernel).flatMap(differenceOf)).toEqual([]);
  });

  it.each([
    [[7, 1], [7, 5]], // biome-ignore format: a table
    [
      [7, 1],
      [1, 5],
    ],
    [
      [1, 5],
      [7, 1],
    ],
    [[5], [7, 5]],
    [
      [7, 1, 3],
      [5, 3],
    ],
    [[0], [1]],
  ])("is for batches %j and %j of matrices what it is for repeated ones", (first, second) => {
    useTested();
    tidy(() => {
      const [a, b] = [made(f(...first, 2, 3), seeded(1)), made(f(...second, 3, 4), seeded(2))];
      const batch = broadcastTo(first, second);
      const [repeatedA, repeatedB] = [tf.broadcastTo(a, [...batch, 2, 3]), tf.broadcastTo(b, [...batch, 3, 4])];
      expect(numbersOf(tf.matMul(a, b))).toEqual(numbersOf(tf.matMul(repeatedA, repeatedB)));
    });
  });
});

/** Largest and mean numbers of windows with strides that leave something out, by hand. */
describe.skipIf(missing)(`pooling of volumes on the engine ${TESTED}`, () => {
  it.each([
    { kind: "max", size: 5, window: 1, stride: 3, places: [[0], [3]] },
    { kind: "max", size: 6, window: 1, stride: 4, places: [[0], [4]] },
    { kind: "max", size: 3, window: 1, stride: 3, places: [[1]] },
    { kind: "avg", size: 3, window: 1, stride: 3, places: [[0]] },
    { kind: "avg", size: 7, window: 2, stride: 4, places: [[0, 1], [4, 5]] }, // biome-ignore format: a table
    { kind: "max", size: 4, window: 2, stride: 2, places: [[0, 1], [2, 3]] }, // biome-ignore format: a table
  ] as const)("$kind of $size by $window, $stride apart", ({ kind, size, window, stride, places }) => {
    useTested();
    const numbers = Array.from({ length: size }, (_, index) => -2 - ((index * 5) % 7)); // all of them below 0
    const x = tf.tensor5d(numbers, [1, 1, 1, size, 1]);
    const pool = kind === "max" ? tf.maxPool3d : tf.avgPool3d;
    const found = pool(x, [1, 1, window], [1, 1, stride], "same");
    const wanted = places.map((each) => {
      const seen = each.map((place) => numbers[place] as number);
      return kind === "max" ? Math.max(...seen) : seen.reduce((sum, value) => sum + value, 0) / seen.length;
    });
    expect(numbersOf(found)).toEqual(wanted);
    tf.dispose([x, found]);
  });
});

it.skipIf(missing).each([
  { size: 5, stride: 3, places: [0, 3] },
  { size: 3, stride: 3, places: [0] },
  { size: 6, stride: 2, places: [0, 2, 4] },
])(`convolves volumes of $size, $stride apart, on the engine ${TESTED}`, ({ size, stride, places }) => {
  useTested();
  const numbers = Array.from({ length: size }, (_, index) => index + 1);
  const [x, window] = [tf.tensor5d(numbers, [1, 1, 1, size, 1]), tf.tensor5d([10], [1, 1, 1, 1, 1])];
  const found = tf.conv3d(x, window, [1, 1, stride], "same");
  expect(numbersOf(found)).toEqual(places.map((place) => 10 * (numbers[place] as number)));
  tf.dispose([x, window, found]);
});

/** The same call on operands of another type. */
function retyped(one: KernelCase, dtype: DataType): KernelCase {
  const change = (operand: Operand): Operand => (operand.dtype === "float32" && !operand.values ? { ...operand, dtype } : operand);
  const entries = Object.entries(one.inputs).map(([name, given]) => [
    name,
    [given].flat().length > 1 || Array.isArray(given) ? [given].flat().map(change) : change(given as Operand),
  ]);
  return { ...one, inputs: Array.isArray(one.inputs) ? entries.map(([, given]) => given as Operand) : Object.fromEntries(entries) };
}

/** In what a call is another than on the cpu; nothing where the cpu engine does not know it. */
function differenceOf(one: KernelCase): string[] {
  const wanted = outcome(one, useCpu);
  if (typeof wanted === "string") return [];
  const found = outcome(one, useTested);
  // TensorFlow refuses to divide by nothing and some whole numbers, as it does below Keras.
  if (TESTED === "native" && /int32\[|bool\[/.test(title(one)) && String(found).includes("Invalid TF_Status")) return [];
  return isNear(wanted, found)
    ? []
    : [`${title(one)}: ${JSON.stringify(found).slice(0, 100)} instead of ${JSON.stringify(wanted).slice(0, 100)}`];
}

interface Output {
  is: string;
  numbers: number[];
}

function isNear(wanted: Output[], found: Output[] | string): boolean {
  if (typeof found === "string" || found.length !== wanted.length) return false;
  return wanted.every(({ is, numbers }, index) => {
    const other = found[index] as Output;
    const isEqual = (value: number, at: number) =>
      Object.is(value, other.numbers[at]) || Math.abs(value - (other.numbers[at] ?? Number.NaN)) <= 1e-4 * (1 + Math.abs(value));
    return is === other.is && numbers.length === other.numbers.length && numbers.every(isEqual);
  });
}

/** What comes out, or why nothing does. */
function outcome({ kernel, inputs, attrs }: KernelCase, use: () => void): Output[] | string {
  use();
  const next = seeded(5);
  const make = (operand: Operand): Tensor => made(operand, next);
  const run = (): Output[] => {
    const tensors = Object.entries(inputs).map(([name, one]) => [name, Array.isArray(one) ? one.map(make) : make(one)]);
    const given = (Array.isArray(inputs) ? tensors.map(([, one]) => one) : Object.fromEntries(tensors)) as NamedTensorMap;
    const outputs = [tf.engine().runKernel(kernel, given, (attrs ?? {}) as NamedAttrMap) as Tensor | Tensor[]].flat();
    return outputs.map((output) => ({ is: `${output.dtype} ${output.shape.join("×")}`, numbers: numbersOf(output) }));
  };
  try {
    return inScope(run);
  } catch (error) {
    return String(error);
  }
}

/** What is not tensors must not come out of `tidy`, which would look for tensors in it. */
function inScope<T>(work: () => T): T {
  let result: T | undefined;
  tidy(() => {
    result = work();
  });
  return result as T;
}

const numbersOf = (tensor: Tensor): number[] => (tensor.dtype === "string" ? [] : Array.from(tensor.dataSync(), Number));

const DRAWS: { [dtype in DataType]?: (chance: number) => unknown } = {
  float32: (chance) => chance * 2 - 0.5,
  int32: (chance) => Math.floor(chance * 2), // places in axes of at least two
  bool: (chance) => chance > 0.5,
  string: () => "ab",
};

function made({ shape, dtype, values }: Operand, next: () => number): Tensor {
  if (dtype === "complex64") return tf.complex(made(f(...shape), next), made(f(...shape), next));
  const draw = DRAWS[dtype] as (chance: number) => unknown;
  return tf.tensor((values ?? Array.from({ length: elementCount(shape) }, () => draw(next()))) as number[], shape, dtype);
}

const broadcastTo = tf.backend_util.assertAndGetBroadcastShape;
