import type { CastAttrs } from "@tensorflow/tfjs-core";
import { like, row, rows, type Tensors } from "../row";

type X = Tensors<"x">;
type Input = Tensors<"input">;

const KEEPS_DTYPE = [
  ..."Abs Acos Acosh Asin Asinh Atan Atanh Ceil ClipByValue Cos Cosh Elu Erf Expm1 Floor Log Log1p Neg Reciprocal Relu".split(" "),
  ..."Relu6 Round Rsqrt Selu Sigmoid Sign Sin Sinh Softplus Sqrt Square Step Tan Tanh StaticRegexReplace Identity".split(" "),
];

/** Kernels that take one tensor and work on each element by itself. */
export const UNARY_ROWS = [
  ...rows<X, unknown>(KEEPS_DTYPE, ({ x }) => like(x)),
  ...rows<X, unknown>(["Exp", "LeakyRelu", "ComplexAbs"], ({ x }) => like(x, "float32")),
  ...rows<X, unknown>(["IsFinite", "IsInf", "IsNan", "LogicalNot"], ({ x }) => like(x, "bool")),
  ...rows<Input, unknown>(["Real", "Imag"], ({ input }) => like(input, "float32")),
  row<Input, unknown>("StringToHashBucketFast", ({ input }) => like(input, "int32")),
  row<X, CastAttrs>("Cast", ({ x }, { dtype }) => like(x, dtype)),
];
