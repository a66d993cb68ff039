import type { LayerReport } from "./report";

/** Classes of Keras and the operations of TensorFlow that do the same: a name for each such thing. */
const SAME_WORK: { readonly [work: string]: string } = {
  convolution: "Conv1D Conv2D Conv3D _FusedConv2D",
  "depthwise convolution": "DepthwiseConv2D DepthwiseConv2dNative FusedDepthwiseConv2dNative",
  normalization: "BatchNormalization FusedBatchNorm FusedBatchNormV2 FusedBatchNormV3",
  product: "Dense MatMul BatchMatMul BatchMatMulV2 _FusedMatMul",
  rectifier: "ReLU Relu Relu6 LeakyReLU LeakyRelu",
  sum: "Add AddV2 AddN",
  "element product": "Multiply Mul",
  joint: "Concatenate Concat ConcatV2",
  padding: "ZeroPadding1D ZeroPadding2D ZeroPadding3D Pad PadV2 MirrorPad",
  "maximum pooling": "MaxPooling1D MaxPooling2D MaxPooling3D MaxPool MaxPool3D",
  "average pooling": "AveragePooling1D AveragePooling2D AveragePooling3D AvgPool AvgPool3D",
  "global pooling": "GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D Mean",
  "global maximum": "GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D Max",
  shape: "Reshape Flatten Squeeze ExpandDims",
  classes: "Softmax Sigmoid",
};

const WORK_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(SAME_WORK).flatMap(([work, classes]) => classes.split(" ").map((name) => [name, work] as const)),
);

/** What a layer or an operation does, by a word that both have in common; its class where there is none. */
export const workOf = ({ className }: Pick<LayerReport, "className">): string => WORK_OF.get(className) ?? className;

/** Whether all it does is to put a border around its input; TensorFlow's graphs leave that to the operation behind it. */
export const isPadding = (row: Pick<LayerReport, "className">): boolean => workOf(row) === "padding";

/** The shapes of what a layer hands on; what an operation gives beside it for its gradient only is left out. */
export function mainOutputs({ className, output }: Pick<LayerReport, "className" | "output">): number[][] | null {
  return /^_?FusedBatchNorm/.test(className) ? (output?.slice(0, 1) ?? null) : output;
}
