import * as tf from "@tensorflow/tfjs-core";
import { formatShape, type Shape } from "../../model";
import { type OperationRow, operation } from "../operation";
import { mapSpatial, withChannelsLast } from "../own/layout";
import { type Bound, Unknown } from "../row";
import { shapeOnly } from "../shape-only";
import { declaredSlide, type Sliding } from "../windows";
import { steps } from "./axes";
import { areChannelsFirst, declaredShapeOf, isNone, sizesOf, tensorOf } from "./values";

/** Windows that slide along the axes between batch and channels. */
export interface Windows {
  sizes: number[];
  strides: number[];
  dilations: number[];
  padding: "valid" | "same";
}

/** `2`, `[2, 2]` or TensorFlow's `[1, 2, 2, 1]` as a number for each of `count` axes. */
export function perAxis(value: Bound | undefined, count: number, fallback: number[]): number[] {
  if (isNone(value)) return fallback;
  const sizes = sizesOf(value);
  if (sizes.length === count) return sizes;
  if (sizes.length === count + 2) return sizes[1] === 1 && sizes.at(-1) !== 1 ? sizes.slice(2) : sizes.slice(1, -1);
  if (sizes.length === 1) return Array(count).fill(sizes[0]);
  throw new Error(`${sizes.length} sizes were given for ${count} axes`);
}

/** @throws Unknown for a rim of numbers, as TensorFlow takes one */
export function paddingOf(value: unknown): "valid" | "same" {
  const name = String(value ?? "valid").toLowerCase();
  if (name !== "valid" && name !== "same") throw new Unknown("it pads by numbers of its own, which are not followed");
  return name;
}

export function slidingAt({ sizes, strides, dilations, padding }: Windows, axis: number): Sliding {
  return { window: sizes[axis] as number, stride: strides[axis] as number, dilation: dilations[axis] as number, padding };
}

/** Zeros on both sides, more of them behind, so that as many windows fit as strides. */
function padded(x: tf.Tensor, windows: Windows): tf.Tensor {
  if (windows.padding === "valid") return x;
  const rims = windows.sizes.map((size, axis): [number, number] => {
    const whole = x.shape[axis + 1] as number;
    const stride = windows.strides[axis] as number;
    const reach = (size - 1) * (windows.dilations[axis] as number) + 1;
    const missing = Math.max((Math.ceil(whole / stride) - 1) * stride + reach - whole, 0);
    return [Math.floor(missing / 2), Math.ceil(missing / 2)];
  });
  return tf.pad(x, [[0, 0], ...rims, [0, 0]]);
}

/** Windows along one axis of `x`: it becomes two, their number and their size. @throws Error where none fits */
function unfolded(x: tf.Tensor, axis: number, { window, stride, dilation }: Sliding): tf.Tensor {
  const whole = x.shape[axis] as number;
  const count = Math.floor((whole - (window - 1) * dilation - 1) / stride) + 1;
  if (count < 1) throw new Error(`its window of ${window} does not fit into the ${whole} of axis ${axis} of ${formatShape(x.shape)}`);
  const places = steps(count, stride).flatMap((from) => steps(window, dilation, from));
  const picked = tf.gather(x, tf.tensor1d(places, "int32"), axis);
  return tf.reshape(picked, [...x.shape.slice(0, axis), count, window, ...x.shape.slice(axis + 1)]);
}

/** All windows of `[batch, …spatial, channels]`: `[batch, …counts, …sizes, channels]`. @throws Error where none fits */
export function windowsOf(x: tf.Tensor, windows: Windows): tf.Tensor {
  const rank = windows.sizes.length;
  const cut = steps(rank).reduce((tensor, axis) => unfolded(tensor, 2 * axis + 1, slidingAt(windows, axis)), padded(x, windows));
  const counts = steps(rank).map((axis) => 2 * axis + 1);
  return tf.transpose(cut, [0, ...counts, ...counts.map((axis) => axis + 1), cut.rank - 1]);
}

/** The numbers of each window as channels, in the order of height, width, channel. */
function extracted(x: tf.Tensor, windows: Windows): tf.Tensor {
  const all = windowsOf(x, windows);
  return tf.reshape(all, [...all.shape.slice(0, windows.sizes.length + 1), -1]);
}

