import type { TensorInfo } from "@tensorflow/tfjs-core";
import { formatShape, sameShape } from "../../../model";
import { resolveAxis } from "../axes";
import { ShapeError } from "../error";
import { row, type TensorSpec, type Tensors } from "../row";

/** Kernels that make one tensor of several or several of one. */
export const JOINING_ROWS = [
  row<TensorInfo[], { axis: number }>("Concat", (tensors, { axis }) => concat(tensors, axis)),
  row<TensorInfo[], { axis: number }>("Pack", (tensors, { axis }) => pack(tensors, axis)),
  row<Tensors<"value">, { axis: number }>("Unpack", ({ value }, { axis }) => unpack(value, axis)),
  row<Tensors<"x">, { numOrSizeSplits: number | number[]; axis: number }>("SplitV", ({ x }, { numOrSizeSplits, axis }) => {
    const at = resolveAxis(axis, x.shape);
    return splitSizes(x, numOrSizeSplits, at).map((size) => ({ shape: x.shape.with(at, size), dtype: x.dtype }));
  }),
];

function concat(tensors: TensorInfo[], axis: number): TensorSpec {
  const { shape: first, dtype } = tensors[0] as TensorInfo;
  const at = resolveAxis(axis, first);
  let total = 0;
  for (const { shape } of tensors) {
    const agrees = shape.length === first.length && shape.every((size, i) => i === at || size === first[i]);
    if (!agrees)
      throw new ShapeError(
        `${formatShape(first)} and ${formatShape(shape)} cannot be joined along axis ${at}: ${whereDiffer(first, shape, at)}`,
      );
    total += shape[at] as number;
  }
  return { shape: first.with(at, total), dtype };
}

function whereDiffer(first: number[], other: number[], except: number): string {
  if (first.length !== other.length) return `one has ${first.length} axes, the other ${other.length}`;
  const axis = first.findIndex((size, i) => i !== except && size !== other[i]);
  return `axis ${axis} is ${first[axis]} in one and ${other[axis]} in the other`;
}

function pack(tensors: TensorInfo[], axis: number): TensorSpec {
  const { shape: first, dtype } = tensors[0] as TensorInfo;
  const other = tensors.find(({ shape }) => !sameShape(shape, first));
  if (other) throw new ShapeError(`${formatShape(first)} and ${formatShape(other.shape)} cannot be stacked`);
  const shape = first.slice();
  shape.splice(resolveAxis(axis, first, first.length + 1), 0, tensors.length);
  return { shape, dtype };
}

function unpack(value: TensorInfo, axis: number): TensorSpec[] {
  const at = resolveAxis(axis, value.shape);
  const shape = value.shape.filter((_, i) => i !== at);
  return Array.from({ length: value.shape[at] as number }, () => ({ shape: shape.slice(), dtype: value.dtype }));
}

/** One -1 among the sizes stands for what the others leave. */
function splitSizes(x: TensorInfo, asked: number | number[], axis: number): number[] {
  const whole = x.shape[axis] as number;
  if (typeof asked === "number") {
    if (whole % asked !== 0) throw new ShapeError(`axis ${axis} of ${formatShape(x.shape)} cannot be split into ${asked} equal parts`);
    return new Array<number>(asked).fill(whole / asked);
  }
  const given = asked.reduce((sum, size) => sum + Math.max(size, 0), 0);
  const open = asked.filter((size) => size === -1).length;
  if (open > 1 || (open === 0 ? given !== whole : given > whole)) {
    throw new ShapeError(`parts of ${asked.join(", ")} do not make up axis ${axis} of ${formatShape(x.shape)}`);
  }
  return asked.map((size) => (size === -1 ? whole - given : size));
}
