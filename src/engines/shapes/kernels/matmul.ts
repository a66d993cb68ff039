import { backend_util, type TensorInfo } from "@tensorflow/tfjs-core";
import { formatShape } from "../../../model";
import { assertStretches, broadcastShape } from "../broadcast";
import { inShapeWords, ShapeError } from "../error";
import { row, type TensorSpec, type Tensors } from "../row";

interface MatMulAttrs {
  transposeA?: boolean;
  transposeB?: boolean;
}
type Fused = Tensors<"a" | "b"> & Partial<Tensors<"bias" | "preluActivationWeights">>;

/** Products of matrices and sums over named axes. */
export const MATMUL_ROWS = [
  row<Tensors<"a" | "b">, MatMulAttrs>("BatchMatMul", ({ a, b }, attrs) => matMul(a, b, attrs)),
  row<Fused, MatMulAttrs>("_FusedMatMul", ({ a, b, bias, preluActivationWeights }, attrs) => {
    const product = matMul(a, b, attrs);
    if (bias) assertStretches(bias.shape, product.shape, "bias");
    if (preluActivationWeights) assertStretches(preluActivationWeights.shape, product.shape, "alpha");
    return product;
  }),
  row<TensorInfo[], { equation: string }>("Einsum", (tensors, { equation }) => einsum(tensors, equation)),
];

function matMul(a: TensorInfo, b: TensorInfo, { transposeA = false, transposeB = false }: MatMulAttrs): TensorSpec {
  const [rows, innerA] = matrix(a, transposeA);
  const [innerB, columns] = matrix(b, transposeB);
  if (innerA !== innerB) {
    throw new ShapeError(`expected ${innerB} values (matrix ${formatShape(b.shape)}), got ${innerA} from ${formatShape(a.shape)}`);
  }
  return { shape: [...broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2)), rows, columns], dtype: a.dtype };
}

function matrix({ shape }: TensorInfo, isTransposed: boolean): [number, number] {
  if (shape.length < 2) throw new ShapeError(`a product of matrices needs two axes, got ${formatShape(shape)}`);
  const [rows, columns] = shape.slice(-2) as [number, number];
  return isTransposed ? [columns, rows] : [rows, columns];
}

/** tfjs orders all dimensions with the output's first, then those summed over. */
function einsum(tensors: TensorInfo[], equation: string): TensorSpec {
  const { allDims, summedDims, idDims } = inShapeWords(() => backend_util.decodeEinsumEquation(equation, tensors.length));
  const sizes = new Array<number>(allDims.length).fill(-1);
  tensors.forEach((tensor, i) => {
    takeSizes(sizes, tensor, idDims[i] as number[], equation);
  });
  return { shape: sizes.slice(0, allDims.length - summedDims.length), dtype: tensors[0]?.dtype ?? "float32" };
}

function takeSizes(sizes: number[], { shape }: TensorInfo, dims: number[], equation: string): void {
  if (shape.length !== dims.length) throw new ShapeError(`${equation}: expected ${dims.length} axes, got ${formatShape(shape)}`);
  dims.forEach((dim, axis) => {
    const known = sizes[dim] as number;
    if (known !== -1 && known !== shape[axis]) {
      throw new ShapeError(`${equation}: one name stands for ${known} and, in ${formatShape(shape)}, for ${shape[axis]}`);
    }
    sizes[dim] = shape[axis] as number;
  });
}
