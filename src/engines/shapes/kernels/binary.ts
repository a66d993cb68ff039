import { type DataType, type TensorInfo, upcastType } from "@tensorflow/tfjs-core";
import { formatShape, sameShape } from "../../../model";
import { assertStretches, broadcastShape } from "../broadcast";
import { ShapeError } from "../error";
import { like, row, rows, type Tensors } from "../row";

const KEEPS_DTYPE = "Add Atan2 BitwiseAnd Maximum Minimum Mod Multiply Pow RealDiv SquaredDifference Sub".split(" ");
const TELLS_TRUTH = "Equal Greater GreaterEqual Less LessEqual LogicalAnd LogicalOr LogicalXor NotEqual".split(" ");
type Operands = Tensors<"a" | "b">;

/** Kernels whose operands are stretched to one another (tfjs has brought them to one dtype before), and their kin. */
export const BINARY_ROWS = [
  ...rows<Operands, unknown>(KEEPS_DTYPE, ({ a, b }) => stretch(a, b, a.dtype)),
  ...rows<Operands, unknown>(TELLS_TRUTH, ({ a, b }) => stretch(a, b, "bool")),
  row<Operands, unknown>("FloorDiv", ({ a, b }) => stretch(a, b, "int32")),
  row<Tensors<"x" | "alpha">, unknown>("Prelu", ({ x, alpha }) => {
    assertStretches(alpha.shape, x.shape, "alpha");
    return like(x, "float32");
  }),
  row<Tensors<"real" | "imag">, unknown>("Complex", ({ real, imag }) => {
    assertSame("the real and the imaginary part", [real, imag]);
    return like(real, "complex64");
  }),
  row<TensorInfo[], unknown>("AddN", (tensors) => {
    assertSame("the tensors to add", tensors);
    return like(tensors[0] as TensorInfo);
  }),
  row<Tensors<"condition" | "t" | "e">, unknown>("Select", select),
];

function stretch(a: TensorInfo, b: TensorInfo, dtype: DataType) {
  return { shape: broadcastShape(a.shape, b.shape), dtype };
}

function assertSame(what: string, tensors: TensorInfo[]): void {
  const shape = tensors[0]?.shape ?? [];
  const other = tensors.find((tensor) => !sameShape(tensor.shape, shape));
  if (other) throw new ShapeError(`${what} must have the same shape, got ${formatShape(shape)} and ${formatShape(other.shape)}`);
}

/** tfjs has stretched all three before, but for a condition of rank 1, which chooses whole rows. */
function select({ condition, t, e }: Tensors<"condition" | "t" | "e">) {
  assertSame("the two branches of a selection", [t, e]);
  const choosesRows = condition.shape.length === 1 && condition.shape[0] === t.shape[0];
  if (!choosesRows) assertSame("condition and branches of a selection", [condition, t]);
  return like(t, upcastType(t.dtype, e.dtype));
}
