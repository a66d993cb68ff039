import { backend_util, slice_util, type TensorInfo } from "@tensorflow/tfjs-core";
import { formatShape } from "../../../model";
import { elements, resolveAxis } from "../axes";
import { inShapeWords, ShapeError } from "../error";
import { like, row, type TensorSpec, type Tensors } from "../row";

type X = Tensors<"x">;
interface StridedSliceAttrs {
  begin: number[];
  end: number[];
  strides: number[];
  beginMask: number;
  endMask: number;
  ellipsisMask: number;
  newAxisMask: number;
  shrinkAxisMask: number;
}
interface SpaceBatchAttrs {
  blockShape: number[];
  paddings: number[][];
  crops: number[][];
}

/** Kernels that take a part of a tensor, put a rim around it, pick by index, or move blocks between axes. */
export const SLICING_ROWS = [
  row<X, { begin: number | number[]; size: number | number[] }>("Slice", ({ x }, { begin, size }) => slice(x, begin, size)),
  row<X, StridedSliceAttrs>("StridedSlice", ({ x }, attrs) => stridedSlice(x, attrs)),
  row<X, { paddings: number[][] }>("PadV2", ({ x }, { paddings }) => pad(x, paddings)),
  row<X, { paddings: number[][]; mode: "reflect" | "symmetric" }>("MirrorPad", ({ x }, { paddings, mode }) => {
    assertMirrorFits(x, paddings, mode);
    return pad(x, paddings);
  }),
  row<X, SpaceBatchAttrs>("SpaceToBatchND", ({ x }, { blockShape, paddings }) => spaceToBatch(x, blockShape, paddings)),
  row<X, SpaceBatchAttrs>("BatchToSpaceND", ({ x }, { blockShape, crops }) => batchToSpace(x, blockShape, crops)),
  row<X, { blockSize: number; dataFormat: string }>("DepthToSpace", ({ x }, { blockSize, dataFormat }) =>
    depthToSpace(x, blockSize, dataFormat),
  ),
  row<Tensors<"x" | "indices">, { axis: number; batchDims?: number }>("GatherV2", ({ x, indices }, { axis, batchDims }) => {
    const at = resolveAxis(axis, x.shape);
    const { outputShape } = inShapeWords(() =>
      backend_util.segment_util.collectGatherOpShapeInfo(x as never, indices as never, at, batchDims ?? 0),
    );
    return { shape: outputShape, dtype: x.dtype };
  }),
  row<Tensors<"params" | "indices">, unknown>("GatherNd", ({ params, indices }) => gatherNd(params, indices)),
  row<Tensors<"indices" | "updates">, { shape: number[] }>("ScatterNd", ({ indices, updates }, { shape }) => {
    assertUpdates(shape, indices, updates);
    return { shape: shape.slice(), dtype: updates.dtype };
  }),
  row<Tensors<"tensor" | "indices" | "updates">, unknown>("TensorScatterUpdate", ({ tensor, indices, updates }) => {
    assertUpdates(tensor.shape, indices, updates);
    return like(tensor);
  }),
];

function slice(x: TensorInfo, begin: number | number[], size: number | number[]): TensorSpec {
  const [from, sizes] = inShapeWords(() => slice_util.parseSliceParams(x, begin, size)) as [number[], number[]];
  x.shape.forEach((whole, axis) => {
    const start = from[axis] as number;
    const end = start + (sizes[axis] as number);
    if (start < 0 || end < start || end > whole) {
      throw new ShapeError(`a slice from ${start} to ${end} does not fit axis ${axis} of ${formatShape(x.shape)}`);
    }
  });
  return { shape: sizes.slice(0, x.shape.length), dtype: x.dtype };
}

function stridedSlice(x: TensorInfo, attrs: StridedSliceAttrs): TensorSpec {
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attrs;
  const { finalShape } = inShapeWords(() =>
    slice_util.sliceInfo(x.shape, begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask),
  );
  return { shape: finalShape, dtype: x.dtype };
}

