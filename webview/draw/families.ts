import type { LayerReport } from "../../src/model";
import type { ColourName } from "../theme/palette";
import { OPERATION_FAMILIES } from "./operation-families";

/** Families of layers: each has a colour of its own (its name in the palette) and a glyph. */
export const FAMILIES = [
  "convolution",
  "depthwise",
  "dense",
  "normalization",
  "activation",
  "pooling",
  "merge",
  "reshape",
  "preprocessing",
  "recurrent",
  "attention",
  "regularization",
  "input",
  "operation",
  "nested",
  "unknown",
] as const satisfies readonly ColourName[];
export type Family = (typeof FAMILIES)[number];

/** First row whose pattern fits the class wins. */
const PATTERNS: [RegExp, Family][] = [
  [/^(InputLayer|Placeholder)$/, "input"],
  [/^(Functional|Sequential|Model|TFSMLayer|KerasLayer)$/, "nested"],
  [/Attention|^Softmax2?D?Attention/, "attention"],
  [/^(Bidirectional|TimeDistributed|RNN|.*(LSTM|GRU|RNN)(Cell)?(V\d)?)$|^ConvLSTM/, "recurrent"],
  [/^(Depthwise|Separable)Conv/, "depthwise"],
  [/^(FusedDepthwise|DepthwiseConv2dNative)/, "depthwise"],
  [/^(Conv\d?D?|_?FusedConv)|Conv\dD(Transpose|BackpropInput)?$/, "convolution"],
  [/^(Dense|EinsumDense|MatMul|_FusedMatMul|BatchMatMul|Embedding)/, "dense"],
  [
    /^(Normalization|Rescaling|CenterCrop|Resizing|Random\w+|Discretization|TextVectorization|StringLookup|CategoryEncoding|Hashing)$/,
    "preprocessing",
  ],
  [/Normalization$|^(LRN|FusedBatchNorm)/, "normalization"],
  [/Pool(ing)?(\dD)?$|^(Max|Avg|Mean|GlobalAverage|GlobalMax)Pool|^(AvgPool|MaxPool|Mean)$/, "pooling"],
  [
    /^(Activation|ReLU|Relu6?|LeakyReLU|LeakyRelu|PReLU|Prelu|ELU|Elu|Softmax|ThresholdedReLU|Sigmoid|Tanh|Swish|Silu|Gelu|Selu|Identity)$/,
    "activation",
  ],
  [/^(Add|AddV2|Subtract|Multiply|Average|Maximum|Minimum|Concatenate|ConcatV2|Dot|CustomScaleLayer|Merge)$/, "merge"],
  [
    /^(Reshape|Flatten|Permute|RepeatVector|ZeroPadding|Cropping|UpSampling|Squeeze|ExpandDims|Transpose|Pad|MirrorPad|StridedSlice)/,
    "reshape",
  ],
  [/Dropout|^(GaussianNoise|ActivityRegularization|StochasticDepth)/, "regularization"],
  [/^(Lambda|TFOpLambda|TensorFlowOpLayer|SlicingOpLambda|LayerScale|SpectralNormalization|Masking|[A-Z][A-Za-z]*Op)$/, "operation"],
  [/^(Sub|Mul|Div|RealDiv|Sqrt|Rsqrt|Pow|Neg|Exp|Log|Sum|Max|Min|Cast|GetItem|NotEqual|Greater|Less|Where|Shape|BiasAdd)/, "operation"],
];

/** Family of a layer by its class; what the probe could not run counts as its class, unless nobody knows the class. */
export function familyOf(className: string): Family {
  return OPERATION_FAMILIES.get(className) ?? PATTERNS.find(([pattern]) => pattern.test(className))?.[1] ?? "unknown";
}

/** Family of a layer or of an operation of a graph, of which there are more kinds than any table has. */
export function familyOfRow({ className, operation }: Pick<LayerReport, "className" | "operation">): Family {
  const family = familyOf(className);
  return family === "unknown" && operation ? "operation" : family;
}
