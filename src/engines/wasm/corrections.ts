import {
  backend_util,
  type DataType,
  getKernel,
  getKernelsForBackend,
  type KernelFunc,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
  util,
} from "@tensorflow/tfjs-core";
import { borrowedKernel, type Writer } from "../borrowed";

type Call = Parameters<KernelFunc>[0];
/** What is right of every call, made of a kernel that is wrong of some. */
type Correction = (own: KernelFunc, kernel: string) => KernelFunc;

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const MOVES = "Cast ExpandDims Identity Reshape";
/**
 * Kernels of tfjs's WebAssembly that are right of operands that are no floats. Most others take their bytes for floats, or write beyond
 * their output: those calls are the cpu engine's. (test/engines/kernel-numbers.test.ts compares all kernels of all types.)
 */
const AT_HOME: { readonly [dtype in DataType]?: ReadonlySet<string> } = {
  bool: words(`${MOVES} Select`),
  int32: words(
    `${MOVES} Abs Add ArgMax ArgMin Concat Equal GatherNd GatherV2 Greater GreaterEqual Less LessEqual Max Maximum Min Minimum Multiply Neg
    NotEqual OnesLike Pack PadV2 Reverse Select Slice SplitV Square Sub Sum TensorScatterUpdate Tile Transpose Unpack ZerosLike`,
  ),
  complex64: words(MOVES),
};

const isStrange = (kernel: string, { inputs }: Call): boolean =>
  Object.values(inputs)
    .flat()
    .some((tensor) => tensor && AT_HOME[tensor.dtype as DataType]?.has(kernel) === false);

/** Leaves some calls to the cpu engine. */
const lentWhere =
  (isWrong: (call: Call, kernel: string) => boolean): Correction =>
  (own, kernel) => {
    const fromCpu = borrowedKernel(kernel);
    return (call) => (isWrong(call, kernel) ? fromCpu(call) : own(call));
  };

const operand = ({ inputs }: Call, name: string): TensorInfo => inputs[name] as TensorInfo;

interface ConvolutionAttributes {
  strides: number | [number, number];
  dilations?: number | [number, number] | null;
  pad: unknown;
  dataFormat?: "NHWC" | "NCHW";
}

/** XNNPACK's own padding `same` underflows where a stride is wider than the window: it is told the padding in numbers there. */
const paddedInNumbers =
  (isDepthwise: boolean): Correction =>
  (own) =>
  (call) => {
    const { strides, dilations, pad, dataFormat } = call.attrs as unknown as ConvolutionAttributes;
    if (pad !== "same" || dataFormat === "NCHW") return own(call);
    const [image, window] = [operand(call, "x").shape, operand(call, "filter").shape] as [Shape4D, Shape4D];
    const planned = backend_util.computeConv2DInfo(image, window, strides, dilations ?? [1, 1], pad, undefined, isDepthwise);
    const isWide = planned.strideHeight > planned.effectiveFilterHeight || planned.strideWidth > planned.effectiveFilterWidth;
    if (!isWide) return own(call);
    const { top, bottom, left, right } = planned.padInfo;
    return own({
      ...call,
      attrs: {
        ...call.attrs,
        pad: [
          [0, 0],
          [top, bottom],
          [left, right],
          [0, 0],
        ] as unknown as number[],
      },
    });
  };
type Shape4D = [number, number, number, number];

/** The steps of a volume's axes, or one for all. */
const along = (value: unknown): number[] => (Array.isArray(value) ? (value as number[]) : [1, 2, 3].map(() => value as number));

/** How far a window of pooling or of a convolution reaches. */
function windowsOf(call: Call): number[] {
  const { filterSize, dilations = 1 } = call.attrs as { [name: string]: unknown };
  if (filterSize !== undefined) return along(filterSize);
  const apart = along(dilations);
  return operand(call, "filter").shape.slice(0, 3).map((size, axis) => (size - 1) * (apart[axis] as number) + 1); // biome-ignore format: one line
}

/**
 * Padding `same` is negative for tfjs where a stride is wider than the window: it leaves out what lies before and behind instead.
 * `isCentred`: half of it before, as TensorFlow does where it takes the largest, else nothing.
 */