function pad(x: TensorInfo, paddings: number[][]): TensorSpec {
  if (paddings.length !== x.shape.length)
    throw new ShapeError(`paddings for ${paddings.length} axes were given for ${formatShape(x.shape)}`);
  if (paddings.flat().some((size) => size < 0)) throw new ShapeError(`paddings must not be negative: ${paddings.join(" / ")}`);
  return { shape: x.shape.map((size, axis) => size + rim(paddings, axis)), dtype: x.dtype };
}

/** Elements that a pair adds to an axis, or takes from it. */
function rim(pairs: number[][], axis: number): number {
  const [before = 0, after = 0] = pairs[axis] ?? [];
  return before + after;
}

/** A mirror shows at most what stands before it: all of the axis, or all but the edge. */
function assertMirrorFits(x: TensorInfo, paddings: number[][], mode: "reflect" | "symmetric"): void {
  x.shape.forEach((size, axis) => {
    const most = mode === "reflect" ? size - 1 : size;
    const asked = Math.max(...(paddings[axis] ?? [0]));
    if (asked > most)
      throw new ShapeError(`${mode} padding of ${asked} does not fit axis ${axis} of ${formatShape(x.shape)} (at most ${most})`);
  });
}

function spaceToBatch(x: TensorInfo, block: number[], paddings: number[][]): TensorSpec {
  const [batch = 0, ...rest] = x.shape;
  const shape = rest.map((size, i) => {
    const padded = i < block.length ? size + rim(paddings, i) : size;
    const step = block[i] ?? 1;
    if (padded % step !== 0)
      throw new ShapeError(`axis ${i + 1} of ${formatShape(x.shape)}, ${padded} with its padding, has no blocks of ${step}`);
    return padded / step;
  });
  return { shape: [batch * elements(block), ...shape], dtype: x.dtype };
}

function batchToSpace(x: TensorInfo, block: number[], crops: number[][]): TensorSpec {
  const [batch = 0, ...rest] = x.shape;
  const count = elements(block);
  if (batch % count !== 0) throw new ShapeError(`a batch of ${batch} cannot be shared out to blocks of ${formatShape(block)}`);
  const shape = rest.map((size, i) => {
    if (i >= block.length) return size;
    const left = size * (block[i] as number) - rim(crops, i);
    if (left < 0) throw new ShapeError(`cropping takes ${rim(crops, i)} from axis ${i + 1}, which has ${size * (block[i] as number)}`);
    return left;
  });
  return { shape: [batch / count, ...shape], dtype: x.dtype };
}

function depthToSpace(x: TensorInfo, blockSize: number, dataFormat: string): TensorSpec {
  const channels = dataFormat === "NCHW" ? 1 : 3;
  const deep = x.shape[channels] as number;
  if (deep % (blockSize * blockSize) !== 0) throw new ShapeError(`${deep} channels cannot become blocks of ${blockSize}×${blockSize}`);
  const shape = x.shape.map((size, axis) => (axis === 0 ? size : size * blockSize));
  return { shape: shape.with(channels, deep / (blockSize * blockSize)), dtype: x.dtype };
}

/** The last axis of the indices is a place in the first axes of the tensor. tfjs's helper refuses tensors without elements, TensorFlow does not. */
function gatherNd(params: TensorInfo, indices: TensorInfo): TensorSpec {
  const depth = indices.shape[resolveAxis(-1, indices.shape)] as number;
  if (depth > params.shape.length) {
    throw new ShapeError(
      `indices of ${formatShape(indices.shape)} name ${depth} axes, and ${formatShape(params.shape)} has ${params.shape.length}`,
    );
  }
  return { shape: [...indices.shape.slice(0, -1), ...params.shape.slice(depth)], dtype: params.dtype };
}

function assertUpdates(shape: number[], indices: TensorInfo, updates: TensorInfo): void {
  const sliceRank = indices.shape.length > 1 ? (indices.shape.at(-1) as number) : 1;
  const batch = indices.shape.length > 1 ? indices.shape.slice(0, -1) : indices.shape;
  const expected = [...batch, ...shape.slice(sliceRank)];
  if (expected.join() !== updates.shape.join()) {
    throw new ShapeError(`updates of ${formatShape(expected)} are needed for ${formatShape(shape)}, got ${formatShape(updates.shape)}`);
  }
}
