import type { TensorInfo } from "@tensorflow/tfjs-core";
import { formatShape } from "../../../model";
import { elements, resolveAxes, resolveAxis } from "../axes";
import { assertStretches } from "../broadcast";
import { ShapeError } from "../error";
import { like, row, type TensorSpec, type Tensors } from "../row";

type X = Tensors<"x">;

/** Kernels that keep all elements, or repeat them, under another shape. */
export const RESHAPING_ROWS = [
  row<X, { shape: number[] }>("Reshape", ({ x }, { shape }) => ({ shape: reshape(x.shape, shape), dtype: x.dtype })),
  row<Tensors<"input">, { dim: number }>("ExpandDims", ({ input }, { dim }) => {
    const { shape, dtype } = like(input);
    shape.splice(resolveAxis(dim, shape, shape.length + 1), 0, 1);
    return { shape, dtype };
  }),
  row<X, { perm: number[] }>("Transpose", ({ x }, { perm }) => transpose(x, perm)),
  row<X, { dims: number | number[] }>("Reverse", ({ x }, { dims }) => {
    resolveAxes(dims, x.shape);
    return like(x);
  }),
  row<X, { reps: number[] }>("Tile", ({ x }, { reps }) => {
    if (reps.length !== x.shape.length) throw new ShapeError(`${reps.length} repetitions were given for ${formatShape(x.shape)}`);
    return { shape: x.shape.map((size, axis) => size * (reps[axis] as number)), dtype: x.dtype };
  }),
  row<X, { shape: number[] }>("BroadcastTo", ({ x }, { shape }) => {
    assertStretches(x.shape, shape, "a tensor");
    return { shape: shape.slice(), dtype: x.dtype };
  }),
  row<Tensors<"s0" | "s1">, unknown>("BroadcastArgs", ({ s0, s1 }) => ({
    shape: [Math.max(s0.shape[0] ?? 0, s1.shape[0] ?? 0)],
    dtype: "int32",
  })),
  row<X, unknown>("Diag", ({ x }) => ({ shape: [...x.shape, ...x.shape], dtype: x.dtype })),
];

/** `target` with -1 filled in. With a 0 in the target TensorFlow finds the missing size from the axes that are not 0. */
function reshape(shape: number[], target: number[]): number[] {
  const open = target.indexOf(-1);
  if (open === -1) {
    if (elements(shape) !== elements(target)) throw wrongCount(shape, target);
    return target.slice();
  }
  const rest = target.filter((_, axis) => axis !== open);
  const hasZero = rest.includes(0);
  const missing = hasZero ? elements(shape.filter(Boolean)) / elements(rest.filter(Boolean)) : elements(shape) / elements(rest);
  if (!Number.isInteger(missing) || missing < 0 || (hasZero && !shape.includes(0))) throw wrongCount(shape, target);
  return target.map((size, axis) => (axis === open ? missing : size));
}

function wrongCount(shape: number[], target: number[]): ShapeError {
  const wanted = formatShape(target.map((size) => (size === -1 ? null : size)));
  const count = target.includes(-1) ? "" : ` (${elements(target)} values)`;
  return new ShapeError(`${formatShape(shape)} (${elements(shape)} values) cannot become ${wanted}${count}`);
}

function transpose(x: TensorInfo, perm: number[]): TensorSpec {
  const rank = x.shape.length;
  if (perm.length !== rank || resolveAxes(perm, x.shape).length !== rank) {
    throw new ShapeError(`axes ${perm.join(", ")} are not an order of those of ${formatShape(x.shape)}`);
  }
  return { shape: perm.map((axis) => x.shape[resolveAxis(axis, x.shape)] as number), dtype: x.dtype };
}