/** Where the axes between batch and channels are as many as `size` names, or two. */
function readWindows(named: { [name: string]: Bound | undefined }, rank: number): Windows {
  const sizes = perAxis(named["size"], rank, []);
  return {
    sizes,
    strides: perAxis(named["strides"], rank, sizes),
    dilations: perAxis(named["dilation_rate"], rank, Array(rank).fill(1)),
    padding: paddingOf(named["padding"]),
  };
}

function declareExtracted(shape: Shape, windows: Windows, isFirst: boolean): Shape {
  const channels = shape[isFirst ? 1 : shape.length - 1] ?? null;
  const count = windows.sizes.reduce((product, size) => product * size, 1);
  return mapSpatial(
    shape,
    isFirst,
    (size, axis) => declaredSlide(size, slidingAt(windows, axis)),
    channels === null ? null : channels * count,
  );
}

const spatialRank = (size: Bound | undefined, rank: number): number =>
  Array.isArray(size) && size.length === 3 ? 3 : Math.min(rank, 4) - 2;

export const extractPatches: OperationRow = operation(
  "images|input|x size|sizes|ksizes strides dilation_rate|rates padding data_format",
  (named) => {
    const x = tensorOf(named["images"]);
    const isBatch = x.rank > 3;
    const batch = isBatch ? x : tf.expandDims(x, 0);
    const windows = readWindows(named, spatialRank(named["size"], batch.rank));
    const patches = withChannelsLast(areChannelsFirst(named["data_format"]), batch, (last) => extracted(last, windows));
    return isBatch ? patches : tf.squeeze(patches, [0]);
  },
  (named) => {
    const shape = declaredShapeOf(named["images"]);
    const windows = readWindows(named as { [name: string]: Bound }, spatialRank(named["size"] as Bound, shape.length));
    return declareExtracted(shape, windows, areChannelsFirst(named["data_format"]));
  },
);

const perImage = (named: { [name: string]: Bound | undefined }): Windows & { rims: [number, number][] } => ({
  rims: perAxis(named["padding"], 2, [0, 0]).map((rim): [number, number] => [rim, rim]),
  sizes: perAxis(named["kernel_size"], 2, []),
  strides: perAxis(named["stride"], 2, [1, 1]),
  dilations: perAxis(named["dilation"], 2, [1, 1]),
  padding: "valid",
});

/** As PyTorch's: windows added up to images, `[batch, channels, …output_size]`. */
export const fold: OperationRow = operation("x output_size kernel_size dilation padding stride", (named) => {
  const x = tensorOf(named["x"]);
  const { sizes, rims, ...how } = perImage(named);
  const whole = perAxis(named["output_size"], 2, []);
  const inWindow = sizes.reduce((product, size) => product * size, 1);
  const [batch = 0, rows = 0, count = 0] = x.shape;
  const windows = whole.map((size, axis) => declaredSlide(size + 2 * (rims[axis]?.[0] ?? 0), slidingAt({ sizes, ...how }, axis)) as number);
  if (x.rank !== 3 || rows % inWindow !== 0 || count !== windows.reduce((product, size) => product * size, 1))
    throw new Error(`${formatShape(x.shape)} is not made of ${windows.join("×")} windows of ${sizes.join("×")}`);
  return shapeOnly([x], [batch, rows / inWindow, ...whole]);
});

/** As PyTorch's: `[batch, channels·window, windows]`, channels first. */
export const unfold: OperationRow = operation("x kernel_size dilation padding stride", (named) => {
  const x = tensorOf(named["x"]);
  const { rims, ...windows } = perImage(named);
  const last = tf.transpose(tf.pad(x, [[0, 0], [0, 0], ...rims]), [0, 2, 3, 1]);
  const all = windowsOf(last, windows);
  const [batch = 0, rows = 0, columns = 0, height = 0, width = 0, channels = 0] = all.shape;
  return tf.reshape(tf.transpose(all, [0, 5, 3, 4, 1, 2]), [batch, channels * height * width, rows * columns]);
});
