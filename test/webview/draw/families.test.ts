import { describe, expect, test } from "vitest";
import { FAMILIES, type Family, familyOf, familyOfRow } from "../../../webview/draw/families";
import { GLYPHS } from "../../../webview/draw/glyphs";
import { zooReply } from "../zoo-replies";

const CASES: [Family, string[]][] = [
  ["convolution", ["Conv2D", "Conv1D", "Conv3D", "Conv2DTranspose"]],
  ["depthwise", ["DepthwiseConv2D", "SeparableConv2D"]],
  ["dense", ["Dense", "EinsumDense", "Embedding"]],
  ["normalization", ["BatchNormalization", "LayerNormalization", "GroupNormalization"]],
  ["activation", ["Activation", "ReLU", "LeakyReLU", "Softmax", "PReLU", "ELU"]],
  ["pooling", ["MaxPooling2D", "AveragePooling2D", "GlobalAveragePooling2D", "GlobalMaxPooling1D"]],
  ["merge", ["Add", "Multiply", "Concatenate", "Average", "Dot", "Subtract"]],
  ["reshape", ["Reshape", "Flatten", "ZeroPadding2D", "Cropping2D", "UpSampling2D", "Permute"]],
  ["preprocessing", ["Normalization", "Rescaling", "Resizing", "RandomFlip", "CenterCrop"]],
  ["recurrent", ["LSTM", "GRU", "SimpleRNN", "Bidirectional", "TimeDistributed", "ConvLSTM2D"]],
  ["attention", ["MultiHeadAttention", "Attention", "GroupedQueryAttention"]],
  ["regularization", ["Dropout", "SpatialDropout2D", "GaussianNoise", "GaussianDropout"]],
  ["input", ["InputLayer"]],
  ["operation", ["TFOpLambda", "LayerScale", "GetItem", "NotEqual"]],
  ["nested", ["Functional", "Sequential"]],
  ["unknown", ["MyOwnLayer", "", "constructor"]],
];

/** TensorFlow's operations. */
const OPERATIONS: [Family, string[]][] = [
  ["convolution", ["_FusedConv2D", "Conv2DBackpropInput"]],
  ["depthwise", ["DepthwiseConv2dNative", "FusedDepthwiseConv2dNative"]],
  ["dense", ["_FusedMatMul", "BatchMatMulV2", "Einsum"]],
  ["normalization", ["FusedBatchNormV3"]],
  ["activation", ["Prelu", "Relu6", "Softplus"]],
  ["pooling", ["Mean", "AvgPool", "MaxPool"]],
  ["merge", ["AddV2", "ConcatV2", "Pack"]],
  ["reshape", ["StridedSlice", "GatherV2", "ResizeBilinear", "DepthToSpace"]],
  ["operation", ["Rsqrt", "TopKV2", "NonMaxSuppressionV3", "LogicalAnd", "TensorListReserve"]],
];

describe("familyOf", () => {
  test.each(CASES.flatMap(([family, classes]) => classes.map((name) => [name, family] as const)))("%s is of family %s", (name, family) => {
    expect(familyOf(name)).toBe(family);
  });

  test.each(OPERATIONS.flatMap(([family, classes]) => classes.map((name) => [name, family] as const)))(
    "%s is of family %s",
    (name, family) => {
      expect(familyOf(name)).toBe(family);
    },
  );

  test("an operation that no table has is one all the same", () => {
    expect(familyOfRow({ className: "MyOp9", operation: {} })).toBe("operation");
    expect(familyOfRow({ className: "MyOp9" })).toBe("unknown");
  });

  test("every family has a case and a glyph of its own", () => {
    expect(CASES.map(([family]) => family).toSorted()).toEqual([...FAMILIES].toSorted());
    expect(new Set(FAMILIES.map((family) => GLYPHS[family].path)).size).toBe(FAMILIES.length);
  });

  test.each(["EfficientNetB0", "InceptionResNetV2", "MobileNetV3Small", "NASNetMobile", "ConvNeXtTiny", "ResNetRS50", "RegNetY002"])(
    "no layer of %s is of family unknown",
    async (spec) => {
      const { report } = await zooReply(spec);
      expect(report.layers.filter((row) => familyOf(row.className) === "unknown").map((row) => row.className)).toEqual([]);
    },
  );
});
