import type { Family } from "./families";

/** TensorFlow's operations by family, where their names do not say it as those of Keras's classes do. */
const ROWS: { readonly [family in Family]?: string } = {
  pooling: "Dilation2D",
  dense: "Einsum SparseTensorDenseMatMul DenseBincount",
  activation: "Softplus Softsign Erf LogSoftmax",
  convolution: "Conv2DBackpropInput Conv3DBackpropInputV2",
  merge: "AddN Concat Pack TensorListStack TensorListConcat TensorListConcatV2",
  reshape:
    "Slice Split SplitV Unpack Tile Gather GatherV2 GatherNd Reverse ReverseV2 BroadcastTo DepthToSpace SpaceToDepth BatchToSpaceND SpaceToBatchND " +
    "ResizeBilinear ResizeNearestNeighbor ResizeBicubic CropAndResize ImageProjectiveTransformV3 EnsureShape",
  input: "PlaceholderWithDefault",
  operation:
    "IdentityN Const Switch Enter Exit NextIteration LoopCond If StatelessIf While StatelessWhile Abs Acos Acosh All Any ArgMax ArgMin " +
    "Asin Asinh Atan Atan2 Atanh Bincount BitwiseAnd BroadcastArgs Ceil ClipByValue Complex ComplexAbs Cos Cosh Cumprod Cumsum EmptyTensorList Equal " +
    "EuclideanNorm FFT Fill Floor FloorDiv FloorMod IFFT IRFFT Imag IsFinite IsInf IsNan LinSpace ListDiff LowerBound MatrixBandPart Mod " +
    "NonMaxSuppressionV2 NonMaxSuppressionV3 NonMaxSuppressionV4 NonMaxSuppressionV5 OneHot Ones OnesLike Print Prod RFFT Range Rank Real Reciprocal " +
    "Round ScatterNd Select SelectV2 Sign Sin Sinh Size Snapshot SparseToDense Square SquaredDifference StopGradient Tan TensorArrayV3 TensorListFromTensor " +
    "TensorListGetItem TensorListLength TensorListReserve TensorListSetItem TensorScatterUpdate TopKV2 Unique UniqueV2 UpperBound Zeros ZerosLike " +
    "RandomUniform RandomUniformInt RandomStandardNormal TruncatedNormal",
};

/** Family of each of these operations. */
export const OPERATION_FAMILIES: ReadonlyMap<string, Family> = new Map(
  Object.entries(ROWS).flatMap(([family, names]) => names.split(" ").map((name) => [name, family as Family] as const)),
);