const cutFirst =
  (isCentred: boolean): Correction =>
  (own) =>
  (call) => {
    const { strides, pad } = call.attrs as { [name: string]: unknown };
    const x = operand(call, "x");
    const [windows, steps] = [windowsOf(call), along(strides)];
    const begin = x.shape.map(() => 0);
    const size = x.shape.slice();
    for (let axis = 1; axis <= 3; axis++) {
      const [whole, window, step] = [x.shape[axis], windows[axis - 1], steps[axis - 1]] as [number, number, number];
      const needed = (Math.ceil(whole / step) - 1) * step + window;
      size[axis] = Math.min(whole, needed);
      begin[axis] = isCentred ? Math.floor(Math.max(0, whole - needed) / 2) : 0;
    }
    if (pad !== "same" || util.arraysEqual(size, x.shape)) return own(call);
    const cut = getKernel("Slice", WASM)?.kernelFunc({ inputs: { x }, attrs: { begin, size }, backend: call.backend }) as TensorInfo;
    const result = own({ ...call, inputs: { ...call.inputs, x: cut } });
    (call.backend as Writer).disposeData(cut.dataId);
    return result;
  };

/** It counts the matrices of both operands in one row, which is right only where the axes that one of them lacks come first. */
const repeated: Correction = (own) => (call) => {
  const [a, b] = [operand(call, "a"), operand(call, "b")];
  const batch = backend_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  if (batch.includes(0)) return nothing(call, batch);
  const whole = [a, b].map((x) => (isCountedRight(x, batch) ? x : tiled(x, batch, call)));
  const result = own({ ...call, inputs: { ...call.inputs, a: whole[0] as TensorInfo, b: whole[1] as TensorInfo } });
  for (const made of whole) if (made !== a && made !== b) (call.backend as Writer).disposeData(made.dataId);
  return result;
};

function isCountedRight({ shape }: TensorInfo, batch: readonly number[]): boolean {
  const own = shape.slice(0, -2);
  const first = own.findIndex((size) => size !== 1);
  const told = first < 0 ? [] : own.slice(first);
  return util.arraysEqual(told, batch.slice(batch.length - told.length));
}

/** No products. */
function nothing(call: Call, batch: readonly number[]): TensorInfo {
  const { transposeA, transposeB } = call.attrs as { transposeA?: boolean; transposeB?: boolean };
  const rows = operand(call, "a").shape.at(transposeA ? -1 : -2) as number;
  const columns = operand(call, "b").shape.at(transposeB ? -2 : -1) as number;
  const shape = [...batch, rows, columns];
  return { dataId: (call.backend as Writer).write(new Float32Array(0), shape, "float32"), shape, dtype: "float32" };
}

/** The matrices of `x` as many times as a batch has room for them. */
function tiled(x: TensorInfo, batch: readonly number[], { backend }: Call): TensorInfo {
  const shape = [...new Array<number>(batch.length + 2 - x.shape.length).fill(1), ...x.shape];
  const reps = shape.map((size, axis) => (size === 1 ? (batch[axis] ?? 1) : 1));
  return getKernel("Tile", WASM)?.kernelFunc({ inputs: { x: { ...x, shape } }, attrs: { reps }, backend }) as TensorInfo;
}

/** One row a kernel that is wrong of floats, too, or of what comes of them. */
const CORRECTIONS: { readonly [kernel: string]: Correction } = {
  AvgPool3D: cutFirst(false),
  BatchMatMul: repeated,
  // It cuts fractions off before it asks what is 0, and knows no complex numbers.
  Cast: lentWhere(({ attrs }) => attrs?.["dtype"] === "bool" || attrs?.["dtype"] === "complex64"),
  Conv2D: paddedInNumbers(false),
  Conv3D: cutFirst(false),
  Conv3DBackpropInputV2: lentWhere(() => true),
  DepthwiseConv2dNative: paddedInNumbers(true),
  FusedConv2D: paddedInNumbers(false),
  FusedDepthwiseConv2D: paddedInNumbers(true),
  // It looks into the wrong batch.
  GatherV2: lentWhere(({ attrs }) => Number(attrs?.["batchDims"] ?? 0) !== 0),
  // It finds no number below 0 to be the largest.
  MaxPool3D: (_, kernel) => cutFirst(true)(borrowedKernel(kernel), kernel),
  // It writes whole numbers, whatever they are then read as.
  OneHot: lentWhere(({ attrs }) => attrs?.["dtype"] !== "int32"),
  Select: lentWhere((call) => operand(call, "t").dtype === "bool" || operand(call, "t").dtype !== operand(call, "e").dtype),
};

const WASM = "wasm";

/** Puts right what tfjs's WebAssembly kernels, which must have been set up, compute otherwise than its cpu kernels. */
export function correctKernels(): void {
  for (const { setupFunc: _, ...config } of getKernelsForBackend(WASM)) {
    const { kernelName, kernelFunc } = config;
    const corrected = CORRECTIONS[kernelName]?.(kernelFunc, kernelName) ?? kernelFunc;
    unregisterKernel(kernelName, WASM);
    registerKernel({ ...config, kernelFunc: lentWhere((call, kernel) => isStrange(kernel, call))(corrected, kernelName) });
  }
}
